using GaoXin.Portal.Appointments;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Hall.Staff;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Appointments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Hall;

/// <summary>Appointments in the hall: the same card, once, first in line when the booked time begins.</summary>
public sealed class CheckInTests(AppointmentHost host) : IClassFixture<AppointmentHost>
{
    private static int _slot;

    [Fact]
    public async Task The_booked_person_is_called_before_walk_ins_and_the_appointment_ends_with_the_service()
    {
        var (booked, idNumber, starts) = await Book();
        var walkIn = await host.Send(await WalkIn());
        var ticket = await host.Send(await CheckIn(idNumber));
        var row = await Row(ticket.Code);
        (row.Class, row.Due, row.AppointmentId).ShouldBe((TicketClass.Booked, starts, booked));
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        var clerk = host.As(TestUsers.Staff(Roles.WindowClerk));
        await clerk.Send(new OpenWindow { Number = 16 });
        async Task<int> Version() => (await clerk.Send(new GetMyWindow())).Window!.Version;
        (await clerk.Send(new CallNext(await Version()))).ShouldNotBeNull().Number.ShouldBe(ticket.Number);
        await clerk.Send(new StartService(await Version()));
        await clerk.Send(new FinishService(await Version()));

        (await host.StateOf(booked)).ShouldBe(AppointmentState.Done);
        (await clerk.Send(new CallNext(await Version()))).ShouldNotBeNull().Number.ShouldBe(walkIn.Number);
        (await AppointmentHost.CodeOf(async () => await host.Send(await CheckIn(idNumber)))).ShouldBe("hall.no-appointment");
    }

    [Fact]
    public async Task Another_persons_card_does_not_take_up_an_appointment()
    {
        var (booked, _, _) = await Book();
        var number = await host.InDatabase(db => db.Appointments.Where(a => a.Id == booked).Select(a => a.Number).SingleAsync());

        (await AppointmentHost.CodeOf(async () => await host.Send(await CheckIn(AppointmentHost.NewIdNumber(), number)))).ShouldBe("hall.no-appointment");
        (await AppointmentHost.CodeOf(async () => await host.Send(await CheckIn(AppointmentHost.NewIdNumber())))).ShouldBe("hall.no-appointment");
        (await host.StateOf(booked)).ShouldBe(AppointmentState.Confirmed);
    }

    [Fact]
    public async Task Checking_in_at_many_kiosks_at_once_gives_one_ticket()
    {
        var (booked, idNumber, _) = await Book();
        var request = await CheckIn(idNumber);

        var refused = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => AppointmentHost.CodeOf(() => host.Send(request)))));

        refused.Count(r => r is null).ShouldBe(1);
        var code = await host.InDatabase(db => db.Tickets.Where(t => t.AppointmentId == booked).Select(t => t.Code).SingleAsync());
        await host.Send(new LeaveQueue(code));
    }

    private async Task<(Guid Id, string IdNumber, DateTimeOffset Starts)> Book()
    {
        var citizen = await host.NewCitizen();
        var slot = await host.NewSlot(1, AppointmentHost.EstateGroup, starts: host.Clock.GetUtcNow().AddMinutes(45).AddMilliseconds(Interlocked.Increment(ref _slot)));
        var id = await host.Book(citizen, slot);
        var person = await host.InScope(s => s.GetRequiredService<IPeople>().Find(citizen.Id, TestContext.Current.CancellationToken));
        return (id, person!.IdNumber!, slot.StartsAt);
    }

    private async Task<CheckInAppointment> CheckIn(string idNumber, string? number = null) =>
        new() { IdNumber = idNumber, AppointmentNumber = number, PresenceCode = (await host.Send(new GetPresenceCode())).Code };

    private async Task<TakeTicket> WalkIn() =>
        new() { Group = "estate-transfer", IdNumber = HallHost.NewIdNumber(), PresenceCode = (await host.Send(new GetPresenceCode())).Code };

    private Task<Ticket> Row(string code) => host.InDatabase(db => db.Tickets.AsNoTracking().SingleAsync(t => t.Code == code));
}
