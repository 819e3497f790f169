using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Appointments.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Appointments;

/// <summary>Opening hours that change: previewed, stored as a version, and nobody who had booked pays for it. Each test has a zone of its own.</summary>
public sealed class HoursTests(AppointmentHost host) : IClassFixture<AppointmentHost>
{
    private static readonly DateOnly Wednesday = new(2026, 11, 25);

    [Fact]
    public async Task A_change_is_previewed_then_moves_whom_it_named_and_they_may_choose_again_for_nothing()
    {
        var (late, citizen) = (await Slot("social-cards", Wednesday.At(new TimeOnly(17, 0))), await host.NewCitizen());
        var id = await host.Book(citizen, late);
        var manager = host.As(TestUsers.Staff(Roles.HallManager));
        var change = new ChangeHours { Zone = "social-insurance", From = Wednesday, WorkingDays = "09:00-12:00\n13:30－16:30", Reason = "冬季作息" };

        var preview = await manager.Send(new PreviewHours(change));
        preview.Appointments.ShouldBe(1);
        preview.Affected.ShouldHaveSingleItem().ShouldSatisfyAllConditions(a => a.StartsAt.ShouldBe(late.StartsAt), a => a.MaskedName.ShouldBe("演**"));
        preview.Slots.ShouldBe(await host.InDatabase(db => db.Slots.CountAsync(s => s.ServiceGroup == "social-cards" && s.StartsAt >= Wednesday.At(TimeOnly.MinValue) && s.StartsAt.Hour * 60 + s.StartsAt.Minute >= 510)));
        (await Code(() => manager.Send(change))).ShouldBe("appointment.preview-again");
        (await host.InDatabase(db => db.ZoneHours.CountAsync(h => h.Zone == change.Zone))).ShouldBe(0);
        (await host.As(citizen).Send(new GetAppointment(id))).StartsAt.ShouldBe(late.StartsAt);

        (await manager.Send(change with { Token = preview.Token })).ShouldBe(1);

        var moved = await host.As(citizen).Send(new GetAppointment(id));
        (moved.StartsAt, moved.State, moved.HallMovedFrom, moved.HallReason).ShouldBe((Wednesday.At(new TimeOnly(16, 0)), AppointmentState.Confirmed, late.StartsAt, "冬季作息"));
        await host.DrainOutbox();
        (await host.Database.ScalarAsync<long>("SELECT count(*) FROM notifications.notices WHERE recipient_id = $1 AND template = 'appointment-moved-by-hall'", citizen.Id)).ShouldBe(1);
        (await host.As(TestUsers.System).Send(new OpenSlots())).ShouldBe(0, "the new hours are what the plan says");
        (await manager.Send(new GetZoneHours(change.Zone))).Versions.Select(v => (v.From, v.WorkingDays, v.Reason, v.Affected)).Last().ShouldBe((Wednesday, "09:00-12:00\n13:30-16:30", "冬季作息", 1));
        (await Code(async () => await host.Hold(await host.NewCitizen(), late))).ShouldBe("appointment.closed");

        var chosen = await Slot("social-cards", Wednesday.AddDays(1).At(new TimeOnly(10, 0)));
        await host.As(citizen).Send(new RescheduleAppointment(id, chosen.Id));
        (await host.As(citizen).Send(new GetAppointment(id))).ShouldSatisfyAllConditions(a => a.Moves.ShouldBe(0), a => a.HallMovedFrom.ShouldBeNull());
    }

