using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Appointments;

public sealed class DrawTests(AppointmentHost host) : IClassFixture<AppointmentHost>
{
    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void The_order_never_changes_from_machine_to_machine()
    {
        var slot = new Guid("00000000-0000-0000-0000-00000000000a");
        var entries = Enumerable.Range(1, 5).Select(i => new DrawEntry(new Guid($"00000000-0000-0000-0000-00000000010{i}"), i, i == 5, [slot])).ToList();
        var results = DrawProcedure.Run(Seed, "3391.88", entries, [new DrawPlaces(slot, 2, 1)], int.MaxValue);
        results.Select(r => r.Rank).ShouldBe([1, 2, 3, 4, 5]);
        results.Count(r => r.Slot is not null).ShouldBe(3, "two places for everybody and the desk's own, whose applicant is among the five");
        DrawProcedure.Run(Seed, "3391.88", Enumerable.Reverse(entries).ToList(), [new DrawPlaces(slot, 2, 1)], int.MaxValue).ShouldBe(results, "the order of the list makes no difference");
        DrawProcedure.Run(Seed, "3391.89", entries, [new DrawPlaces(slot, 2, 1)], int.MaxValue).ShouldNotBe(results);
        DrawProcedure.Run(Seed, "3391.88", entries, [new DrawPlaces(slot, 2, 1)], 1).Count(r => r.Slot is not null).ShouldBe(1);
    }

    [Fact]
    public void A_lost_draw_doubles_the_chance_of_the_next()
    {
        var slot = Guid.NewGuid();
        var (single, twice) = (new DrawEntry(Guid.NewGuid(), 1, false, [slot]), new DrawEntry(Guid.NewGuid(), 2, false, [slot]));
        var won = Enumerable.Range(0, 3000).Count(i => DrawProcedure.Run(Seed, $"{i}", [single, twice], [new DrawPlaces(slot, 1, 0)], 1)[0].Application == twice.Id);
        (won / 3000.0).ShouldBeInRange(0.63, 0.70);
    }

    [Fact]
    public async Task A_draw_commits_before_and_proves_after_and_anybody_can_hold_it_again()
    {
        var (release, slots, people) = await Offer(seats: 2, citizens: 6);
        var applications = new List<Guid>();
        foreach (var citizen in people)
            applications.Add(await Apply(citizen, release, slots[0].Id, slots[1].Id));
        (await AppointmentHost.CodeOf(() => Apply(people[0], release, slots[0].Id))).ShouldBe("appointment.draw-already");
        (await AppointmentHost.CodeOf(async () => await TakeAtOnce(slots[0]))).ShouldBe("appointment.draw");
        var manager = host.As(TestUsers.Staff(Roles.HallManager));
        (await AppointmentHost.CodeOf(() => manager.Send(new HoldDraw(release.Id, "3391.88")))).ShouldBe("appointment.draw-open");

        await host.Execute($"UPDATE appointments.releases SET closes_at = '2026-11-01' WHERE id = '{release.Id}'");
        await host.As(TestUsers.System).Send(new CloseDraws());
        (await AppointmentHost.CodeOf(async () => await Apply(await host.NewCitizen(), release, slots[0].Id))).ShouldBe("appointment.draw-closed");
        var published = (await host.Send(new GetDraws())).Single(d => d.ReleaseId == release.Id);
        published.Applications.ShouldBe(6);
        published.PublicValue.ShouldBeNull();
        await Should.ThrowAsync<NotFoundException>(() => host.Send(new GetDrawProof(release.Id)));

        (await manager.Send(new HoldDraw(release.Id, " 3391.88 "))).ShouldBe(4);
        (await AppointmentHost.CodeOf(() => manager.Send(new HoldDraw(release.Id, "1")))).ShouldBe("appointment.draw-held");
        var text = await host.Send(new GetDrawProof(release.Id));
        var proof = DrawProof.Read(text);
        (proof.Commitment, proof.ListHash).ShouldBe((published.Commitment, published.ListHash));
        proof.Entries.Select(e => e.Id).ShouldBe(applications, ignoreOrder: true);
        proof.Faults().ShouldBeEmpty();
        proof.Write().ShouldBe(text);
        await host.DrainOutbox();
        var states = new List<DrawState>();
        foreach (var citizen in people)
            states.Add((await host.As(citizen).Send(new GetMyDraws())).Single().State);
        states.Count(s => s == DrawState.Won).ShouldBe(4);
        states.Count(s => s == DrawState.Lost).ShouldBe(2);
        (await host.Database.ScalarAsync<long>("SELECT count(*) FROM appointments.bookings WHERE slot_id = ANY ($1) AND state = 'Confirmed' AND channel = 'Draw'", (object)slots.Select(s => s.Id).ToArray())).ShouldBe(4);
        await Verifies(text);
    }

