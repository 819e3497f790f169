using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.OneThing;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.OneThing;

/// <summary>Departments at work on one bundle: one notice a round, one may refuse, the late agree by policy, and nothing is done twice.</summary>
public sealed class BundleProcessTests(OneThingHost host) : IClassFixture<OneThingHost>
{
    private static readonly (string, string?)[] Home =
    [
        ("property.unitNo", "410172001001GB00011F00010101"), ("property.certificateNo", "豫（2024）郑州市不动产权第0000111号"),
        ("property.location", "郑州高新区演示大道 1 号演示苑 1 号楼 1204 室"), ("property.area", "86.40"), ("property.use", "residence"),
        ("propertySeller.idNo", "410102198503120110"), ("property.shareForm", "sole"),
    ];

    private static readonly (string, string?)[] Restaurant = [("restaurant.area", "320"), ("restaurant.sign", "yes")];

    private async Task<(TestUser Citizen, ServiceDefinition Service, Guid Bundle)> Filed(string code, params (string, string?)[] given)
    {
        var service = await host.Bundle(code);
        var citizen = await host.Applicant(service);
        var submitted = await host.File(citizen, service, lastChoices: true, given);
        await host.Settle();
        return (citizen, service, submitted.CaseId);
    }

    private Task Watch() => host.InScope(s => s.GetServices<IPeriodicTask>().OfType<WatchBundles>().Single().Run(CancellationToken.None));

    private async Task<int> CorrectionNotices(TestUser citizen) => (await host.As(citizen).Send(new GetMyNotices())).Items.Count(n => n.Title.Contains("补", StringComparison.Ordinal));

    private async Task Refuse(string department, Guid caseId, string why)
    {
        await (await host.AtDesk(department, caseId)).Send(new DecideCase { CaseId = caseId, Decision = CaseAction.Refuse, Opinion = why });
        await host.Settle();
    }

    private Task Remark(UserSession desk, Guid caseId, string path, string words) =>
        desk.Send(new RequestCorrection { CaseId = caseId, Remarks = new Dictionary<string, string> { [path] = words } });

    [Fact]
    public async Task The_remarks_of_all_departments_come_as_one_notice_and_one_answer_reaches_each()
    {
        var (citizen, _, bundle) = await Filed("open-restaurant", Restaurant);
        var members = await host.Members(bundle);
        var food = await host.AtDesk("market-regulation", members["food"].Id);
        var sign = await host.AtDesk("urban-management", members["sign"].Id);
        await Remark(food, members["food"].Id, "food.manager", "请写食品安全员的全名");
        await host.Settle();
        (await host.As(citizen).Send(new GetCaseTrack(bundle))).Case.State.ShouldBe(CaseState.InReview, "others are still at work");
        var before = await CorrectionNotices(citizen);

        await Remark(sign, members["sign"].Id, "sign.address", "请写招牌挂在哪一侧");
        await host.Approve("fire", members["fire"].Id);
        await host.Settle();

        var track = await host.As(citizen).Send(new GetCaseTrack(bundle));
        track.Case.State.ShouldBe(CaseState.CorrectionRequested);
        // A filled field leads to the answer it came from.
        track.Remarks.Select(r => r.Path).Order().ShouldBe(["food.address", "food.manager"]);
        (await CorrectionNotices(citizen) - before).ShouldBe(1);
        (await host.Track(citizen, bundle)).Standing.ShouldBe(BundleStanding.ToMend);
        await Should.ThrowAsync<RefusedException>(() => host.As(citizen).Send(new SaveFormPage { CaseId = members["food"].Id, PageId = "shop", Version = 0, Values = new Dictionary<string, string?>() }));

        foreach (var remark in track.Remarks)
            await host.Save(citizen, bundle, remark.PageId!, (remark.Path, remark.Path == "food.manager" ? "演示丁" : "郑州高新区示例路 8 号东侧"));
        await host.Submit(citizen, bundle);
        await host.Settle();

        members = await host.Members(bundle);
        (members["food"].State, members["sign"].State, members["fire"].Approved).ShouldBe((CaseState.InReview, CaseState.InReview, true));
        var answers = await host.InScope(s => s.Cases().Filed(members["sign"].Id, CancellationToken.None));
        answers.Answers["sign.address"].ShouldBe("郑州高新区示例路 8 号东侧");
        await food.Send(new DecideCase { CaseId = members["food"].Id, Decision = CaseAction.Approve });
        await sign.Send(new DecideCase { CaseId = members["sign"].Id, Decision = CaseAction.Refuse, Opinion = "招牌伸出墙面太多，改小以后可以再报。" });
        await host.Settle();
        (await host.Track(citizen, bundle)).Standing.ShouldBe(BundleStanding.Done, "nobody needs a sign to open");
        (await host.As(citizen).Send(new GetCaseTrack(bundle))).Case.State.ShouldBe(CaseState.Closed);
    }

