using System.Globalization;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Cases.Counter;

/// <summary>综窗: accepted in one hall, decided in another, handed out in a third; every step with the applicant's own code.</summary>
public sealed class CounterTests(CaseHost host) : IClassFixture<CaseHost>
{
    private const string Here = "fengyang";
    private const string There = "gouzhao";
    private const int Young = 1990;
    private static int _strangers;

    [Fact]
    public async Task A_case_accepted_in_one_hall_is_decided_in_another_and_handed_out_in_a_third_with_all_recorded()
    {
        var clerk = await host.Sits(Here);
        var person = await host.NewPerson(Young);
        var id = await host.Opened(clerk, person);
        await host.Fill(clerk, id);
        await host.As(clerk).Send(new ChooseIssuingHall(id, There));
        (await host.Confirm(clerk, person, id)).CaseId.ShouldBe(id);
        await host.As(clerk).Send(new AcceptAtCounter(id));

        var receipt = await host.As(clerk).Send(new GetCounterReceipt(id));
        receipt.AcceptedIn.ShouldBe("枫杨街道便民服务中心 3 号窗口");
        (receipt.Department, receipt.DecidingHall!.Code, receipt.IssuingHall!.Code).ShouldBe((CaseHost.Department, "hall", There));
        receipt.DueOn.ShouldNotBeNull();
        receipt.Applicant.ShouldNotContain(person.Name[1..]);

        var review = await host.Approve(id);
        review.Counter!.AcceptingHall.ShouldBe("枫杨街道便民服务中心");
        review.Counter.DecidingHall.ShouldBe("高新区政务服务大厅");
        review.History.ShouldContain(h => h.Text == "受理");

        (await host.As(clerk).Send(new GetHandOutList())).Page.Items.ShouldNotContain(l => l.CaseId == id);
        var other = await host.Sits(There);
        (await host.As(other).Send(new GetHandOutList())).Page.Items.ShouldContain(l => l.CaseId == id);
        (await host.As(other).Send(ByIdNumber(id, person))).CaseId.ShouldBe(id);

        var track = await host.As(person.User).Send(new GetCaseTrack(id));
        track.Counter!.HandedOverTo.ShouldBe("申请人本人");
        track.Steps.Select(s => s.Title).ShouldBe(["您在综窗用验证码签名确认", "您提交了申请", "收下了（受理）", "审核通过", "证照已生成", "结果已领取"]);
        var row = await host.InDatabase(db => db.CounterFilings.AsNoTracking().SingleAsync(f => f.CaseId == id));
        (row.Hall, row.DecidingHall, row.IssuingHall, row.ClerkId, row.HandedOverBy).ShouldBe((Here, "hall", There, clerk.Id, other.Id));
        (await host.As(other).Send(new GetHandOutList())).Page.Items.ShouldNotContain(l => l.CaseId == id);
    }

    [Fact]
    public async Task A_person_without_an_account_gets_one_with_the_right_code_and_not_before()
    {
        var clerk = await host.Sits(Here);
        var (phone, number) = Stranger();
        var sent = await host.As(clerk).Send(CounterSteps.Ask(phone, "演示新人", number));
        (await AccountOf(phone)).ShouldBeNull();
        await host.As(clerk).Send(new OpenCounterFiling(sent, "12345"));
        (await AccountOf(phone)).ShouldBeNull();

        var id = (await host.As(clerk).Send(new OpenCounterFiling(sent, await host.CodeOf(phone, "要代您填")))).CaseId!.Value;

        var account = (await AccountOf(phone))!.Value;
        var person = await host.InScope(s => ((IPeople)s.GetService(typeof(IPeople))!).Find(account, CancellationToken.None));
        (person!.Name, person.IdNumber).ShouldBe(("演示新人", number));
        (await host.As(TestUsers.Citizen(account)).Send(new GetMyCases())).Items.ShouldContain(c => c.Id == id);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("number")]
    [InlineData("phone")]
    [InlineData("registry")]
    public async Task Whatever_does_not_fit_is_refused_alike_and_sends_nothing(string wrong)
    {
        var clerk = await host.Sits(Here);
        var known = await host.NewPerson(Young);
        var (phone, number) = Stranger();
        var ask = wrong switch
        {
            "name" => CounterSteps.Ask(known.Phone, "演示丁", known.IdNumber),
            "number" => CounterSteps.Ask(known.Phone, known.Name, number),
            "phone" => CounterSteps.Ask(phone, known.Name, known.IdNumber),
            _ => CounterSteps.Ask(phone, "演示不符", number),
        };
        (await Should.ThrowAsync<RefusedException>(() => host.As(clerk).Send(ask))).Refusals.ShouldHaveSingleItem().Code.ShouldBe("counter.not-this-person");
        await host.DrainOutbox();
        (await host.Messages(ask.Phone)).ShouldBeEmpty();
        (await AccountOf(phone)).ShouldBeNull();
    }

