using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>容缺受理 and 告知承诺 on the engine: what may be promised, what time does with it, how it ends, and what a broken promise costs.</summary>
public sealed class PromiseTests(CaseHost host) : IClassFixture<CaseHost>
{
    private const string Later = "temporary-assistance";
    private const string Material = "difficulty";
    private const string Committed = "public-rental-housing";
    private static readonly byte[] Proof = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();

    /// <summary>Fills in a service page by page; materials of these codes are left out.</summary>
    private async Task<Guid> Fill(TestUser citizen, string service, params string[] without)
    {
        var draft = await host.As(citizen).Send(new StartCase(service));
        var answers = new ValidAnswers(host.Clock.Today(), LastChoices: false);
        foreach (var page in (await host.Send(new GetServiceDefinition(service)))!.Pages)
        {
            SavedFormPage saved;
            var rounds = 0;
            do
            {
                var shown = await host.As(citizen).Send(new GetFormPage(draft, page.Id));
                foreach (var material in shown.Materials.Where(m => m.Files.Count == 0 && !without.Contains(m.Material.Code)))
                    await host.As(citizen).Send(new UploadAttachment(draft, material.Material.Code, "演示.pdf", Proof));
                saved = await host.As(citizen).Send(new SaveFormPage { CaseId = draft, PageId = page.Id, Version = shown.Version, Values = answers.For(shown) });
            }
            while (saved.Problems.Count > 0 && ++rounds < 4);
        }

        return draft;
    }

    private async Task<Guid> FiledWithout(TestUser citizen)
    {
        var filed = await host.Submit(citizen, await Fill(citizen, Later, Material));
        await host.DrainOutbox();
        return filed.CaseId;
    }

    private async Task<UserSession> Desk(string department, Guid caseId)
    {
        var desk = host.As(TestUsers.Officer(department));
        await desk.Send(new ClaimCase(caseId));
        await desk.Send(new AcceptCase(caseId));
        return desk;
    }

    private Task Watch() => host.InScope(s => s.GetServices<IPeriodicTask>().OfType<WatchPromises>().Single().Run(CancellationToken.None));

    private async Task<int> Notices(TestUser citizen, string title) => (await host.As(citizen).Send(new GetMyNotices())).Items.Count(n => n.Title == title);

    private Task<CaseTrack> Track(TestUser citizen, Guid id) => host.As(citizen).Send(new GetCaseTrack(id));

