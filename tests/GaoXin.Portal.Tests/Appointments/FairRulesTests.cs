using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Appointments.Staff;
using GaoXin.Portal.Appointments.Waiting;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Appointments;

/// <summary>Who gets what was given back, pauses, waiting rooms, closures and quotas. The tests share slots of one host: each works on a day of its own.</summary>
public sealed class FairRulesTests(AppointmentHost host) : IClassFixture<AppointmentHost>
{
    [Fact]
    public async Task A_cancelled_seat_goes_to_the_head_of_the_waiting_list_and_on_when_he_lets_it_lapse()
    {
        var slot = await host.NewSlot(1, "enterprises", inDays: 9);
        var (owner, first, second, passer) = (await host.NewCitizen(), await host.NewCitizen(), await host.NewCitizen(), await host.NewCitizen());
        var id = await Book(owner, slot);
        await Wait(first, slot.Day);
        await Wait(second, slot.Day);
        await host.As(owner).Send(new CancelAppointment(id));
        (await AppointmentHost.CodeOf(() => Hold(passer, slot))).ShouldBe("appointment.full");
        await host.DrainOutbox();
        var wait = (await host.As(first).Send(new GetMyAppointments())).Waits.Single();
        wait.State.ShouldBe(WaitingState.Offered);
        (await host.As(second).Send(new GetMyAppointments())).Waits.Single().State.ShouldBe(WaitingState.Waiting);
        (await AppointmentHost.CodeOf(() => Hold(passer, slot))).ShouldBe("appointment.full");

        await host.Execute($"UPDATE appointments.bookings SET hold_until = '2026-01-01' WHERE id = '{wait.AppointmentId}'");
        await host.As(TestUsers.System).Send(new EndOverdueAppointments());
        await host.As(TestUsers.System).Send(new OfferGivenBackSeats());
        (await host.As(first).Send(new GetMyAppointments())).Waits.ShouldBeEmpty();
        var offered = (await host.As(second).Send(new GetMyAppointments())).Waits.Single();
        await host.As(second).Send(new ConfirmAppointment(offered.AppointmentId!.Value));
        (await host.As(second).Send(new GetMyAppointments())).Waits.ShouldBeEmpty();
        (await host.StateOf(offered.AppointmentId.Value)).ShouldBe(AppointmentState.Confirmed);
    }

    [Fact]
    public async Task A_cancelled_seat_is_never_on_the_public_page_whatever_happens()
    {
        var slots = new List<Slot> { await host.NewSlot(3, "enterprises", inDays: 10), await host.NewSlot(3, "enterprises", inDays: 10) };
        for (var seed = 0; seed < 6; seed++)
        {
            var random = new Random(seed);
            var people = await host.NewCitizens(8);
            for (var step = 0; step < 25; step++)
            {
                var citizen = people[random.Next(people.Count)];
                var mine = await host.InDatabase(db => db.Appointments.Where(a => a.BookedBy == citizen.Id && (a.State == AppointmentState.Held || a.State == AppointmentState.Confirmed)).Select(a => (Guid?)a.Id).FirstOrDefaultAsync());
                await AppointmentHost.CodeOf(() => random.Next(5) switch
                {
                    0 when mine is { } own => host.As(citizen).Send(new CancelAppointment(own)),
                    1 when mine is { } own => host.As(citizen).Send(new RescheduleAppointment(own, slots[random.Next(2)].Id)),
                    2 when mine is { } own => host.As(citizen).Send(new ConfirmAppointment(own)),
                    3 => Wait(citizen, slots[0].Day),
                    _ when random.Next(3) == 0 => host.As(TestUsers.System).Send(new OfferGivenBackSeats()),
                    _ => Hold(citizen, slots[random.Next(2)]),
                });
                // Every seat that a confirmed appointment once left is in nobody's public pool.
                (await host.Database.ScalarAsync<long>("""
                    SELECT count(*) FROM appointments.seats s JOIN appointments.slots t ON t.id = s.slot_id
                    WHERE s.pool = 'Open' AND t.day = $1 AND EXISTS (SELECT 1 FROM appointments.bookings b WHERE b.seat_id = s.id AND b.state = 'Cancelled' AND b.confirmed_at IS NOT NULL)
                    """, slots[0].Day)).ShouldBe(0);
            }
        }

        var free = (await host.Database.ScalarAsync<long>("SELECT count(*) FROM appointments.seats s JOIN appointments.slots t ON t.id = s.slot_id WHERE t.id = ANY ($1) AND s.pool = 'Open' AND s.appointment_id IS NULL", (object)slots.Select(s => s.Id).ToArray()));
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        var shown = (await host.Send(new GetAvailability("company-setup"))).Days.SelectMany(d => d.Slots).Where(s => slots.Any(o => o.Id == s.Id)).Sum(s => s.Free);
        shown.ShouldBeLessThanOrEqualTo((int)free + (int)await host.Database.ScalarAsync<long>("SELECT count(*) FROM appointments.bookings WHERE state = 'Held'"));
    }