    [Fact]
    public async Task Guessing_whose_phone_it_is_stops_after_five_tries_and_a_right_one_counts_nowhere()
    {
        var clerk = await host.Sits(Here);
        var person = await host.NewPerson(Young);
        await host.As(clerk).Send(CounterSteps.Ask(person));
        for (var i = 0; i < 5; i++)
            (await Should.ThrowAsync<RefusedException>(() => host.As(clerk).Send(CounterSteps.Ask(person.Phone, "演示丁", person.IdNumber)))).Refusals[0].Code.ShouldBe("counter.not-this-person");
        (await Should.ThrowAsync<RefusedException>(() => host.As(clerk).Send(CounterSteps.Ask(person)))).Refusals[0].Code.ShouldBe("identity.too-many-persons");
    }

    [Fact]
    public async Task Five_wrong_codes_void_the_code_and_the_right_one_comes_too_late()
    {
        var clerk = await host.Sits(Here);
        var person = await host.NewPerson(Young);
        var sent = await host.As(clerk).Send(CounterSteps.Ask(person));
        var right = await host.CodeOf(person.Phone, "要代您填");
        var wrong = right == "000000" ? "000001" : "000000";
        for (var i = 0; i < 4; i++)
            (await host.As(clerk).Send(new OpenCounterFiling(sent, wrong))).Refusal!.Code.ShouldBe("counter.wrong-code");
        (await host.As(clerk).Send(new OpenCounterFiling(sent, wrong))).Refusal!.Code.ShouldBe("counter.code-locked");
        (await host.As(clerk).Send(new OpenCounterFiling(sent, right))).Refusal!.Code.ShouldBe("counter.code-locked");
        (await host.InDatabase(db => db.Cases.AnyAsync(c => c.ApplicantId == person.User.Id))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_code_is_good_for_its_own_clerk_once_and_for_ten_minutes()
    {
        var clerk = await host.Sits(Here);
        var person = await host.NewPerson(Young);
        var sent = await host.As(clerk).Send(CounterSteps.Ask(person));
        var code = await host.CodeOf(person.Phone, "要代您填");
        var foreign = await host.Sits(Here);
        await Should.ThrowAsync<NotFoundException>(() => host.As(foreign).Send(new OpenCounterFiling(sent, code)));
        (await Should.ThrowAsync<RefusedException>(() => host.As(clerk).Send(CounterSteps.Ask(person)))).Refusals[0].Code.ShouldBe("counter.code-too-soon");
        (await host.As(clerk).Send(new OpenCounterFiling(sent, code))).Refusal.ShouldBeNull();
        (await host.As(clerk).Send(new OpenCounterFiling(sent, code))).Refusal!.Code.ShouldBe("counter.wrong-code");

        var late = await host.NewPerson(Young);
        var second = await host.As(clerk).Send(CounterSteps.Ask(late));
        code = await host.CodeOf(late.Phone, "要代您填");
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        (await host.As(clerk).Send(new OpenCounterFiling(second, code))).Refusal!.Code.ShouldBe("counter.wrong-code");
    }

    [Fact]
    public async Task Content_that_changed_after_the_code_was_sent_voids_it()
    {
        var clerk = await host.Sits(Here);
        var person = await host.NewPerson(Young);
        var id = await host.Opened(clerk, person);
        await host.Fill(clerk, id);
        await host.As(clerk).Send(new ChooseIssuingHall(id, null));
        await host.As(clerk).Send(new RequestSubmittingCode(id));
        var code = await host.CodeOf(person.Phone, "请您确认");
        (await host.As(clerk).Send(new GetCounterFiling(id))).CodeUntil.ShouldNotBeNull();
        await host.Save(clerk, id, "person", ("person.phone", "13900000009"));

        (await host.As(clerk).Send(new GetCounterFiling(id))).CodeUntil.ShouldBeNull();
        (await host.As(clerk).Send(new ConfirmCounterFiling(id, code))).Refusal!.Code.ShouldBe("counter.content-changed");
        await host.Save(clerk, id, "person", ("person.phone", person.Phone));
        (await host.As(clerk).Send(new ConfirmCounterFiling(id, code))).Refusal!.Code.ShouldBe("counter.wrong-code");
        (await host.As(person.User).Send(new GetTaskList(id))).State.ShouldBe(CaseState.Draft);
    }

    [Fact]
    public async Task Ten_confirmations_at_once_submit_once_and_the_method_stands_in_the_journal()
    {
        var clerk = await host.Sits(Here);
        var person = await host.NewPerson(Young);
        var id = await host.Opened(clerk, person);
        await host.Fill(clerk, id);
        await host.As(clerk).Send(new ChooseIssuingHall(id, null));
        await host.As(clerk).Send(new RequestSubmittingCode(id));
        var code = await host.CodeOf(person.Phone, "请您确认");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.As(clerk).Send(new ConfirmCounterFiling(id, code))));

        outcomes.ShouldAllBe(o => o.CaseId == id);
        var events = await host.InDatabase(db => db.CaseEvents.AsNoTracking().Where(e => e.CaseId == id).ToListAsync());
        var confirmed = events.Single(e => e.Kind == CounterEvents.Confirmed);
        (confirmed.ActorId, confirmed.Detail.Contains("sms-code-at-counter", StringComparison.Ordinal)).ShouldBe((clerk.Id, true));
        events.Count(e => e.Kind == nameof(CaseAction.Submit)).ShouldBe(1);
        (await host.InDatabase(db => db.FilingConsents.CountAsync(c => c.CaseId == id && c.EndedAt == null))).ShouldBe(0);
        await Should.ThrowAsync<RefusedException>(() => host.Save(clerk, id, "person", ("person.phone", "13900000008")));
    }

