using System.Diagnostics;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.OneThing;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.OneThing;

/// <summary>企业开办: licence, seals, tax, social insurance, housing fund and bank account from one form, with the simulated parties.</summary>
public sealed class OpenCompanyTests(OneThingHost host) : IClassFixture<OneThingHost>
{
    private const string Code = "open-company-one-thing";

    private static (string, string?)[] Answers(string trade, string wanted = "tax,social,fund,bank") =>
    [
        ("seals.wanted", "yes"), ("open.services", wanted), ("company.name.tradeName", trade), ("company.name.industry", "软件科技"), ("company.capital", "100"),
        ("company.scope", "YB1001"), ("company.premises.ownership", "park"), ("company.premises.address", "郑州高新区示例路 18 号传感谷 B 座"),
        ("company.premises.room", "1204 室"), ("company.premises.division", "410172560"), ("company.premises.area", "86.4"), ("commitment.premises", "yes"),
        ("company.term", "long"), ("shareholders/r1/shareholder.subscribed", "100"), ("bankAccount.visitOn", "2030-06-12"),
        ("seals.kinds", "official,finance"), ("licence.paper", "no"), ("company.noSupervisor", "yes"),
    ];

    [Fact]
    public async Task A_filed_bundle_has_one_helper_until_it_ends()
    {
        var helper = TestUsers.Staff(Roles.Helper) with { DisplayName = "演示帮办员" };
        await host.As(helper).Send(new SetMyDuty { Phone = "0371-60000001", Capacity = 200, Skills = [Code], OnDuty = true });
        var (founder, _, _, _) = await host.NewPerson(1986);
        host.Parties.Down("bank", true);
        using var recovered = new Recovery(host.Parties);

        var submitted = await host.File(founder, await host.Bundle(Code), given: Answers("青黛"));
        await host.Settle(failuresAreWanted: true);
        // Other tests of the class file without a helper.
        await host.As(helper).Send(new SetMyDuty { Phone = "0371-60000001", Capacity = 200, Skills = [Code], OnDuty = false });

        (await host.As(founder).Send(new GetCaseHelp(submitted.CaseId))).ShouldBe(new CaseHelpView(helper.Id, "演示帮办员", "0371-60000001", null, null));
        var desk = await host.As(helper).Send(new GetHelpedCase(submitted.CaseId));
        (desk.Line.Reason, desk.Members.Count).ShouldBe((HelpReason.Filed, 6));
        var member = (await host.Members(submitted.CaseId))["bank"];
        (await Should.ThrowAsync<RefusedException>(() => host.As(founder).Send(new AskForHelper(member.Id)))).Refusals[0].Code.ShouldBe("case.helper-of-bundle");
        host.Parties.Down("bank", false);
        host.Clock.Advance(TimeSpan.FromHours(3));
        await host.Settle();
        (await host.As(founder).Send(new GetCaseHelp(submitted.CaseId))).ShouldBeNull();
    }

    [Fact]
    public async Task Six_results_come_from_one_form_and_the_bank_that_is_down_for_two_hours_answers_once()
    {
        var bundle = await host.Bundle(Code);
        var (founder, _, _, _) = await host.NewPerson(1985);
        host.Parties.Down("bank", true);
        using var recovered = new Recovery(host.Parties);

        var submitted = await host.File(founder, bundle, given: Answers("青禾"));
        await host.Settle(failuresAreWanted: true);

        var track = await host.Track(founder, submitted.CaseId);
        track.Members.Count.ShouldBe(6);
        track.Members.Where(m => m.Standing == MemberStanding.Done).Select(m => m.Department).ShouldContain("市场监督管理局");
        track.Members.Count(m => m.Standing == MemberStanding.Done).ShouldBe(5);
        track.Standing.ShouldBe(BundleStanding.Running);
        var licences = await host.As(founder).Send(new GetMyLicences());
        licences.ShouldContain(l => l.Title == "营业执照");

        for (var i = 0; i < 12; i++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(10));
            await host.Settle(failuresAreWanted: true);
        }

        (await host.Track(founder, submitted.CaseId)).Done.ShouldBe(5);
        host.Parties.Down("bank", false);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Settle();