    [Fact]
    public async Task Within_a_day_a_seat_nobody_waits_for_is_for_the_desk()
    {
        var slot = await host.NewSlot(1, "identity-cards", starts: host.Clock.GetUtcNow().AddHours(20));
        var owner = await host.NewCitizen();
        await host.As(owner).Send(new CancelAppointment(await Book(owner, slot)));
        await host.DrainOutbox();
        (await host.InDatabase(db => db.Seats.SingleAsync(s => s.SlotId == slot.Id))).Pool.ShouldBe(SeatPool.SameDay);
        var number = await host.As(TestUsers.Staff(Roles.WindowClerk)).Send(new BookAtDesk
        {
            SlotId = slot.Id,
            Service = "id-card-application",
            Name = "演示来电人",
            IdNumber = AppointmentHost.NewIdNumber(),
            Phone = "13800000000",
            Key = "desk",
        });
        AppointmentNumber.Normalise(number).ShouldBe(number);
    }

    [Fact]
    public async Task Cancelling_again_or_late_or_not_coming_pauses_online_booking_until_an_appeal_is_heard()
    {
        var (far, again, citizen) = (await host.NewSlot(1, "identity-cards", inDays: 11), await host.NewSlot(1, "identity-cards", inDays: 11), await host.NewCitizen());
        var id = await Book(citizen, far);
        (await host.As(citizen).Send(new GetCancelPrice(id))).Reason.ShouldBeNull();
        await host.As(citizen).Send(new CancelAppointment(id));
        var second = await Book(citizen, again);
        (await host.As(citizen).Send(new GetCancelPrice(second))).ShouldBe(new CancelPrice(CooldownReason.CancelledAgain, 30, 48, 90));
        await host.As(citizen).Send(new CancelAppointment(second));
        (await AppointmentHost.CodeOf(() => Hold(citizen, far))).ShouldBe("appointment.cooling");

        var pause = (await host.As(citizen).Send(new GetMyAppointments())).Cooldowns.Single();
        pause.Reason.ShouldBe(CooldownReason.CancelledAgain);
        await Should.ThrowAsync<NotFoundException>(async () => await host.As(await host.NewCitizen()).Send(new AppealCooldown(pause.Id, "我病了")));
        await host.As(citizen).Send(new AppealCooldown(pause.Id, "那天住院了"));
        (await AppointmentHost.CodeOf(() => host.As(citizen).Send(new AppealCooldown(pause.Id, "再说一遍")))).ShouldBe("appointment.appealed");
        var manager = host.As(TestUsers.Staff(Roles.HallManager));
        (await manager.Send(new GetBookingDesk())).Appeals.ShouldContain(a => a.Id == pause.Id && a.Words == "那天住院了");
        await manager.Send(new SettleAppeal(pause.Id, Lift: true, "情况属实，恢复预约。"));
        (await AppointmentHost.CodeOf(() => manager.Send(new SettleAppeal(pause.Id, Lift: false, "再想想")))).ShouldBe("appointment.settled");
        (await AppointmentHost.CodeOf(() => Hold(citizen, far))).ShouldNotBe("appointment.cooling");
    }