    [Fact]
    public async Task Nothing_is_asked_for_confirmation_before_it_is_filled_in_and_a_place_is_named()
    {
        var clerk = await host.Sits(Here);
        var person = await host.NewPerson(Young);
        var id = await host.Opened(clerk, person);
        (await host.As(clerk).Send(new GetCounterFiling(id))).Check!.Problems.ShouldNotBeEmpty();
        (await host.Refusal(clerk, new RequestSubmittingCode(id))).ShouldBe("counter.choose-issuing");
        await host.As(clerk).Send(new ChooseIssuingHall(id, null));
        (await host.Refusal(clerk, new RequestSubmittingCode(id))).ShouldBe("case.not-ready");
        await host.Fill(clerk, id);
        await host.As(person.User).Send(new EndFilingConsent(id));
        (await host.Refusal(clerk, new RequestSubmittingCode(id))).ShouldBe("counter.consent-over");
        (await host.As(clerk).Send(new GetCounterFiling(id))).MayFill.ShouldBeFalse();
    }

    [Fact]
    public async Task A_colleague_takes_the_draft_up_with_a_new_consent_and_the_first_clerk_loses_it()
    {
        var clerk = await host.Sits(Here);
        var person = await host.NewPerson(Young);
        var id = await host.Opened(clerk, person);
        var colleague = await host.Sits(There);
        await Should.ThrowAsync<NotFoundException>(() => host.As(colleague).Send(new GetCounterFiling(id)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(colleague).Send(new RequestSubmittingCode(id)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(colleague).Send(new ChooseIssuingHall(id, null)));

        host.Clock.Advance(TimeSpan.FromMinutes(2));
        (await host.Opened(colleague, person)).ShouldBe(id);

        await Should.ThrowAsync<NotFoundException>(() => host.As(clerk).Send(new GetCounterFiling(id)));
        (await host.As(clerk).Send(new GetCounterFilings())).Page.Items.ShouldNotContain(l => l.CaseId == id);
        (await host.As(colleague).Send(new GetCounterFilings())).Page.Items.ShouldContain(l => l.CaseId == id && l.Mine);
    }

    [Fact]
    public async Task What_rules_decide_at_once_is_not_accepted_by_a_clerk_and_what_an_officer_took_neither()
    {
        var clerk = await host.Sits(Here);
        var old = await host.NewPerson(1950);
        var instant = await host.Submitted(clerk, old);
        (await host.Refusal(clerk, new AcceptAtCounter(instant))).ShouldBe("counter.not-by-clerk");

        var taken = await host.Submitted(clerk, await host.NewPerson(Young));
        await host.As(TestUsers.Officer(CaseHost.Department)).Send(new ClaimCase(taken));
        (await host.Refusal(clerk, new AcceptAtCounter(taken))).ShouldBe("counter.taken-by-department");
        await Should.ThrowAsync<NotFoundException>(() => host.As(clerk).Send(new GetCounterReceipt(taken)));
    }

    [Fact]
    public async Task A_result_is_handed_over_once_by_many_clerks_at_once()
    {
        var (id, person) = await ReadyIn(There);
        var clerks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Sits(There)));

        var outcomes = await Task.WhenAll(clerks.Select(async c =>
        {
            try
            {
                return (await host.As(c).Send(ByIdNumber(id, person))).Refusal?.Code ?? "";
            }
            catch (RefusedException refused)
            {
                return refused.Refusals[0].Code;
            }
        }));

        outcomes.Count(o => o.Length == 0).ShouldBe(1);
        outcomes.Where(o => o.Length > 0).ShouldAllBe(o => o == "counter.already-handed-over");
        (await host.InDatabase(db => db.CaseEvents.CountAsync(e => e.CaseId == id && e.Kind == CounterEvents.HandedOver))).ShouldBe(1);
    }