    [Fact]
    public async Task A_restaurant_is_opened_without_its_sign_but_not_before_the_sign_was_looked_at()
    {
        var (citizen, service, bundle) = await Filed("open-restaurant", ("restaurant.area", "120"), ("restaurant.sign", "yes"));
        service.Bundle!.Members.Where(m => m.Join == JoinPolicy.Advisory).Select(m => m.Code).ShouldBe(["sign"]);
        var members = await host.Members(bundle);
        members.Keys.Order().ShouldBe(["food", "sign"]);
        await host.Approve("market-regulation", members["food"].Id);
        await host.Settle();
        (await host.Track(citizen, bundle)).Standing.ShouldBe(BundleStanding.Running);

        await Refuse("urban-management", members["sign"].Id, "招牌伸出墙面太多，改小以后可以再报。");

        var track = await host.Track(citizen, bundle);
        (track.Standing, track.Done).ShouldBe((BundleStanding.Done, 1));
        track.Members.Select(m => m.Standing).ShouldBe([MemberStanding.Done, MemberStanding.Failed]);
        var whole = await host.As(citizen).Send(new GetCaseTrack(bundle));
        (whole.Case.State, whole.Case.Outcome).ShouldBe((CaseState.Closed, CaseOutcome.Approved));
        (await host.As(citizen).Send(new GetCaseTrack(members["sign"].Id))).Reason.ShouldBe("招牌伸出墙面太多，改小以后可以再报。");
    }

    [Fact]
    public async Task A_sign_alone_does_not_open_a_restaurant()
    {
        var (citizen, _, bundle) = await Filed("open-restaurant", ("restaurant.area", "120"), ("restaurant.sign", "yes"));
        var members = await host.Members(bundle);
        await host.Approve("urban-management", members["sign"].Id);
        await Refuse("market-regulation", members["food"].Id, "后厨没有洗手池，装好以后可以再报。");

        (await host.Track(citizen, bundle)).Standing.ShouldBe(BundleStanding.PartlyDone);
    }

    [Fact]
    public async Task A_remark_waits_no_longer_than_to_the_next_day_for_departments_that_say_nothing()
    {
        var (citizen, _, bundle) = await Filed("open-restaurant", Restaurant);
        var members = await host.Members(bundle);
        await Remark(await host.AtDesk("market-regulation", members["food"].Id), members["food"].Id, "food.manager", "请写食品安全员的全名");
        await host.Settle();

        host.Clock.Advance(TimeSpan.FromDays(1));
        await Watch();
        await host.Settle();

        (await host.As(citizen).Send(new GetCaseTrack(bundle))).Remarks.ShouldHaveSingleItem().Path.ShouldBe("food.manager");
    }

    [Fact]
    public async Task Who_says_nothing_until_the_due_day_has_agreed_where_the_policy_says_so()
    {
        var (citizen, service, bundle) = await Filed("outside-works-one-thing");
        service.Bundle!.Members.Single(m => m.Code == "trees").Join.ShouldBe(JoinPolicy.AgreedWhenLate);

        host.Clock.Advance(TimeSpan.FromDays(30));
        await Watch();
        await host.Settle();

        var members = await host.Members(bundle);
        members["trees"].Approved.ShouldBeTrue();
        members["road"].InHand.ShouldBeTrue();
        (await host.Track(citizen, bundle)).Standing.ShouldBe(BundleStanding.Running);
    }