        track = await host.Track(founder, submitted.CaseId);
        track.Standing.ShouldBe(BundleStanding.Done);
        var bank = (await host.Members(submitted.CaseId))["bank"];
        host.Parties.Received.Where(r => r.CaseNumber == bank.Number).ShouldHaveSingleItem().Times.ShouldBe(1);
        var whole = await host.As(founder).Send(new GetCaseTrack(submitted.CaseId));
        (whole.Case.State, whole.Case.Outcome).ShouldBe((CaseState.Closed, CaseOutcome.Approved));
        (await host.As(founder).Send(new GetMyCases())).Items.Count(c => c.Id != submitted.CaseId).ShouldBe(0);
    }

    /// <summary>Prints how long the machine needs from the press of the button to the last result; figures are kept in docs/operations/performance.md.</summary>
    [Fact]
    public async Task Six_results_are_there_on_the_day_of_the_submit()
    {
        var bundle = await host.Bundle(Code);
        var (founder, _, _, _) = await host.NewPerson(1984);
        var draft = await host.Fill(founder, bundle, given: Answers("云岭"));
        var start = Stopwatch.GetTimestamp();

        var submitted = await host.Submit(founder, draft);
        await host.Settle();

        TestContext.Current.TestOutputHelper?.WriteLine($"Submit to six results: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s");
        (await host.Track(founder, submitted.CaseId)).Standing.ShouldBe(BundleStanding.Done);
        var closed = (await host.Members(submitted.CaseId)).Values.Select(m => m.ClosedAt!.Value.Day()).Distinct().ToList();
        closed.ShouldBe([host.Clock.Today()], "within the working day");
    }

    private sealed class Recovery(GaoXin.Portal.OneThing.Connectors.PartySimulator parties) : IDisposable
    {
        public void Dispose() => parties.Down("bank", false);
    }

    [Fact]
    public async Task Only_what_was_ticked_becomes_a_case_and_what_the_licence_gave_is_in_it()
    {
        var bundle = await host.Bundle(Code);
        var (founder, _, _, _) = await host.NewPerson(1986);

        var submitted = await host.File(founder, bundle, given: Answers("晨星", "bank"));
        (await host.Members(submitted.CaseId)).Keys.ShouldBe(["licence"]);
        await host.Settle();

        var members = await host.Members(submitted.CaseId);
        members.Keys.Order().ShouldBe(["bank", "licence", "seals"]);
        var licence = (await host.As(founder).Send(new GetMyLicences())).Single(l => l.Title == "营业执照");
        var bank = await host.InScope(s => s.Cases().Filed(members["bank"].Id, CancellationToken.None));
        bank.Answers["employer.creditCode"].ShouldBe(licence.Number);
        bank.Answers["employer.name"].ShouldBe("郑州晨星软件科技有限公司");
        var told = await host.As(founder).Send(new GetMyNotices());
        told.Items.Count.ShouldBe(6, "the whole is rated once, not part by part");
    }

    [Fact]
    public async Task A_name_that_was_taken_meanwhile_is_refused_at_the_submit_and_nothing_is_opened()
    {
        var bundle = await host.Bundle(Code);
        var (first, _, _, _) = await host.NewPerson(1986);
        var (second, _, _, _) = await host.NewPerson(1987);
        var early = await host.Fill(first, bundle, given: Answers("远航", ""));
        var late = await host.Fill(second, bundle, given: Answers("远航", ""));
        await host.Submit(first, early);

        var hash = (await host.As(second).Send(new GetCaseCheck(late))).ContentHash;
        await Should.ThrowAsync<RefusedException>(() => host.As(second).Send(new SubmitCase(late, hash)));

        (await host.Members(late)).ShouldBeEmpty();
        await Should.ThrowAsync<NotFoundException>(() => host.Track(second, late));
        await Should.ThrowAsync<NotFoundException>(() => host.Track(second, early));
    }

    [Fact]
    public async Task A_refusal_of_the_bank_leaves_the_licence_and_tells_why()
    {
        var bundle = await host.Bundle(Code);
        var (founder, _, _, _) = await host.NewPerson(1988);

        var submitted = await host.File(founder, bundle, given: [.. Answers("木棉", "bank,tax").Select(a => a.Item1 == "bankAccount.visitOn" ? (a.Item1, "2030-06-01") : a)]);
        await host.Settle();

        var track = await host.Track(founder, submitted.CaseId);
        track.Standing.ShouldBe(BundleStanding.PartlyDone);
        var members = await host.Members(submitted.CaseId);
        members["licence"].Outcome.ShouldBe(CaseOutcome.Approved);
        members["bank"].Outcome.ShouldBe(CaseOutcome.Refused);
        (await host.As(founder).Send(new GetCaseTrack(members["bank"].Id))).Reason.ShouldNotBeNull();
    }
}

internal static class OneThingServices
{
    public static IMemberCases Cases(this IServiceProvider services) => (IMemberCases)services.GetService(typeof(IMemberCases))!;
}