    [Fact]
    public async Task An_agent_needs_the_pick_up_code_and_wrong_proofs_are_counted()
    {
        var (id, person) = await ReadyIn(There);
        var clerk = await host.Sits(There);
        var agent = new HandOver { CaseId = id, To = Recipient.Agent, Agent = "演示代领", Way = HandOverProof.IdNumber, Proof = person.IdNumber[^6..] };
        (await host.Refusal(clerk, agent)).ShouldBe("counter.agent-needs-code");
        (await host.As(clerk).Send(agent with { Way = HandOverProof.PickUpCode, Proof = "ABCDEF" })).Refusal!.Code.ShouldBe("counter.wrong-proof");

        var code = (await host.As(person.User).Send(new GetCaseTrack(id))).Counter!.PickUpCode!;
        (await host.Messages(person.Phone)).ShouldContain(m => m.Contains($"取件码 {code}", StringComparison.Ordinal));
        (await host.As(clerk).Send(agent with { Way = HandOverProof.PickUpCode, Proof = code })).CaseId.ShouldBe(id);
        var counter = (await host.As(person.User).Send(new GetCaseTrack(id))).Counter!;
        (counter.HandedOverTo, counter.PickUpCode).ShouldBe(("代领人 演**", null));

        var (second, _) = await ReadyIn(There);
        for (var i = 0; i < 5; i++)
            (await host.As(clerk).Send(new HandOver { CaseId = second, To = Recipient.Applicant, Way = HandOverProof.IdNumber, Proof = "ABCDEF" })).Refusal!.Code.ShouldBe("counter.wrong-proof");
        (await host.As(clerk).Send(new HandOver { CaseId = second, To = Recipient.Applicant, Way = HandOverProof.IdNumber, Proof = "ABCDEF" })).Refusal!.Code.ShouldBe("counter.too-many-proofs");
    }