    [Fact]
    public async Task Four_permits_are_looked_at_at_once_promised_for_one_day_and_given_in_order_on_one_day()
    {
        var (citizen, service, bundle) = await Filed("land-to-start", ("property.unitNo", "410172001009GB00098W00000000"), ("property.shareForm", "sole"));
        var today = host.Clock.Today();
        var tomorrow = (await host.Send(new GetWorkingCalendar())).AddWorkingDays(today, 1);
        var members = await host.Members(bundle);
        members.Keys.Order().ShouldBe(["building", "construction", "estate", "land"]);
        members.Values.ShouldAllBe(m => m.DueOn == tomorrow, "each is promised for one day, the receipt too");
        var construction = await host.AtDesk("construction", members["construction"].Id);
        (await Should.ThrowAsync<RefusedException>(() => construction.Send(new DecideCase { CaseId = members["construction"].Id, Decision = CaseAction.Approve }))).Refusals[0].Code.ShouldBe("case.predecessor-first");

        await host.Approve("natural-resources", members["land"].Id);
        await host.Settle();
        await host.Approve("real-estate-registration", members["estate"].Id);
        await host.Approve("natural-resources", members["building"].Id);
        await host.Settle();
        await construction.Send(new DecideCase { CaseId = members["construction"].Id, Decision = CaseAction.Approve });
        await host.Settle();

        (await host.Track(citizen, bundle)).Standing.ShouldBe(BundleStanding.Done);
        var permits = await host.As(citizen).Send(new GetMyLicences());
        permits.Count.ShouldBe(4);
        service.Clock.PromisedDays.ShouldBe(1);
        var decided = await host.InDatabase(db => db.Cases.Where(c => c.BundleId == bundle).Select(c => c.DecidedAt).ToListAsync());
        decided.Select(d => d!.Value.Day()).Distinct().ShouldBe([today]);
    }

    [Fact]
    public async Task What_was_looked_at_beforehand_is_taken_back_when_the_step_before_is_refused()
    {
        var (citizen, _, bundle) = await Filed("land-to-start", ("property.unitNo", "410172001009GB00097W00000000"), ("property.shareForm", "sole"));
        var land = (await host.Members(bundle))["land"];
        var desk = await host.AtDesk("natural-resources", land.Id);

        await desk.Send(new DecideCase { CaseId = land.Id, Decision = CaseAction.Refuse, Opinion = "地块还没有交付，拿到交地确认书再报。" });
        await host.Settle();

        (await host.Track(citizen, bundle)).Standing.ShouldBe(BundleStanding.Failed);
        (await host.Members(bundle)).Values.Where(m => m.Code != "land").ShouldAllBe(m => m.State == CaseState.Withdrawn);
        (await host.As(citizen).Send(new GetCaseTrack(bundle))).Case.State.ShouldBe(CaseState.Closed);
    }

    [Fact]
    public async Task The_clock_of_the_whole_stands_still_while_somebody_has_to_come_and_sign()
    {
        var (citizen, _, bundle) = await Filed("home-transfer-one-thing", Home);
        var transfer = (await host.Members(bundle))["transfer"];
        var desk = host.As(TestUsers.Officer("real-estate-registration"));
        await desk.Send(new ClaimCase(transfer.Id));
        await desk.Send(new PreCheckCase(transfer.Id));
        await host.Settle();
        (await host.As(citizen).Send(new GetCaseTrack(bundle))).DueOn.ShouldBeNull();
        (await host.Track(citizen, bundle)).Members.Single(m => m.CaseId == transfer.Id).Standing.ShouldBe(MemberStanding.ToSign);
        (await host.As(citizen).Send(new GetMyNotices())).Items.Count(n => n.Title.Contains("面签", StringComparison.Ordinal)).ShouldBe(1);

        host.Clock.Advance(TimeSpan.FromDays(7));
        await desk.Send(new AcceptCase(transfer.Id));
        await host.Settle();

        var calendar = await host.Send(new GetWorkingCalendar());
        (await host.As(citizen).Send(new GetCaseTrack(bundle))).DueOn.ShouldBe(calendar.AddWorkingDays(host.Clock.Today(), 2));
        await desk.Send(new DecideCase { CaseId = transfer.Id, Decision = CaseAction.Approve });
        await host.Settle();
        (await host.Track(citizen, bundle)).Standing.ShouldBe(BundleStanding.Done);
        var gas = await host.InScope(async s => await s.Cases().Filed((await host.Members(bundle))["gas"].Id, CancellationToken.None));
        (gas.Answers["utilityAccount.site"], gas.Answers["utilityAccount.estateCase"]).ShouldBe(("郑州高新区演示大道 1 号演示苑 1 号楼 1204 室", transfer.Number));
    }