    [Fact]
    public async Task Not_coming_is_noticed_after_the_grace_and_costs_more_the_second_time()
    {
        var rules = (await host.InScope(s => s.GetRequiredService<BookingPlans>().Current(s.GetRequiredService<PortalDbContext>(), default))).RulesOn(host.Clock.Today());
        Penalties.ForMissing(rules, exempt: false, 0).ShouldBe((CooldownReason.NoShow, 30));
        Penalties.ForMissing(rules, exempt: false, 1).ShouldBe((CooldownReason.NoShow, 60));
        Penalties.ForMissing(rules, exempt: false, 5).ShouldBe((CooldownReason.NoShow, 60));
        Penalties.ForMissing(rules, exempt: true, 5).ShouldBeNull();
        Penalties.ForCancelling(rules, exempt: false, 0, TimeSpan.FromHours(49)).ShouldBeNull();
        Penalties.ForCancelling(rules, exempt: false, 0, TimeSpan.FromHours(47)).ShouldBe((CooldownReason.CancelledLate, 7));
        Penalties.ForCancelling(rules, exempt: true, 3, TimeSpan.FromHours(1)).ShouldBeNull();

        var slot = await host.NewSlot(2, "identity-cards", starts: host.Clock.GetUtcNow().AddHours(2).AddSeconds(7));
        var (missing, coming) = (await host.NewCitizen(), await host.NewCitizen());
        var (missed, came) = (await Book(missing, slot), await Book(coming, slot));
        var number = await host.InDatabase(db => db.Appointments.Where(a => a.Id == came).Select(a => a.Number).SingleAsync());
        await host.Execute($"UPDATE appointments.bookings SET starts_at = starts_at - interval '2 hours 29 minutes', ends_at = ends_at - interval '2 hours 29 minutes' WHERE id = ANY (ARRAY['{missed}', '{came}']::uuid[])");
        await host.As(TestUsers.Staff(Roles.WindowClerk)).Send(new TakeUpAppointment(number));
        await host.As(TestUsers.System).Send(new EndOverdueAppointments());
        (await host.StateOf(missed)).ShouldBe(AppointmentState.Confirmed);
        await host.Execute($"UPDATE appointments.bookings SET starts_at = starts_at - interval '17 minutes', ends_at = ends_at - interval '17 minutes' WHERE id = '{missed}'");
        await host.As(TestUsers.System).Send(new EndOverdueAppointments());
        (await host.StateOf(missed)).ShouldBe(AppointmentState.NoShow);
        (await host.StateOf(came)).ShouldBe(AppointmentState.CheckedIn);
        (await host.As(missing).Send(new GetMyAppointments())).Cooldowns.Single().Reason.ShouldBe(CooldownReason.NoShow);
        await host.DrainOutbox();
        (await host.Database.ScalarAsync<long>("SELECT count(*) FROM notifications.notices WHERE recipient_id = $1 AND template = 'appointment-missed'", missing.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task A_waiting_room_shuffles_who_came_in_time_and_lets_them_in_by_turns()
    {
        var opens = host.Clock.GetUtcNow().AddMinutes(5);
        var day = host.Clock.Today().AddDays(20);
        var release = await host.InDatabase(async db =>
        {
            var made = new Release { ServiceGroup = "travel-documents", FromDay = day, ToDay = day, Mode = ReleaseMode.WaitingRoom, OpensAt = opens, ClosesAt = opens.AddMinutes(10) };
            db.Add(made);
            await db.SaveChangesAsync();
            return made;
        });
        var slot = await host.NewSlot(5, "travel-documents", release: release, starts: day.At(new TimeOnly(8, 1)));
        var people = await host.NewCitizens(45);
        foreach (var citizen in people)
            (await host.As(citizen).Send(new EnterRoom(release.Id))).Rank.ShouldBeNull();
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        (await AppointmentHost.CodeOf(() => Hold(people[0], slot, "passport"))).ShouldBe("appointment.room");
        host.Clock.Advance(TimeSpan.FromMinutes(9) + TimeSpan.FromSeconds(1));
        var turns = new List<RoomTurn>();
        foreach (var citizen in people)
            turns.Add(await host.As(citizen).Send(new EnterRoom(release.Id)));
        turns.Select(t => t.Rank!.Value).Order().ShouldBe(Enumerable.Range(1, 45));
        turns.Select(t => t.Rank!.Value).ShouldNotBe(Enumerable.Range(1, 45), "the order of arrival is shuffled");
        turns.Count(t => t.IsTurn).ShouldBe(20);
        var late = await host.NewCitizen();
        (await host.As(late).Send(new EnterRoom(release.Id))).Rank.ShouldBe(46);
        (await AppointmentHost.CodeOf(() => Hold(people[turns.FindIndex(t => t.IsTurn)], slot, "passport"))).ShouldBeNull();
        (await AppointmentHost.CodeOf(() => Hold(people[turns.FindIndex(t => t.Rank == 45)], slot, "passport"))).ShouldBe("appointment.room");
        (await AppointmentHost.CodeOf(async () => await Hold(await host.NewCitizen(), slot, "passport"))).ShouldBe("appointment.room");
    }

    [Fact]
    public async Task Closing_a_zone_previews_then_moves_its_appointments_and_tells_the_people()
    {
        var day = host.Clock.Today().AddDays(7);
        var (closing, near, citizen, other) = (await host.NewSlot(2, "social-cards", starts: day.At(new TimeOnly(6, 0))), await host.NewSlot(1, "social-cards", starts: day.At(new TimeOnly(7, 0))), await host.NewCitizen(), await host.NewCitizen());
        await host.Execute($"UPDATE appointments.slots SET zone = 'social-insurance' WHERE id = '{closing.Id}'");
        var ids = (await Book(citizen, closing), await Book(other, closing));
        var manager = host.As(TestUsers.Staff(Roles.HallManager));
        var close = new CloseZone { Zone = "social-insurance", Day = day, From = new TimeOnly(5, 0), To = new TimeOnly(6, 31), Reason = "停电检修" };
        var preview = await manager.Send(new PreviewClosure(close));
        preview.ShouldNotBeNull().Appointments.ShouldBe(2);
        preview.Affected.ShouldAllBe(a => a.MaskedName == "演**");
        (await AppointmentHost.CodeOf(() => manager.Send(close))).ShouldBe("appointment.preview-again");
        (await AppointmentHost.CodeOf(() => manager.Send(close with { Token = preview.Token, To = new TimeOnly(8, 0) }))).ShouldBe("appointment.preview-again", "another closure was previewed");
        (await host.StateOf(ids.Item1)).ShouldBe(AppointmentState.Confirmed);
        (await manager.Send(close with { Token = preview.Token })).ShouldBe(2);
        var moved = await host.As(citizen).Send(new GetAppointment(ids.Item1));
        moved.State.ShouldBe(AppointmentState.Confirmed);
        moved.StartsAt.ShouldNotBe(closing.StartsAt);
        (moved.Moves, moved.HallMovedFrom, moved.HallReason).ShouldBe((0, closing.StartsAt, "停电检修"));
        (await host.As(other).Send(new GetAppointment(ids.Item2))).State.ShouldBe(AppointmentState.Confirmed);
        (await host.InDatabase(db => db.Slots.SingleAsync(s => s.Id == closing.Id))).WithdrawnAt.ShouldNotBeNull();
        await host.DrainOutbox();
        (await host.Database.ScalarAsync<long>("SELECT count(*) FROM notifications.notices WHERE recipient_id = ANY ($1) AND template = 'appointment-moved-by-hall'", (object)new[] { citizen.Id, other.Id })).ShouldBe(2);
        near.ShouldNotBeNull();
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Officer()).Send(close));
    }

    [Fact]
    public async Task The_one_too_many_in_a_week_is_refused_by_the_database()
    {
        var starts = new DateOnly(2027, 3, 3).At(new TimeOnly(9, 0));
        await host.Execute("INSERT INTO appointments.weekly_quotas (service_group, week, quota, used) VALUES ('estate-batch', '2027-03-01', 3, 0)");
        var release = await host.InDatabase(async db =>
        {
            var made = new Release { ServiceGroup = "estate-batch", FromDay = new DateOnly(2027, 3, 1), ToDay = new DateOnly(2027, 3, 7), Mode = ReleaseMode.Draw, OpensAt = host.Clock.GetUtcNow().AddDays(-1), DecidedAt = host.Clock.GetUtcNow() };
            db.Add(made);
            await db.SaveChangesAsync();
            return made;
        });
        var slot = await host.NewSlot(10, "estate-batch", release: release, starts: starts);
        var people = await host.NewCitizens(8);
        var codes = await Task.WhenAll(people.Select(p => AppointmentHost.CodeOf(() => Batch(p, slot))));
        codes.Count(c => c is null).ShouldBe(3);
        codes.Where(c => c is not null).Distinct().ShouldBe(["appointment.week-quota"]);
        var one = await host.InDatabase(db => db.Appointments.FirstAsync(a => a.SlotId == slot.Id));
        await host.As(TestUsers.Citizen(one.BookedBy)).Send(new CancelAppointment(one.Id));
        (await host.Database.ScalarAsync<int>("SELECT used FROM appointments.weekly_quotas WHERE week = '2027-03-01'")).ShouldBe(2);
        (await AppointmentHost.CodeOf(() => Batch(people[Array.FindIndex(codes, c => c is not null)], slot))).ShouldBeNull();
    }

    [Fact]
    public async Task The_quota_is_a_dated_setting()
    {
        var plan = await host.InScope(s => s.GetRequiredService<BookingPlans>().Current(s.GetRequiredService<PortalDbContext>(), default));
        plan.QuotaOf("estate-batch", new DateOnly(2023, 9, 18)).ShouldBe(500);
        plan.QuotaOf("estate-batch", new DateOnly(2023, 10, 9)).ShouldBe(800);
        plan.QuotaOf("estate-batch", new DateOnly(2026, 10, 5)).ShouldBe(240);
        plan.QuotaOf("estate-batch", new DateOnly(2026, 11, 23)).ShouldBe(800);
        plan.QuotaOf("enterprises", new DateOnly(2026, 11, 23)).ShouldBeNull();
    }

    private Task<HeldSeat> Hold(TestUser user, Slot slot, string? service = null) => host.Hold(user, slot, service: service ?? slot.ServiceGroup switch
    {
        "enterprises" => "company-setup",
        "identity-cards" => "id-card-application",
        "travel-documents" => "passport",
        _ => AppointmentHost.Service,
    });

    private async Task<HeldSeat> Batch(TestUser user, Slot slot) =>
        await host.As(user).Send(new HoldSeat { SlotId = slot.Id, Service = "estate-batch-transfer", CaseId = await host.Admit(user, "estate-batch-transfer"), Key = Guid.NewGuid().ToString("N") });

    private async Task<Guid> Book(TestUser user, Slot slot)
    {
        var held = await Hold(user, slot);
        await host.As(user).Send(new ConfirmAppointment(held.AppointmentId));
        return held.AppointmentId;
    }

    private Task<Guid> Wait(TestUser user, DateOnly day) => host.As(user).Send(new JoinWaitingList { Service = "company-setup", FromDay = day, ToDay = day });
}