    [Fact]
    public async Task A_result_of_another_hall_is_not_found_and_one_taken_back_leaves_the_list()
    {
        var (id, person) = await ReadyIn(There);
        await Should.ThrowAsync<NotFoundException>(async () => await host.As(await host.Sits(Here)).Send(ByIdNumber(id, person)));
        await host.As(TestUsers.Staff(Roles.SeniorOfficer) with { DepartmentCode = CaseHost.Department }).Send(new RevokeDecision(id, "复核时发现年龄写错了，重新审查这一件。"));
        await host.DrainOutbox();

        var clerk = await host.Sits(There);
        (await host.As(clerk).Send(new GetHandOutList())).Page.Items.ShouldNotContain(l => l.CaseId == id);
        await Should.ThrowAsync<NotFoundException>(() => host.As(clerk).Send(ByIdNumber(id, person)));
    }

    [Fact]
    public async Task A_commitment_is_ticked_at_the_window_and_the_confirming_message_says_so()
    {
        const string committed = "public-rental-housing";
        var (clerk, person) = (await host.Sits(Here), await host.NewPerson(Young));
        var sent = await host.As(clerk).Send(CounterSteps.Ask(person) with { ServiceCode = committed });
        var id = (await host.As(clerk).Send(new OpenCounterFiling(sent, await host.CodeOf(person.Phone, "要代您填")))).CaseId!.Value;
        await host.As(clerk).Send(new OpenForApplicant(id));
        var page = (await host.Send(new GetServiceDefinition(committed)))!.Pages.First(p => p.Fields.Any(f => f.Element.Type == FieldType.Commitment));
        var commitment = (await host.As(clerk).Send(new GetFormPage(id, page.Id))).Fields.First(f => f.Use.Element.Type == FieldType.Commitment);
        commitment.ReadOnly.ShouldBeFalse();

        await host.Save(clerk, id, page.Id, (commitment.Path, "yes"));

        var seen = (await host.As(person.User).Send(new GetFormPage(id, page.Id))).Fields.Single(f => f.Path == commitment.Path);
        (seen.Value, seen.ByStaff).ShouldBe(("yes", true));
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        var other = await host.Opened(clerk, person);
        await host.Fill(clerk, other);
        await host.As(clerk).Send(new ChooseIssuingHall(other, null));
        await host.As(clerk).Send(new RequestSubmittingCode(other));
        await host.DrainOutbox();
        (await host.Messages(person.Phone)).ShouldContain(m => m.Contains("作出表里的承诺", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_withdrawn_case_vanishes_from_the_lists()
    {
        var clerk = await host.Sits(Here);
        var draft = await host.NewPerson(Young);
        var dropped = await host.Opened(clerk, draft);
        var later = await host.NewPerson(Young);
        var submitted = await host.Submitted(clerk, later);
        (await Listed()).ShouldContain(dropped);
        await host.As(draft.User).Send(new WithdrawCase(dropped));
        await host.As(later.User).Send(new WithdrawCase(submitted));

        (await Listed()).ShouldNotContain(dropped);
        (await Listed()).ShouldNotContain(submitted);
        await Should.ThrowAsync<NotFoundException>(() => host.As(clerk).Send(new GetCounterFiling(submitted)));
        (await host.InDatabase(db => db.CounterFilings.AnyAsync(f => f.CaseId == dropped))).ShouldBeFalse();

        async Task<IReadOnlyList<Guid>> Listed() => [.. (await host.As(clerk).Send(new GetCounterFilings())).Page.Items.Select(l => l.CaseId)];
    }

    [Fact]
    public async Task A_seat_holds_for_its_day_and_for_halls_of_the_directory()
    {
        var clerk = TestUsers.Staff(Roles.WindowClerk);
        (await host.Refusal(clerk, new SitAtCounter { Hall = "elsewhere" })).ShouldBe("counter.unknown-hall");
        (await host.As(clerk).Send(new GetCounterFilings())).Seat.ShouldBeNull();
        await host.As(clerk).Send(new SitAtCounter { Hall = There });
        (await host.As(clerk).Send(new GetCounterFilings())).Seat!.Words.ShouldBe("沟赵便民服务中心综合窗口");
        host.Clock.Advance(TimeSpan.FromDays(1));
        (await host.As(clerk).Send(new GetCounterFilings())).Seat.ShouldBeNull();
        (await Should.ThrowAsync<RefusedException>(async () => await host.As(clerk).Send(CounterSteps.Ask(await host.NewPerson(Young))))).Refusals[0].Code.ShouldBe("counter.sit-first");
    }

    [Fact]
    public async Task A_department_decides_in_its_own_hall_where_it_has_one()
    {
        var (places, departments) = (await host.Send(new GetPlaces()), await host.Send(new GetDepartments()));
        departments.Single(d => d.Code == "disabled-persons").HallAmong(places)!.Code.ShouldBe("wutong");
        departments.Single(d => d.Code == CaseHost.Department).HallAmong(places)!.Code.ShouldBe("hall");
    }

    [Fact]
    public async Task Only_window_clerks_come_to_the_counter()
    {
        var (id, person) = await ReadyIn(There);
        foreach (var user in new ICurrentUser[] { person.User, TestUsers.Officer(CaseHost.Department), TestUsers.Staff(Roles.HallManager) })
        {
            await Should.ThrowAsync<AccessDeniedException>(() => host.As(user).Send(new GetCounterFilings()));
            await Should.ThrowAsync<AccessDeniedException>(() => host.As(user).Send(CounterSteps.Ask(person)));
            await Should.ThrowAsync<AccessDeniedException>(() => host.As(user).Send(ByIdNumber(id, person)));
            await Should.ThrowAsync<AccessDeniedException>(() => host.As(user).Send(new OpenAccountAtCounter(person.Phone, person.Name, person.IdNumber, "x")));
        }
    }

    [Fact]
    public async Task Nothing_personal_stands_in_clear_in_the_tables_of_the_counter()
    {
        var clerk = await host.Sits(Here);
        var (phone, number) = Stranger();
        await host.As(clerk).Send(CounterSteps.Ask(phone, "演示暗文", number));
        var rows = await host.InDatabase(db => db.Database.SqlQuery<string>($"SELECT row_to_json(c)::text AS \"Value\" FROM cases.counter_codes c").ToListAsync());
        rows.ShouldAllBe(r => !r.Contains(phone) && !r.Contains(number) && !r.Contains("演示暗文"));
    }

    private async Task<(Guid Id, (TestUser User, string Name, string IdNumber, string Phone) Person)> ReadyIn(string hall)
    {
        var clerk = await host.Sits(Here);
        var person = await host.NewPerson(Young);
        var id = await host.Submitted(clerk, person, hall);
        await host.As(clerk).Send(new AcceptAtCounter(id));
        await host.Approve(id);
        return (id, person);
    }

    private static HandOver ByIdNumber(Guid id, (TestUser User, string Name, string IdNumber, string Phone) person) =>
        new() { CaseId = id, To = Recipient.Applicant, Way = HandOverProof.IdNumber, Proof = person.IdNumber[^6..].ToLowerInvariant() };

    private Task<Guid?> AccountOf(string phone) => host.InScope(s => ((IPeople)s.GetService(typeof(IPeople))!).FindAccountByPhone(phone, CancellationToken.None));

    /// <summary>A phone and a number that nobody has.</summary>
    private static (string Phone, string IdNumber) Stranger()
    {
        var serial = Interlocked.Increment(ref _strangers);
        var body = string.Create(CultureInfo.InvariantCulture, $"41010219851203{serial:000}");
        return (string.Create(CultureInfo.InvariantCulture, $"177{serial:00000000}"), body + ResidentId.CheckCharacter(body));
    }
}
