using GaoXin.Portal.Appointments;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Appointments;

public sealed class BookingTests(AppointmentHost host) : IClassFixture<AppointmentHost>
{
    [Fact]
    public async Task A_place_is_held_confirmed_told_and_shown()
    {
        var (slot, citizen) = (await host.NewSlot(1), await host.NewCitizen());
        var held = await host.Hold(citizen, slot);
        held.HoldUntil.ShouldBe(host.Clock.GetUtcNow().AddMinutes(5));
        await host.As(citizen).Send(new ConfirmAppointment(held.AppointmentId));
        await host.DrainOutbox();
        var pass = await host.As(citizen).Send(new GetAppointment(held.AppointmentId));
        pass.State.ShouldBe(AppointmentState.Confirmed);
        AppointmentNumber.Normalise(pass.DisplayNumber).ShouldBe(pass.Number);
        pass.MaskedName.ShouldBe("演**");
        (await host.Database.ScalarAsync<string>("SELECT template FROM notifications.notices WHERE recipient_id = $1", citizen.Id)).ShouldBe("appointment-confirmed");
        (await host.As(citizen).Send(new GetMyAppointments())).Appointments.Items.Single().Id.ShouldBe(held.AppointmentId);
    }

    [Fact]
    public async Task Nobody_else_sees_confirms_moves_or_cancels_it()
    {
        var (slot, citizen, stranger) = (await host.NewSlot(2), await host.NewCitizen(), await host.NewCitizen());
        var id = (await host.Hold(citizen, slot)).AppointmentId;
        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger).Send(new GetAppointment(id)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger).Send(new ConfirmAppointment(id)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger).Send(new ExtendHold(id)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger).Send(new ReleaseHold(id)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger).Send(new CancelAppointment(id)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger).Send(new RescheduleAppointment(id, slot.Id)));
        (await host.StateOf(id)).ShouldBe(AppointmentState.Held);
    }

    [Fact]
    public async Task A_full_slot_is_refused_and_a_person_has_one_appointment_a_group()
    {
        var (slot, other, first, second) = (await host.NewSlot(1), await host.NewSlot(5), await host.NewCitizen(), await host.NewCitizen());
        await host.Book(first, slot);
        (await Code(() => host.Hold(second, slot))).ShouldBe("appointment.full");
        (await Code(() => host.Hold(first, other))).ShouldBe("appointment.already-active");
    }

    [Fact]
    public async Task A_property_has_one_active_appointment_whoever_books()
    {
        var (slot, first, second, unit) = (await host.NewSlot(5, AppointmentHost.EstateGroup), await host.NewCitizen(), await host.NewCitizen(), AppointmentHost.NewUnit());
        await host.Hold(first, slot, unit: unit);
        (await Code(() => host.Hold(second, slot, unit: unit.ToLowerInvariant().Insert(6, " ")))).ShouldBe("appointment.property-taken");
    }

    [Fact]
    public async Task Without_a_sweeper_an_expired_hold_is_bookable_by_the_next_and_can_not_be_confirmed()
    {
        var (slot, late, next) = (await host.NewSlot(1, inDays: 5), await host.NewCitizen(), await host.NewCitizen());
        var held = await host.Hold(late, slot);
        (await Code(() => host.Hold(next, slot))).ShouldBe("appointment.full");
        await host.Execute($"UPDATE appointments.bookings SET hold_until = '2026-01-01' WHERE id = '{held.AppointmentId}'");
        (await Code(() => host.As(late).Send(new ConfirmAppointment(held.AppointmentId)))).ShouldBe("appointment.hold-over");
        var second = await host.Hold(next, slot);
        (await Code(() => host.As(late).Send(new ConfirmAppointment(held.AppointmentId)))).ShouldBe("appointment.hold-over");
        await host.As(next).Send(new ConfirmAppointment(second.AppointmentId));
        (await host.StateOf(held.AppointmentId)).ShouldBe(AppointmentState.Expired);
    }

    [Fact]
    public async Task A_hold_is_extended_once()
    {
        var (slot, citizen) = (await host.NewSlot(1), await host.NewCitizen());
        var held = await host.Hold(citizen, slot);
        await host.As(citizen).Send(new ExtendHold(held.AppointmentId));
        (await host.As(citizen).Send(new GetAppointment(held.AppointmentId))).HoldUntil.ShouldBe(held.HoldUntil!.Value.AddMinutes(5));
        (await Code(() => host.As(citizen).Send(new ExtendHold(held.AppointmentId)))).ShouldBe("appointment.extended");
    }

    [Fact]
    public async Task Three_holds_that_expired_are_enough_for_a_day()
    {
        var (slot, citizen) = (await host.NewSlot(5), await host.NewCitizen());
        for (var i = 0; i < 3; i++)
            await host.As(citizen).Send(new ReleaseHold((await host.Hold(citizen, slot)).AppointmentId));
        (await Code(() => host.Hold(citizen, slot))).ShouldBe("appointment.expired-often");
    }

    [Fact]
    public async Task Rescheduling_takes_the_new_place_or_keeps_the_old_one()
    {
        var (slot, full, free, citizen) = (await host.NewSlot(1), await host.NewSlot(1), await host.NewSlot(1), await host.NewCitizen());
        await host.Book(await host.NewCitizen(), full);
        var id = await host.Book(citizen, slot);
        (await Code(() => host.As(citizen).Send(new RescheduleAppointment(id, full.Id)))).ShouldBe("appointment.full");
        (await host.As(citizen).Send(new GetAppointment(id))).StartsAt.ShouldBe(slot.StartsAt);
        (await Code(() => host.As(citizen).Send(new RescheduleAppointment(id, slot.Id)))).ShouldBe("appointment.same-time");
        await host.As(citizen).Send(new RescheduleAppointment(id, free.Id));
        (await host.As(citizen).Send(new GetAppointment(id))).StartsAt.ShouldBe(free.StartsAt);
        (await host.InDatabase(db => db.Seats.SingleAsync(s => s.SlotId == slot.Id))).Pool.ShouldBe(SeatPool.Waiting);
    }

    [Fact]
    public async Task Bad_slots_are_refused_with_a_reason_and_nothing_is_stored()
    {
        var citizen = await host.NewCitizen();
        var past = await host.NewSlot(1, starts: host.Clock.GetUtcNow().AddMinutes(-61));
        var soon = await host.NewSlot(1, starts: host.Clock.GetUtcNow().AddMinutes(29));
        var closed = await host.NewSlot(1);
        await host.Execute($"UPDATE appointments.slots SET withdrawn_at = now() WHERE id = '{closed.Id}'");
        var estate = await host.NewSlot(1, AppointmentHost.EstateGroup);
        (await Code(() => host.Hold(citizen, past))).ShouldBe("appointment.past");
        (await Code(() => host.Hold(citizen, soon))).ShouldBe("appointment.too-late");
        (await Code(() => host.Hold(citizen, closed))).ShouldBe("appointment.closed");
        (await Code(() => host.As(citizen).Send(new HoldSeat { SlotId = estate.Id, Service = AppointmentHost.Service, Key = "k" }))).ShouldBe("appointment.no-slot");
        (await Code(() => host.As(citizen).Send(new HoldSeat { SlotId = Guid.NewGuid(), Service = AppointmentHost.Service, Key = "k" }))).ShouldBe("appointment.no-slot");
        await Should.ThrowAsync<NotFoundException>(() => host.As(citizen).Send(new HoldSeat { SlotId = estate.Id, Service = "nothing", Key = "k" }));
        await Should.ThrowAsync<FluentValidation.ValidationException>(() => host.Hold(citizen, estate, unit: "410172001001GB00001W00010001"));
        var unnamed = await Unnamed();
        (await Code(() => host.Hold(unnamed, estate))).ShouldBe("appointment.real-name-first");
        (await host.InDatabase(db => db.Appointments.CountAsync(a => a.BookedBy == citizen.Id))).ShouldBe(0);
    }

    [Fact]
    public async Task Booking_for_another_counts_for_him_and_is_limited_for_the_booker()
    {
        var (slot, agent) = (await host.NewSlot(20), await host.NewCitizen());
        HoldSeat Other(string id) => new() { SlotId = slot.Id, Service = AppointmentHost.Service, Key = Guid.NewGuid().ToString(), ForAnother = true, Name = "演示老人", IdNumber = id, Phone = "13800000000", Authorised = true };
        var elder = AppointmentHost.NewIdNumber();
        var held = await host.As(agent).Send(Other(elder));
        (await host.As(agent).Send(new GetAppointment(held.AppointmentId))).ForAnother.ShouldBeTrue();
        (await Code(() => host.As(agent).Send(Other(elder)))).ShouldBe("appointment.other-not-now");
        await Should.ThrowAsync<FluentValidation.ValidationException>(() => host.As(agent).Send(Other(AppointmentHost.NewIdNumber()) with { Authorised = false }));
        for (var i = 1; i < 10; i++)
            await host.As(agent).Send(Other(AppointmentHost.NewIdNumber()));
        (await Code(() => host.As(agent).Send(Other(AppointmentHost.NewIdNumber())))).ShouldBe("appointment.agent-limit");
        (await Code(() => host.As(agent).Send(Other(elder)))).ShouldBe("appointment.agent-limit");
        (await host.Hold(agent, slot)).AppointmentId.ShouldNotBe(Guid.Empty);
    }

    [Fact]
    public async Task Whoever_books_for_another_learns_nothing_about_him()
    {
        var (slot, agent, active, paused) = (await host.NewSlot(20), await host.NewCitizen(), await host.NewCitizen(), await host.NewCitizen());
        async Task<HoldSeat> For(TestUser citizen, string key)
        {
            var person = await host.InScope(s => s.GetRequiredService<IPeople>().Find(citizen.Id, TestContext.Current.CancellationToken));
            return new HoldSeat { SlotId = slot.Id, Service = AppointmentHost.Service, Key = key, ForAnother = true, Name = "演示老人", IdNumber = person!.IdNumber, Phone = "13800000000", Authorised = true };
        }

        var own = new HoldSeat { SlotId = slot.Id, Service = AppointmentHost.Service, Key = "mine" };
        var held = await host.As(active).Send(own);
        var ended = await host.Book(paused, await host.NewSlot(1));
        await host.Execute($"INSERT INTO appointments.cooldowns (id, person_key, account_id, appointment_id, reason, starts_at, until) SELECT gen_random_uuid(), person_key, booked_by, id, 'NoShow', created_at, created_at + interval '30 days' FROM appointments.bookings WHERE id = '{ended}'");

        (await Code(async () => await host.As(agent).Send(await For(active, "first")))).ShouldBe("appointment.other-not-now");
        (await Code(async () => await host.As(agent).Send(await For(paused, "second")))).ShouldBe("appointment.other-not-now");
        (await Code(async () => await host.As(agent).Send(await For(active, "mine")))).ShouldBe("appointment.other-not-now", "the name of somebody else's request is not his");
        (await host.As(active).Send(own)).AppointmentId.ShouldBe(held.AppointmentId);
    }

    [Fact]
    public async Task An_appointment_is_never_renamed_transferred_or_removed()
    {
        var id = await host.Book(await host.NewCitizen(), await host.NewSlot(1));
        foreach (var change in (string[])["UPDATE appointments.bookings SET person_key = '\\x00'", "UPDATE appointments.bookings SET visitor_secret = '\\x00'", "UPDATE appointments.bookings SET number = 'Y000000000'", "DELETE FROM appointments.bookings"])
            (await Should.ThrowAsync<Npgsql.PostgresException>(() => host.Execute($"{change} WHERE id = '{id}'"))).SqlState.ShouldBe("23001");
    }

    [Fact]
    public async Task Holding_is_one_statement_once_the_account_is_known()
    {
        var (slot, other, citizen) = (await host.NewSlot(5), await host.NewSlot(5), await host.NewCitizen());
        var first = await host.Hold(citizen, slot);
        await host.As(citizen).Send(new ReleaseHold(first.AppointmentId));
        (await host.Statements.During(() => host.Hold(citizen, other))).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_person_is_taken_up_once_on_the_day_by_number_or_identity_card()
    {
        var window = host.As(TestUsers.Staff(Roles.WindowClerk));
        var soon = await host.NewSlot(3, starts: host.Clock.GetUtcNow().AddMinutes(45));
        var id = await host.Book(await host.NewCitizen(), soon);
        var pass = await host.InDatabase(db => db.Appointments.SingleAsync(a => a.Id == id));
        var later = await host.Book(await host.NewCitizen(), await host.NewSlot(1));
        var number = await host.InDatabase(db => db.Appointments.Where(a => a.Id == later).Select(a => a.Number).SingleAsync());
        (await Code(() => window.Send(new TakeUpAppointment(number)))).ShouldBe("appointment.not-today");
        await Should.ThrowAsync<NotFoundException>(() => window.Send(new TakeUpAppointment("Y000000000")));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Code(() => window.Send(new TakeUpAppointment(AppointmentNumber.Display(pass.Number).ToLowerInvariant())))));
        answers.Count(a => a is null).ShouldBe(1);
        answers.Where(a => a is not null).Distinct().ShouldBe(["appointment.taken-up"]);
        await window.Send(new CompleteAppointment(id));
        (await host.StateOf(id)).ShouldBe(AppointmentState.Done);
        (await Code(() => window.Send(new TakeUpAppointment(pass.Number)))).ShouldBe("appointment.over");
    }

    [Fact]
    public async Task The_kiosk_finds_todays_appointments_by_the_identity_card()
    {
        var window = host.As(TestUsers.Staff(Roles.WindowClerk));
        var (slot, agent, id) = (await host.NewSlot(3, starts: host.Clock.GetUtcNow().AddMinutes(50)), await host.NewCitizen(), AppointmentHost.NewIdNumber());
        var held = await host.As(agent).Send(new HoldSeat { SlotId = slot.Id, Service = AppointmentHost.Service, Key = "kiosk", ForAnother = true, Name = "欧阳演示", IdNumber = id, Phone = "13800000000", Authorised = true });
        (await window.Send(new FindAppointmentsToday(id))).ShouldBeEmpty();
        await host.As(agent).Send(new ConfirmAppointment(held.AppointmentId));
        var found = (await window.Send(new FindAppointmentsToday(id))).ShouldHaveSingleItem();
        found.MaskedName.ShouldBe("欧阳**");
        (await window.Send(new FindAppointmentsToday(AppointmentHost.NewIdNumber()))).ShouldBeEmpty();
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(agent).Send(new FindAppointmentsToday(id)));
    }

    private async Task<TestUser> Unnamed()
    {
        var citizen = await host.NewCitizen();
        await host.Execute($"UPDATE identity.users SET real_name_at = NULL, id_number_hash = NULL, id_number_secret = NULL, name_secret = NULL WHERE id = '{citizen.Id}'");
        return citizen;
    }

    private static Task<string?> Code(Func<Task> work) => AppointmentHost.CodeOf(work);
}