    [Fact]
    public async Task Who_lost_has_more_weight_in_the_next_draw_of_the_group()
    {
        var (first, slots, people) = await Offer(seats: 1, citizens: 3);
        foreach (var citizen in people)
            await Apply(citizen, first, slots[0].Id);
        await Draw(first);
        var losers = new List<TestUser>();
        foreach (var citizen in people)
        {
            if ((await host.As(citizen).Send(new GetMyDraws())).Single().State == DrawState.Lost)
                losers.Add(citizen);
        }

        losers.Count.ShouldBe(2);
        var (second, others, fresh) = await Offer(seats: 1, citizens: 1);
        foreach (var citizen in losers.Append(fresh[0]))
            await Apply(citizen, second, others[0].Id);
        await Draw(second);
        DrawProof.Read(await host.Send(new GetDrawProof(second.Id))).Entries.Select(e => e.Weight).Order().ShouldBe([1, 2, 2]);
    }

    private static async Task Verifies(string text)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text);
            (await Verify(file)).ShouldBe(0);
            foreach (var (old, changed) in new[] { ("public-value 3391.88", "public-value 3391.89"), (" 1 web ", " 2 web "), ("seed ", "seed 00"), ("gaoxin-draw 1", "gaoxin-draw 2") })
            {
                await File.WriteAllTextAsync(file, Replaced(text, old, changed));
                (await Verify(file)).ShouldNotBe(0, changed);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Replaced(string text, string old, string changed)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, old);
        return text[..at] + changed + text[(at + old.Length)..];
    }

    private static async Task<int> Verify(string file)
    {
        await using var output = new StringWriter();
        return await new DrawVerb().Run(["verify", file], output, CancellationToken.None);
    }

    [Fact]
    public async Task Who_calls_is_in_the_same_draw_and_has_the_places_of_the_desk_first()
    {
        var (release, slots, people) = await Offer(seats: 1, citizens: 6);
        await host.Execute($"INSERT INTO appointments.seats (slot_id, lane, pool, release_at) VALUES ('{slots[0].Id}', 9, 'Desk', '2026-11-01')");
        foreach (var citizen in people)
            await Apply(citizen, release, slots[0].Id);
        var clerk = host.As(TestUsers.Staff(Roles.WindowClerk));
        var caller = (User: await host.NewCitizen(), Wish: new ApplyForDrawAtDesk { Service = "estate-batch-transfer", ReleaseId = release.Id, First = slots[0].Id, Name = "演示来电", Phone = "13800000000", Key = "call" });
        var number = await host.InScope(async s => (await s.GetRequiredService<GaoXin.Portal.Identity.IPeople>().Find(caller.User.Id, default))!.IdNumber!);
        await host.Admit(caller.User, "estate-batch-transfer");
        var caseNumber = await host.InDatabase(db => db.Admissions.Where(a => a.AccountId == caller.User.Id).Select(a => a.CaseNumber).SingleAsync());
        var wish = caller.Wish with { IdNumber = number, CaseNumber = caseNumber };

        (await AppointmentHost.CodeOf(() => clerk.Send(wish with { CaseNumber = null }))).ShouldBe("appointment.case-first");
        var application = await clerk.Send(wish);
        (await clerk.Send(wish)).ShouldBe(application);
        (await AppointmentHost.CodeOf(() => clerk.Send(wish with { Key = "call-2" }))).ShouldBe("appointment.draw-already");
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(people[0]).Send(wish));
        await Draw(release);

        (await host.InDatabase(db => db.DrawApplications.Where(a => a.Number == application).Select(a => a.State).SingleAsync())).ShouldBe(DrawState.Won);
        (await host.InDatabase(db => db.Appointments.CountAsync(a => a.SlotId == slots[0].Id))).ShouldBe(2);
    }

    [Fact]
    public async Task A_draw_gives_no_number_twice_and_none_that_somebody_has()
    {
        var (release, slots, people) = await Offer(seats: 1, citizens: 1);
        await Apply(people[0], release, slots[0].Id);
        await Draw(release);
        var taken = await host.InDatabase(db => db.Appointments.Where(a => a.SlotId == slots[0].Id).Select(a => a.Number).SingleAsync());
        var drawn = new Queue<string>([taken, "Y11111111A", "Y11111111A", taken, "Y22222222B"]);

        (await host.InDatabase(db => AppointmentNumber.Free(db, 2, default, drawn.Dequeue))).ShouldBe(["Y11111111A", "Y22222222B"]);
    }

    private async Task Draw(Release release)
    {
        await host.Execute($"UPDATE appointments.releases SET closes_at = '2026-11-01' WHERE id = '{release.Id}'");
        await host.As(TestUsers.System).Send(new CloseDraws());
        await host.As(TestUsers.Staff(Roles.HallManager)).Send(new HoldDraw(release.Id, "3391.88"));
    }

    private async Task TakeAtOnce(Slot slot)
    {
        var citizen = await host.NewCitizen();
        await host.As(citizen).Send(new HoldSeat { SlotId = slot.Id, Service = "estate-batch-transfer", CaseId = await host.Admit(citizen, "estate-batch-transfer"), Key = "k" });
    }

    private async Task<Guid> Apply(TestUser citizen, Release release, params Guid[] preferences) => await host.As(citizen).Send(new ApplyForDraw
    {
        Service = "estate-batch-transfer",
        ReleaseId = release.Id,
        First = preferences[0],
        Second = preferences.ElementAtOrDefault(1),
        CaseId = await host.Admit(citizen, "estate-batch-transfer"),
    });

    /// <summary>A draw of a week of its own, far from the plan, with two times.</summary>
    private async Task<(Release Release, IReadOnlyList<Slot> Slots, IReadOnlyList<TestUser> People)> Offer(int seats, int citizens)
    {
        var monday = new DateOnly(2028, 1, 3).AddDays(7 * Interlocked.Increment(ref _week));
        var release = await host.InDatabase(async db =>
        {
            var made = new Release { ServiceGroup = "estate-batch", FromDay = monday, ToDay = monday.AddDays(6), Mode = ReleaseMode.Draw, OpensAt = host.Clock.GetUtcNow().AddDays(-1), ClosesAt = host.Clock.GetUtcNow().AddDays(1) };
            db.AddRange(made, new WeeklyQuota { ServiceGroup = "estate-batch", Week = monday, Quota = 800 });
            await db.SaveChangesAsync();
            return made;
        });
        Slot[] slots = [await host.NewSlot(seats, "estate-batch", pool: SeatPool.Draw, release: release, starts: monday.At(new TimeOnly(9, 0))), await host.NewSlot(seats, "estate-batch", pool: SeatPool.Draw, release: release, starts: monday.At(new TimeOnly(9, 30)))];
        return (release, slots, await host.NewCitizens(citizens));
    }

    private static int _week;
}
