using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Appointments;

/// <summary>Booking over midnight of New Year in Shanghai, which in UTC is still the old year for eight hours. China knows no summer time.</summary>
public sealed class YearBoundaryTests(AppointmentHost host) : IClassFixture<AppointmentHost>
{
    private static readonly DateOnly NewYear = new(2027, 1, 1);

    [Fact]
    public async Task A_place_is_held_in_the_old_year_confirmed_in_the_new_and_used_on_its_own_day()
    {
        Go(NewYear.At(new TimeOnly(0, 0)).AddSeconds(-40));
        host.Clock.Today().ShouldBe(new DateOnly(2026, 12, 31));
        var (slot, citizen, late) = (await host.NewSlot(2, starts: NewYear.At(new TimeOnly(0, 50))), await host.NewCitizen(), await host.NewCitizen());
        (await AppointmentHost.CodeOf(async () => await host.Hold(late, await host.NewSlot(1, starts: NewYear.At(new TimeOnly(0, 0)).AddSeconds(-41))))).ShouldBe("appointment.past");
        var held = await host.Hold(citizen, slot);
        held.HoldUntil.ShouldBe(NewYear.At(new TimeOnly(0, 0)).AddSeconds(260));
        var number = (await host.As(citizen).Send(new GetAppointment(held.AppointmentId))).Number;
        AppointmentTime.Words(slot.StartsAt, slot.EndsAt, host.Clock.Today()).ShouldBe("2027年1月1日（周五）00:50–01:20");
        var window = host.As(TestUsers.Staff(Roles.WindowClerk));

        Go(NewYear.At(new TimeOnly(0, 0)).AddSeconds(-1));
        var second = await host.Book(late, slot);
        var early = (await host.As(late).Send(new GetAppointment(second))).Number;
        (await AppointmentHost.CodeOf(() => window.Send(new TakeUpAppointment(early)))).ShouldBe("appointment.not-today", "the slot begins in less than an hour, but tomorrow");
        Go(NewYear.At(new TimeOnly(0, 0)).AddSeconds(1));
        await host.As(citizen).Send(new ConfirmAppointment(held.AppointmentId));
        await window.Send(new TakeUpAppointment(number));
        (await host.StateOf(held.AppointmentId)).ShouldBe(AppointmentState.CheckedIn);
        (await host.StateOf(second)).ShouldBe(AppointmentState.Confirmed);
    }

    [Fact]
    public async Task The_week_of_new_year_is_one_week_of_the_quota()
    {
        SlotPlan.Monday(new DateOnly(2027, 1, 3)).ShouldBe(new DateOnly(2026, 12, 28));
        await host.Execute("INSERT INTO appointments.weekly_quotas (service_group, week, quota, used) VALUES ('estate-batch', '2026-12-28', 1, 0)");
        var release = await host.InDatabase(async db =>
        {
            var made = new Release { ServiceGroup = "estate-batch", FromDay = new DateOnly(2026, 12, 28), ToDay = new DateOnly(2027, 1, 3), Mode = ReleaseMode.Draw, OpensAt = host.Clock.GetUtcNow().AddDays(-1), DecidedAt = host.Clock.GetUtcNow() };
            db.Add(made);
            await db.SaveChangesAsync();
            return made;
        });
        var (old, next) = (await host.NewSlot(1, "estate-batch", release: release, starts: new DateOnly(2026, 12, 31).At(new TimeOnly(9, 7))), await host.NewSlot(1, "estate-batch", release: release, starts: new DateOnly(2027, 1, 3).At(new TimeOnly(9, 7))));
        if (host.Clock.GetUtcNow() > old.StartsAt.AddHours(-1))
            old = await host.NewSlot(1, "estate-batch", release: release, starts: new DateOnly(2027, 1, 2).At(new TimeOnly(9, 8)));
        (await AppointmentHost.CodeOf(() => Batch(old))).ShouldBeNull();
        (await AppointmentHost.CodeOf(() => Batch(next))).ShouldBe("appointment.week-quota");
        (await host.InDatabase(db => db.Appointments.CountAsync(a => a.SlotId == next.Id))).ShouldBe(0);
    }

    private async Task Batch(Slot slot)
    {
        var citizen = await host.NewCitizen();
        var id = await host.Admit(citizen, "estate-batch-transfer");
        await host.As(citizen).Send(new HoldSeat { SlotId = slot.Id, Service = "estate-batch-transfer", CaseId = id, Key = Guid.NewGuid().ToString("N") });
    }

    private void Go(DateTimeOffset moment) => host.Clock.Advance(moment - host.Clock.GetUtcNow());
}