    [Fact]
    public async Task What_is_promised_for_later_is_asked_for_until_it_comes_and_only_then_approved()
    {
        var citizen = await host.NewCitizen(1990);
        var id = await FiledWithout(citizen);
        var promise = (await Track(citizen, id)).Promises.ShouldHaveSingleItem();
        (promise.Code, promise.Kind, promise.Outcome).ShouldBe((Material, PromiseKind.Later, null));
        var thirtieth = host.Clock.Today().AddDays(30);
        promise.DueOn.ShouldBe((await host.Send(new GetWorkingCalendar())).AddWorkingDays(thirtieth, 0), "thirty days, and on to the next working day");
        var desk = await Desk("civil-affairs", id);
        (await desk.Send(new GetCaseForReview(id))).Promised.Keys.ShouldBe([Material]);
        (await Should.ThrowAsync<RefusedException>(() => desk.Send(new DecideCase { CaseId = id, Decision = CaseAction.Approve }))).Refusals[0].Code.ShouldBe("case.material-still-promised");

        await desk.Send(new WaitForMaterial(id));
        var waiting = await Track(citizen, id);
        waiting.DueOn.ShouldBeNull("the clock stands still");
        waiting.Turn.ShouldStartWith("轮到您");
        (await Should.ThrowAsync<RefusedException>(() => host.As(citizen).Send(new HandInMaterial(id, Material)))).Refusals[0].Code.ShouldBe("case.nothing-to-hand-in");
        await host.As(citizen).Send(new UploadAttachment(id, Material, "证明.pdf", Proof));
        await host.As(citizen).Send(new HandInMaterial(id, Material));

        var after = await Track(citizen, id);
        after.DueOn.ShouldNotBeNull();
        after.Promises.ShouldBeEmpty();
        await desk.Send(new DecideCase { CaseId = id, Decision = CaseAction.Approve });
        await host.DrainOutbox();
        (await Track(citizen, id)).Case.Outcome.ShouldBe(CaseOutcome.Approved);
        await Should.ThrowAsync<RefusedException>(() => host.As(citizen).Send(new UploadAttachment(id, Material, "证明.pdf", Proof)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(citizen).Send(new HandInMaterial(id, Material)));
    }

    [Fact]
    public async Task Nobody_else_hands_in_and_what_was_not_promised_takes_no_file()
    {
        var citizen = await host.NewCitizen(1990);
        var id = await FiledWithout(citizen);
        var stranger = await host.NewCitizen(1991);

        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger).Send(new GetPromisedMaterial(id, Material)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger).Send(new HandInMaterial(id, Material)));
        await Should.ThrowAsync<RefusedException>(() => host.As(citizen).Send(new UploadAttachment(id, "bank", "银行卡.pdf", Proof)));
        (await host.As(TestUsers.Officer("urban-management")).Send(new GetPromises())).Items.ShouldNotContain(p => p.CaseId == id);
        (await host.As(TestUsers.Officer("civil-affairs")).Send(new GetPromises())).Items.ShouldContain(p => p.CaseId == id);
    }

    [Fact]
    public async Task A_material_that_is_not_flagged_can_not_be_left_out()
    {
        var citizen = await host.NewCitizen(1990);
        var draft = await Fill(citizen, Later, "bank");

        (await host.As(citizen).Send(new GetCaseCheck(draft))).Problems.ShouldContain(p => p.Path == "material:bank");
    }

    [Fact]
    public async Task Twice_the_applicant_is_reminded_then_the_case_stops_and_the_next_promise_is_refused()
    {
        var citizen = await host.NewCitizen(1990);
        var id = await FiledWithout(citizen);
        var due = (await Track(citizen, id)).Promises[0].DueOn!.Value;
        const string Reminder = "请补交先办后补的材料";
        await Watch();
        await host.DrainOutbox();
        (await Notices(citizen, Reminder)).ShouldBe(0);

        foreach (var (day, told) in new[] { ((await host.Send(new GetWorkingCalendar())).WorkingDaysBefore(due, 3), 1), (due, 2) })
        {
            host.Clock.SetUtcNow(day.At(new TimeOnly(9, 0)));
            for (var i = 0; i < 2; i++)
            {
                await Watch();
                await host.DrainOutbox();
            }

            (await Notices(citizen, Reminder)).ShouldBe(told);
        }

        (await Track(citizen, id)).Case.State.ShouldBe(CaseState.Submitted);
        host.Clock.SetUtcNow(due.AddDays(1).At(new TimeOnly(9, 0)));
        await Watch();
        await host.DrainOutbox();

        var stopped = await Track(citizen, id);
        (stopped.Case.State, stopped.Case.Outcome).ShouldBe((CaseState.Closed, CaseOutcome.Lapsed));
        stopped.Promises.ShouldBeEmpty();
        var again = await Fill(citizen, Later, Material);
        var hash = (await host.As(citizen).Send(new GetCaseCheck(again))).ContentHash;
        (await Should.ThrowAsync<RefusedException>(() => host.As(citizen).Send(new SubmitCase(again, hash)))).Refusals[0].Code.ShouldBe("case.promises-are-over");
        await host.As(citizen).Send(new UploadAttachment(again, Material, "证明.pdf", Proof));
        (await host.As(citizen).Send(new SubmitCase(again, hash))).Number.ShouldNotBeNull("with the paper in hand nothing is promised");
    }

    [Fact]
    public async Task A_commitment_is_checked_after_the_approval_and_a_broken_one_is_told_and_stays()
    {
        var citizen = await host.NewCitizen(1990);
        var filed = await host.Submit(citizen, await Fill(citizen, Committed));
        await host.DrainOutbox();
        var department = (await host.Send(new GetServiceDefinition(Committed)))!.Department;
        var officer = host.As(TestUsers.Officer(department));
        (await officer.Send(new GetPromises { Kind = PromiseKind.Commitment })).Items.ShouldNotContain(p => p.CaseId == filed.CaseId, "there is nothing to check before the decision");
        var desk = await Desk(department, filed.CaseId);
        await desk.Send(new DecideCase { CaseId = filed.CaseId, Decision = CaseAction.Approve });
        await host.DrainOutbox();
        var calendar = await host.Send(new GetWorkingCalendar());
        var line = (await officer.Send(new GetPromises { Kind = PromiseKind.Commitment })).Items.First(p => p.CaseId == filed.CaseId);
        line.DueOn.ShouldBe(calendar.AddWorkingDays(host.Clock.Today(), 40));
        await Should.ThrowAsync<NotFoundException>(() => host.As(TestUsers.Officer("urban-management")).Send(new RecordCheck { PromiseId = line.Id, Kept = true, Finding = "到现场看了，和承诺的一样。" }));

        await officer.Send(new RecordCheck { PromiseId = line.Id, Kept = false, Finding = "到家里看了，名下另有一套住房，和承诺的不一样。" });
        await host.DrainOutbox();

        (await Should.ThrowAsync<NotFoundException>(() => officer.Send(new GetCommitment(line.Id)))).ShouldNotBeNull();
        (await Should.ThrowAsync<RefusedException>(() => officer.Send(new RecordCheck { PromiseId = line.Id, Kept = true, Finding = "再看了一次，其实是一样的。" }))).Refusals[0].Code.ShouldBe("case.nothing-to-check");
        var found = (await Track(citizen, filed.CaseId)).Promises.ShouldHaveSingleItem();
        (found.Outcome, found.Finding!.Contains("另有一套", StringComparison.Ordinal)).ShouldBe((PromiseOutcome.Broken, true));
        (await Notices(citizen, "核查发现承诺没有兑现")).ShouldBe(1);
        var next = await Fill(citizen, Later, Material);
        var hash = (await host.As(citizen).Send(new GetCaseCheck(next))).ContentHash;
        (await Should.ThrowAsync<RefusedException>(() => host.As(citizen).Send(new SubmitCase(next, hash)))).Refusals[0].Code.ShouldBe("case.promises-are-over");
    }

    [Fact]
    public async Task A_withdrawn_case_leaves_nothing_to_hand_in()
    {
        var citizen = await host.NewCitizen(1990);
        var id = await FiledWithout(citizen);
        await host.As(citizen).Send(new WithdrawCase(id));
        await host.DrainOutbox();

        (await host.InDatabase(db => db.MaterialPromises.SingleAsync(p => p.CaseId == id))).Outcome.ShouldBe(PromiseOutcome.Void);
        await Should.ThrowAsync<NotFoundException>(() => host.As(citizen).Send(new GetPromisedMaterial(id, Material)));
    }
}