    [Fact]
    public async Task Only_bundles_that_are_due_are_looked_at_and_an_index_finds_them()
    {
        await host.InDatabase(db => db.Database.ExecuteSqlRawAsync("""
            INSERT INTO one_thing.bundles (case_id, code, version, applicant_id, submitted_at, asked, look_at, ended_at)
            SELECT gen_random_uuid(), 'x', 1, gen_random_uuid(), now(), ARRAY[]::uuid[], CASE WHEN n % 10 = 0 THEN NULL ELSE timestamptz '2031-01-01' + n * interval '1 minute' END,
                   CASE WHEN n % 10 = 0 THEN now() END
            FROM generate_series(1, 20000) n
            """));
        await host.InDatabase(db => db.Database.ExecuteSqlRawAsync("ANALYZE one_thing.bundles"));

        var plan = await host.PlanOf(db =>
            WatchBundles.Due(db, new DateTimeOffset(2031, 1, 2, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2031, 1, 1, 12, 0, 0, TimeSpan.Zero), Guid.CreateVersion7()));

        plan.ShouldContain("ix_bundles_look");
        plan.ShouldNotContain("Seq Scan");
        plan.ShouldNotContain("Sort");
        await host.InDatabase(db => db.Database.ExecuteSqlRawAsync("DELETE FROM one_thing.bundles WHERE code = 'x'"));
    }

    [Fact]
    public async Task A_look_at_a_bundle_where_nothing_is_due_reads_its_members_once()
    {
        var (_, _, bundle) = await Filed("open-restaurant", Restaurant);

        var sent = await host.Statements.During(() => host.As(TestUsers.System).Send(new AdvanceBundle(bundle)));

        sent.Count(s => s.Contains("bundle_id =", StringComparison.Ordinal)).ShouldBe(1, string.Join('\n', sent));
    }