    [Fact]
    public async Task Cancelling_or_not_coming_after_the_hall_moved_costs_nothing_and_counts_nowhere()
    {
        var (citizen, missing) = (await host.NewCitizen(), await host.NewCitizen());
        var at = new DateOnly(2026, 11, 26).At(new TimeOnly(11, 30));
        var (first, missed) = (await Book(citizen, await Slot("identity-cards", at)), await Book(missing, await Slot("identity-cards", at)));
        await Change(new ChangeHours { Zone = "household", From = at.Day(), WorkingDays = "09:00-11:30\n13:30-17:30", Reason = "窗口调整" });

        (await host.As(citizen).Send(new GetCancelPrice(first))).Reason.ShouldBeNull();
        await host.As(citizen).Send(new CancelAppointment(first));
        var second = await Book(citizen, await Slot("identity-cards", new DateOnly(2026, 12, 2).At(new TimeOnly(10, 0))));
        (await host.As(citizen).Send(new GetCancelPrice(second))).Reason.ShouldBeNull("the first one was not the person's doing");
        await host.Execute($"UPDATE appointments.bookings SET starts_at = '2026-11-22 01:00+00', ends_at = '2026-11-22 01:30+00' WHERE id = '{missed}'");
        await host.As(TestUsers.System).Send(new EndOverdueAppointments());
        (await host.StateOf(missed)).ShouldBe(AppointmentState.NoShow);
        (await host.As(missing).Send(new GetMyAppointments())).Cooldowns.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_changed_after_the_preview_is_shown_before_anything_happens()
    {
        var day = new DateOnly(2026, 11, 30);
        var slot = await Slot("travel-documents", day.At(new TimeOnly(17, 0)));
        await host.Execute($"UPDATE appointments.releases SET mode = 'Open', closes_at = NULL WHERE id = '{slot.ReleaseId}'");
        var manager = host.As(TestUsers.Staff(Roles.HallManager));
        var (one, other) = (new ChangeHours { Zone = "exit-entry", From = day, WorkingDays = "09:00-17:00", Reason = "试行" }, new ChangeHours { Zone = "exit-entry", From = day, WorkingDays = "09:00-16:30", Reason = "试行" });
        var (seen, seenByOther) = (await manager.Send(new PreviewHours(one)), await manager.Send(new PreviewHours(other)));
        seen.Appointments.ShouldBe(0);
        var citizen = await host.NewCitizen();
        var held = await host.Hold(citizen, slot, service: "passport");
        await host.As(citizen).Send(new ConfirmAppointment(held.AppointmentId));

        (await Code(() => manager.Send(one with { Token = seen.Token }))).ShouldBe("appointment.preview-again");
        (await Code(() => manager.Send(other with { Token = seen.Token }))).ShouldBe("appointment.preview-again", "the token of another change");
        (await host.As(citizen).Send(new GetAppointment(held.AppointmentId))).StartsAt.ShouldBe(slot.StartsAt);
        var again = await manager.Send(new PreviewHours(one));
        again.Appointments.ShouldBe(1);
        await manager.Send(one with { Token = again.Token });
        (await Code(() => manager.Send(other with { Token = seenByOther.Token }))).ShouldBe("appointment.preview-again", "the other tab");
        (await Code(() => manager.Send(new PreviewHours(one)))).ShouldBe("appointment.same-hours");
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Officer()).Send(one));
    }

    [Fact]
    public async Task Whoever_books_while_the_hours_change_is_moved_or_refused_and_never_left_behind()
    {
        var day = new DateOnly(2026, 12, 1);
        var slot = await Slot("enterprises", day.At(new TimeOnly(17, 0)));
        var people = await host.NewCitizens(12);
        var change = new ChangeHours { Zone = "business", From = day, WorkingDays = "09:00-12:00\n13:30-17:00", Reason = "窗口调整" };

        var booking = people.Select(p => Code(() => host.Hold(p, slot, service: "company-setup"))).ToList();
        await Task.WhenAll([.. booking, Confirm(change)]);

        (await host.Database.ScalarAsync<long>("SELECT count(*) FROM appointments.bookings b JOIN appointments.slots s ON s.id = b.slot_id WHERE b.slot_id = $1 AND s.withdrawn_at IS NOT NULL AND b.state IN ('Held', 'Confirmed')", slot.Id)).ShouldBe(0);
        (await host.InDatabase(db => db.Slots.SingleAsync(s => s.Id == slot.Id))).WithdrawnAt.ShouldNotBeNull();

        async Task Confirm(ChangeHours wanted)
        {
            for (string? refused = ""; refused is not null;)
                refused = await Code(() => Change(wanted));
        }
    }

    [Fact]
    public async Task A_version_that_is_stored_never_changes_and_never_goes()
    {
        await Change(new ChangeHours { Zone = "taxation", From = new DateOnly(2027, 1, 4), WorkingDays = "08:30-12:00", Saturdays = "09:00-11:00", Reason = "新年作息" });
        foreach (var sql in (string[])["UPDATE appointments.zone_hours SET reason = 'x'", "DELETE FROM appointments.zone_hours"])
            (await Should.ThrowAsync<Npgsql.PostgresException>(() => host.Execute($"{sql} WHERE zone = 'taxation'"))).SqlState.ShouldBe("23001");
    }

    [Fact]
    public async Task Today_no_hours_at_all_and_what_nobody_can_read_are_refused_at_their_field()
    {
        var manager = host.As(TestUsers.Staff(Roles.HallManager));
        var change = new ChangeHours { Zone = "taxation", From = host.Clock.Today(), WorkingDays = "9点到12点", Reason = "" };
        var wrong = await Should.ThrowAsync<FluentValidation.ValidationException>(() => manager.Send(change));
        wrong.Errors.Select(e => e.PropertyName).Distinct().ShouldBe([nameof(ChangeHours.From), nameof(ChangeHours.WorkingDays), nameof(ChangeHours.Reason)], ignoreOrder: true);
        (await Should.ThrowAsync<FluentValidation.ValidationException>(() => manager.Send(new PreviewHours(change with { From = Wednesday, WorkingDays = "", Reason = "试行" })))).Message.ShouldContain("至少写一段");
        await Should.ThrowAsync<NotFoundException>(() => manager.Send(new PreviewHours(change with { Zone = "nowhere", From = Wednesday, WorkingDays = "09:00-12:00", Reason = "试行" })));
    }

    [Theory]
    [InlineData("09:00-12:00", "09:00-12:00")]
    [InlineData("9:00到12:00\n 12:00 ~ 13:00 午间\n\n13:00－17:00\r\n17：00—18：00延时", "09:00-12:00\n12:00-13:00 午间\n13:00-17:00\n17:00-18:00 延时")]
    [InlineData("", "")]
    public void Hours_are_read_as_people_write_them(string typed, string read)
    {
        var (sessions, fault) = SessionLines.Parse(typed, SessionKind.Day);
        fault.ShouldBeNull();
        SessionLines.Write(sessions, SessionKind.Day).ShouldBe(read);
    }

    [Theory]
    [InlineData("上午", "看不懂")]
    [InlineData("25:00-26:00", "看不懂")]
    [InlineData("12:00-09:00", "结束要晚于开始")]
    [InlineData("09:00-12:00\n11:00-13:00", "重叠")]
    [InlineData("01:00-02:00\n03:00-04:00\n05:00-06:00\n07:00-08:00\n09:00-10:00\n11:00-12:00\n13:00-14:00", "最多写 6 段")]
    public void What_is_wrong_with_hours_is_said(string typed, string said) => SessionLines.Parse(typed, SessionKind.Day).Fault.ShouldNotBeNull().ShouldContain(said);

    private async Task<Slot> Slot(string group, DateTimeOffset at)
    {
        await host.As(TestUsers.System).Send(new OpenSlots());
        return await host.InDatabase(async db =>
        {
            var slot = await db.Slots.SingleAsync(s => s.ServiceGroup == group && s.StartsAt == at);
            // What is held back for a random time is not what these tests are about.
            await db.Seats.Where(s => s.SlotId == slot.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.ReleaseAt, host.Clock.GetUtcNow().AddDays(-1)));
            return slot;
        });
    }

    private async Task<Guid> Book(TestUser citizen, Slot slot)
    {
        var held = await host.Hold(citizen, slot, service: "id-card-application");
        await host.As(citizen).Send(new ConfirmAppointment(held.AppointmentId));
        return held.AppointmentId;
    }

    private async Task Change(ChangeHours change)
    {
        var manager = host.As(TestUsers.Staff(Roles.HallManager));
        await manager.Send(change with { Token = (await manager.Send(new PreviewHours(change))).Token });
    }

    private static Task<string?> Code(Func<Task> work) => AppointmentHost.CodeOf(work);
}
