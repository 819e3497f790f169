using CsCheck;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using Case = GaoXin.Portal.Cases.Case;

namespace GaoXin.Portal.Tests.Cases;

public sealed class CaseTransitionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private static Case NewCase() => new()
    {
        ServiceCode = "company-setup",
        ServiceVersion = 1,
        ServiceTitle = "公司设立登记",
        Handler = "registration.company",
        Department = "market-regulation",
        ApplicantId = Guid.CreateVersion7(),
        CreatedAt = Now,
        DraftKeptUntil = new DateOnly(2026, 12, 23),
    };

    /// <summary>Every sequence of actions stays in the table: an action moves as the table says or is refused and changes nothing.</summary>
    [Fact]
    public void Random_actions_never_leave_the_state_table() => Gen.Int[0, Enum.GetValues<CaseAction>().Length - 1].Array[1, 40].Sample(picks =>
    {
        var walked = NewCase();
        foreach (var action in picks.Select(i => Enum.GetValues<CaseAction>()[i]))
        {
            var before = (walked.State, walked.Outcome, walked.CorrectionRounds, walked.ClosedAt);
            if (CaseTransitions.Table.TryGetValue((walked.State, action), out var targets))
            {
                walked.Move(action, Now);
                targets.ShouldContain(walked.State);
            }
            else
            {
                Should.Throw<RefusedException>(() => walked.Move(action, Now)).Refusals[0].Message.ShouldContain("请刷新页面");
                (walked.State, walked.Outcome, walked.CorrectionRounds, walked.ClosedAt).ShouldBe(before);
            }

            (walked.State is CaseState.Closed or CaseState.Withdrawn).ShouldBe(walked.ClosedAt is not null);
            if (walked.State is CaseState.Decided or CaseState.Issued or CaseState.Closed)
                walked.Outcome.ShouldNotBeNull();
        }
    });

    [Theory]
    [InlineData(new CaseAction[0], CaseState.Submitted)]
    [InlineData(new[] { CaseAction.PreCheck }, CaseState.Submitted)]
    [InlineData(new[] { CaseAction.Accept, CaseAction.StartReview }, CaseState.InReview)]
    [InlineData(new[] { CaseAction.PreCheck, CaseAction.Accept, CaseAction.StartReview }, CaseState.InReview)]
    public void A_correction_goes_back_to_where_it_came_from_and_what_was_pre_checked_is_looked_at_again(CaseAction[] before, CaseState expected)
    {
        var corrected = NewCase();
        corrected.Move(CaseAction.Submit, Now);
        foreach (var action in before)
            corrected.Move(action, Now);

        corrected.Move(CaseAction.RequestCorrection, Now);
        corrected.Move(CaseAction.Resubmit, Now);

        corrected.State.ShouldBe(expected);
        corrected.CorrectionRounds.ShouldBe(1);
    }

    [Fact]
    public void Every_state_can_be_reached_and_every_open_state_can_end()
    {
        var reached = new HashSet<CaseState> { CaseState.Draft };
        while (CaseTransitions.Table.Where(t => reached.Contains(t.Key.From)).SelectMany(t => t.Value).Count(reached.Add) > 0)
        {
        }

        reached.ShouldBe(Enum.GetValues<CaseState>(), ignoreOrder: true);
        foreach (var open in CaseTransitions.Open)
            CaseTransitions.Table.Keys.ShouldContain(k => k.From == open);
    }

    [Fact]
    public void A_colleague_can_not_claim_a_claimed_case()
    {
        var claimed = NewCase();
        claimed.Claim(Guid.CreateVersion7(), Now);

        Should.Throw<RefusedException>(() => claimed.Claim(Guid.CreateVersion7(), Now)).Refusals[0].Code.ShouldBe("case.claimed");
    }
}