    [Fact]
    public async Task The_warning_list_shows_what_is_due_soon_in_order_to_those_who_may_see_it()
    {
        var (_, _, bundle) = await Filed("open-restaurant", Restaurant);
        var members = await host.Members(bundle);
        var hall = host.As(TestUsers.Staff(Roles.HallManager));
        async Task<List<MemberWarning>> All(UserSession who, int within)
        {
            var lines = new List<MemberWarning>();
            string? after = null;
            do
            {
                var page = await who.Send(new GetMemberWarnings { Within = within, After = after });
                lines.AddRange(page.Items);
                after = page.Next;
            }
            while (after is not null);
            return lines;
        }

        (await All(hall, 2)).ShouldNotContain(w => w.BundleNumber == members["food"].Number);
        (await All(hall, 2)).Count(w => members.Values.Any(m => m.Id == w.Id)).ShouldBe(0, "five days to accept");
        var near = (await All(hall, 10)).Where(w => members.Values.Any(m => m.Id == w.Id)).ToList();
        near.Count.ShouldBe(3);
        near.ShouldAllBe(w => w.Join == (w.Department == "urban-management" ? JoinPolicy.Advisory : JoinPolicy.Required) && w.BundleTitle.Contains("餐饮", StringComparison.Ordinal));
        (await All(hall, 10)).Select(w => w.DueOn).ShouldBeInOrder();
        (await All(host.As(TestUsers.Staff(Roles.SeniorOfficer) with { DepartmentCode = "urban-management" }), 10)).ShouldAllBe(w => w.Department == "urban-management");
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Officer()).Send(new GetMemberWarnings()));
        host.Clock.Advance(TimeSpan.FromDays(20));
        (await All(hall, 0)).Count(w => members.Values.Any(m => m.Id == w.Id)).ShouldBe(3, "overdue");
    }

    [Fact]
    public async Task Who_waits_for_a_predecessor_that_was_refused_is_not_opened()
    {
        var (citizen, service, bundle) = await Filed("newborn-one-thing");
        var members = await host.Members(bundle);
        members.Keys.ShouldBe(["household"]);
        var desk = await host.AtDesk("public-security", members["household"].Id);
        await desk.Send(new DecideCase { CaseId = members["household"].Id, Decision = CaseAction.Refuse, Opinion = "父母都不是高新区户口，请到户口所在地办。" });
        await host.Settle();

        (await host.Members(bundle)).Keys.ShouldBe(["household"]);
        var track = await host.Track(citizen, bundle);
        track.Standing.ShouldBe(BundleStanding.Failed);
        track.Members.Count(m => m.Standing == MemberStanding.Blocked).ShouldBe(service.Bundle!.Members.Count - 1);
    }

    [Fact]
    public async Task Withdrawing_the_whole_takes_the_open_members_along()
    {
        var (citizen, _, bundle) = await Filed("open-restaurant", Restaurant);
        await host.Approve("fire", (await host.Members(bundle))["fire"].Id);
        await host.Settle();

        await host.As(citizen).Send(new WithdrawCase(bundle));
        await host.Settle();

        var members = await host.Members(bundle);
        members["fire"].Approved.ShouldBeTrue("what was given stays");
        (members["food"].State, members["sign"].State).ShouldBe((CaseState.Withdrawn, CaseState.Withdrawn));
    }

    [Fact]
    public async Task Everything_delivered_again_and_again_in_between_changes_nothing()
    {
        var service = await host.Bundle("utilities-one-thing");
        var citizen = await host.Applicant(service);
        var submitted = await host.File(citizen, service, lastChoices: true);
        var outbox = host.Services.GetRequiredService<Outbox>();

        for (var step = 1; await outbox.DeliverNextAsync(CancellationToken.None); step++)
        {
            await host.Parties.Idle();
            await host.As(TestUsers.System).Send(new AdvanceBundle(submitted.CaseId));
            if (step % 7 == 0 && step < 100)
                await host.InDatabase(db => db.Database.ExecuteSqlRawAsync("UPDATE kernel.outbox SET done_at = NULL, leased_until = NULL, attempts = 0"));
        }

        var track = await host.Track(citizen, submitted.CaseId);
        track.Standing.ShouldBe(BundleStanding.Done);
        var numbers = track.Members.Select(m => m.Number).ToList();
        numbers.Count.ShouldBe(4);
        host.Parties.Received.Where(r => numbers.Contains(r.CaseNumber)).ShouldAllBe(r => r.Times == 1);
        (await host.As(citizen).Send(new GetMyNotices())).Items.GroupBy(n => n.Text).ShouldAllBe(g => g.Count() == 1);
    }

    [Fact]
    public async Task An_officer_can_neither_open_the_whole_nor_ask_for_what_no_guide_has()
    {
        var (_, service, bundle) = await Filed("open-restaurant", Restaurant);
        var members = await host.Members(bundle);
        await Should.ThrowAsync<NotFoundException>(() => host.As(TestUsers.Officer(service.Department)).Send(new ClaimCase(bundle)));
        var food = await host.AtDesk("market-regulation", members["food"].Id);

        var refused = await Should.ThrowAsync<RefusedException>(() => food.Send(new RequestCorrection
        {
            CaseId = members["food"].Id,
            Remarks = new Dictionary<string, string>(),
            Outside = [new OutsideMaterial("邻居同意书", "请楼上楼下签名", "怕以后有人投诉油烟")],
        }));

        refused.Refusals[0].Code.ShouldBe("case.nothing-outside-in-bundle");
    }
}
