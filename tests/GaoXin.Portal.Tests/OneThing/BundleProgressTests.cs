using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.OneThing;

namespace GaoXin.Portal.Tests.OneThing;

/// <summary>What the members of a bundle make of the whole: policies of joining with their clocks, predecessors, pre-review. Pure.</summary>
public sealed class BundleProgressTests
{
    private static readonly DateOnly Due = new(2026, 11, 27);

    private static BundleMember Member(string code, JoinPolicy join = JoinPolicy.Required, string[]? after = null, bool preReview = false, string? party = null) => new()
    {
        Code = code,
        Service = code,
        Version = 1,
        Title = code,
        Department = "d",
        Handler = "generic",
        Join = join,
        After = after ?? [],
        PreReview = preReview,
        Party = party,
        Keys = [],
        Handed = 0,
        Days = 1,
        Before = new SeparateHandling(1, 1),
    };

    private static MemberCase Case(string code, CaseState state, CaseOutcome? outcome = null, DateOnly? due = null) =>
        new(Guid.CreateVersion7(), code, "GX", state, outcome, due, null, null, null);

    private static MemberCase Approved(string code) => Case(code, CaseState.Closed, CaseOutcome.Approved);

    private static MemberCase Refused(string code) => Case(code, CaseState.Closed, CaseOutcome.Refused);

    private static BundleStanding Whole(IReadOnlyList<BundleMember> chosen, params MemberCase[] cases) => BundleProgress.Whole(chosen, BundleProgress.Of(chosen, cases), asked: false);

    [Theory]
    [InlineData(JoinPolicy.Required, false)]
    [InlineData(JoinPolicy.Advisory, false)]
    [InlineData(JoinPolicy.AgreedWhenLate, true)]
    public void Only_who_agrees_by_policy_agrees_on_the_day_after_the_due_day(JoinPolicy join, bool agrees)
    {
        List<BundleMember> chosen = [Member("a", join)];
        List<MemberCase> cases = [Case("a", CaseState.InReview, due: Due)];

        BundleProgress.Agreeing(chosen, cases, Due).ShouldBeEmpty("the due day is the member's");
        BundleProgress.Agreeing(chosen, cases, Due.AddDays(1)).Any().ShouldBe(agrees);
        BundleProgress.NextDay(chosen, cases, null).ShouldBe(agrees ? Due.AddDays(1) : null);
    }

    [Fact]
    public void Who_waits_for_the_applicant_is_not_late()
    {
        List<BundleMember> chosen = [Member("a", JoinPolicy.AgreedWhenLate)];

        BundleProgress.Agreeing(chosen, [Case("a", CaseState.CorrectionRequested)], Due.AddDays(9)).ShouldBeEmpty();
        BundleProgress.Agreeing(chosen, [Case("a", CaseState.PreChecked)], Due.AddDays(9)).ShouldBeEmpty();
        BundleProgress.NextDay(chosen, [Case("a", CaseState.CorrectionRequested)], null).ShouldBeNull();
    }

    [Fact]
    public void Who_is_looked_at_beforehand_does_not_agree_before_its_predecessor_is_approved()
    {
        List<BundleMember> chosen = [Member("a"), Member("b", JoinPolicy.AgreedWhenLate, ["a"], preReview: true)];
        var late = Case("b", CaseState.InReview, due: Due);

        BundleProgress.Agreeing(chosen, [Case("a", CaseState.InReview, due: Due), late], Due.AddDays(1)).ShouldBeEmpty();
        BundleProgress.Agreeing(chosen, [Approved("a"), late], Due.AddDays(1)).ShouldBe([late]);
    }

    [Theory]
    [InlineData(JoinPolicy.Required, BundleStanding.PartlyDone)]
    [InlineData(JoinPolicy.AgreedWhenLate, BundleStanding.PartlyDone)]
    [InlineData(JoinPolicy.Advisory, BundleStanding.Done)]
    public void A_refusal_counts_by_the_policy(JoinPolicy join, BundleStanding whole) => Whole([Member("a"), Member("b", join)], Approved("a"), Refused("b")).ShouldBe(whole);

    [Theory]
    [InlineData(JoinPolicy.Required)]
    [InlineData(JoinPolicy.Advisory)]
    [InlineData(JoinPolicy.AgreedWhenLate)]
    public void The_whole_waits_until_everybody_has_spoken(JoinPolicy join)
    {
        Whole([Member("a"), Member("b", join)], Approved("a"), Case("b", CaseState.InReview)).ShouldBe(BundleStanding.Running);
        Whole([Member("a"), Member("b", join)], Approved("a"), Case("b", CaseState.PreChecked)).ShouldBe(BundleStanding.Running);
    }

    [Fact]
    public void What_was_looked_at_beside_a_failed_predecessor_is_in_vain()
    {
        List<BundleMember> chosen = [Member("a"), Member("b", after: ["a"], preReview: true), Member("c", after: ["b"], preReview: true), Member("d")];
        List<MemberCase> cases = [Refused("a"), Case("b", CaseState.InReview), Case("c", CaseState.Submitted), Case("d", CaseState.InReview)];

        BundleProgress.InVain(chosen, cases).Select(c => c.Code).ShouldBe(["b"]);
        cases[1] = Case("b", CaseState.Withdrawn, CaseOutcome.Withdrawn);
        BundleProgress.InVain(chosen, cases).Select(c => c.Code).ShouldBe(["c"], "one after the other");
    }

    [Fact]
    public void Everybody_who_is_looked_at_beforehand_is_opened_at_once()
    {
        List<BundleMember> chosen = [Member("a"), Member("b", after: ["a"], preReview: true), Member("c", after: ["a"])];

        BundleProgress.Ready(chosen, []).Select(m => m.Code).ShouldBe(["a", "b"]);
        BundleProgress.Ready(chosen, [Approved("a"), Case("b", CaseState.InReview)]).Select(m => m.Code).ShouldBe(["c"]);
    }

    [Fact]
    public void Remarks_wait_for_departments_until_the_next_day_and_for_parties_not_at_all()
    {
        List<BundleMember> chosen = [Member("a"), Member("b"), Member("c", party: "bank")];
        List<MemberCase> cases = [Case("a", CaseState.CorrectionRequested), Case("b", CaseState.InReview), Case("c", CaseState.Submitted)];

        BundleProgress.MayTell(chosen, cases, Due, Due).ShouldBeFalse();
        BundleProgress.MayTell(chosen, cases, Due, Due.AddDays(1)).ShouldBeTrue();
        BundleProgress.MayTell(chosen, [cases[0], Approved("b"), cases[2]], Due, Due).ShouldBeTrue();
        BundleProgress.NextDay(chosen, cases, Due).ShouldBe(Due.AddDays(1));
    }
}
