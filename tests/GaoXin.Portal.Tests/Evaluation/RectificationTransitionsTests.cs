using GaoXin.Portal.Evaluation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Tests.Complaints;

namespace GaoXin.Portal.Tests.Evaluation;

/// <summary>The state table against what is wanted, for every state, action and actor; and its clocks in working days.</summary>
public sealed class RectificationTransitionsTests
{
    /// <summary>From, action, to, who.</summary>
    private const string Specification =
        """
        Open Claim Claimed Liaison
        Claimed RecordCall Fixing Caller
        Fixing Extend Fixing Liaison
        Fixing SubmitFix InReview Liaison
        InReview ApproveFix Closed Supervisor
        InReview SendBackFix Fixing Supervisor
        Open Appeal Appealed Liaison,Rated
        Claimed Appeal Appealed Liaison,Rated
        Fixing Appeal Appealed Liaison,Rated
        Appealed UpholdAppeal Excluded Supervisor
        Appealed RejectAppeal Open Supervisor
        """;

    private static readonly DateTimeOffset Now = ComplaintParts.At("2026-11-23");
    private static readonly Guid Rated = Guid.CreateVersion7(), Liaison = Guid.CreateVersion7(), Caller = Guid.CreateVersion7(), Supervisor = Guid.CreateVersion7();

    private static readonly EvaluationTime Time = new(ComplaintParts.Calendar, new EvaluationRules(1, new TimeOnly(18, 0), [])
    {
        TokenDays = 30,
        FollowUpDays = 30,
        ClaimDays = 1,
        CallDays = 1,
        FixDays = 5,
        LongFixDays = 15,
        ReviewDays = 3,
        AppealDays = 3,
        RulingDays = 3,
        ImprovementRatings = 2,
        ImprovementWithinDays = 30,
        ImprovementDays = 20,
        SmallCount = 5,
    });

    private static readonly Dictionary<(RectificationState, RectificationAction), (RectificationState To, RectificationActor[] Who)> Expected = Specification
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.Split(' '))
        .ToDictionary(p => (Enum.Parse<RectificationState>(p[0]), Enum.Parse<RectificationAction>(p[1])), p => (Enum.Parse<RectificationState>(p[2]), p[3].Split(',').Select(Enum.Parse<RectificationActor>).ToArray()));

    [Fact]
    public void Every_state_action_and_actor_does_what_is_wanted_or_is_refused_and_changes_nothing()
    {
        var tried = 0;
        foreach (var state in Enum.GetValues<RectificationState>())
        {
            foreach (var action in Enum.GetValues<RectificationAction>())
            {
                foreach (var actor in Enum.GetValues<RectificationActor>())
                {
                    var about = In(state);
                    var before = Facts(about);
                    if (Expected.TryGetValue((state, action), out var row) && row.Who.Contains(actor))
                    {
                        about.Move(action, By(actor));
                        about.State.ShouldBe(row.To, $"{state} {action} {actor}");
                    }
                    else
                    {
                        Should.Throw<RefusedException>(() => about.Move(action, By(actor)), $"{state} {action} {actor}");
                        Facts(about).ShouldBe(before, $"{state} {action} {actor}");
                    }

                    tried++;
                }
            }
        }

        tried.ShouldBe(7 * 9 * 4);
    }

    [Fact]
    public void Nobody_judges_what_he_was_part_of()
    {
        Rectification Appealed()
        {
            var fixing = In(RectificationState.Fixing);
            fixing.Move(RectificationAction.Appeal, By(RectificationActor.Liaison));
            return fixing;
        }

        foreach (var part in (Guid[])[Rated, Caller, Liaison])
        {
            foreach (var action in (RectificationAction[])[RectificationAction.ApproveFix, RectificationAction.SendBackFix])
                Refusal(() => In(RectificationState.InReview).Move(action, By(RectificationActor.Supervisor, part))).ShouldBe("evaluation.three-people");
            foreach (var action in (RectificationAction[])[RectificationAction.UpholdAppeal, RectificationAction.RejectAppeal])
                Refusal(() => Appealed().Move(action, By(RectificationActor.Supervisor, part))).ShouldBe("evaluation.three-people");
        }

        Refusal(() => In(RectificationState.Claimed).Move(RectificationAction.RecordCall, By(RectificationActor.Caller, Rated))).ShouldBe("evaluation.about-you");
        Refusal(() => In(RectificationState.Open).Move(RectificationAction.Claim, By(RectificationActor.Liaison, Rated))).ShouldBe("evaluation.about-you");
        Refusal(() => In(RectificationState.Open).Move(RectificationAction.Claim, By(RectificationActor.Liaison) with { Unit = "elsewhere" })).ShouldBe("evaluation.other-unit");
    }

    [Fact]
    public void The_clocks_run_in_working_days_and_an_appeal_stops_them()
    {
        // Friday 25 September to Sunday 27 are off, and so are 1 to 7 October; Saturday 10 works.
        var opened = New(ComplaintParts.At("2026-09-24", 16), callable: true);
        opened.DueAt.ShouldBe(ComplaintParts.At("2026-09-28", 18));
        opened.Move(RectificationAction.Claim, By(RectificationActor.Liaison) with { Now = ComplaintParts.At("2026-09-28", 9) });
        opened.DueAt.ShouldBe(ComplaintParts.At("2026-09-29", 18));
        opened.Move(RectificationAction.RecordCall, By(RectificationActor.Caller) with { Now = ComplaintParts.At("2026-09-29", 19) });
        (opened.CalledInTime, opened.FixDueAt).ShouldBe((false, ComplaintParts.At("2026-10-12", 18)));
        opened.Move(RectificationAction.Extend, By(RectificationActor.Liaison) with { Now = ComplaintParts.At("2026-09-30") });
        opened.FixDueAt.ShouldBe(ComplaintParts.At("2026-10-26", 18));
        Refusal(() => opened.Move(RectificationAction.Extend, By(RectificationActor.Liaison) with { Now = ComplaintParts.At("2026-10-08") })).ShouldBe("evaluation.extended-before");
        Refusal(() => opened.Move(RectificationAction.Appeal, By(RectificationActor.Rated) with { Now = ComplaintParts.At("2026-09-30", 19) })).ShouldBe("evaluation.appeal-too-late");
        opened.Move(RectificationAction.Appeal, By(RectificationActor.Rated) with { Now = ComplaintParts.At("2026-09-30", 17) });
        opened.DueAt.ShouldBe(ComplaintParts.At("2026-10-10", 18));
        opened.Move(RectificationAction.RejectAppeal, By(RectificationActor.Supervisor) with { Now = ComplaintParts.At("2026-10-10", 9) });
        (opened.State, opened.FixDueAt).ShouldBe((RectificationState.Fixing, ComplaintParts.At("2026-10-30", 18)));
        Refusal(() => opened.Move(RectificationAction.Appeal, By(RectificationActor.Liaison) with { Now = ComplaintParts.At("2026-10-10") })).ShouldBe("evaluation.appealed-before");
    }

    [Fact]
    public void Where_there_is_nobody_to_call_the_fix_begins_at_once_and_is_not_extended_when_late()
    {
        var hidden = New(Now, callable: false);
        hidden.Move(RectificationAction.Claim, By(RectificationActor.Liaison));
        (hidden.State, hidden.FixDueAt).ShouldBe((RectificationState.Fixing, ComplaintParts.At("2026-11-30", 18)));
        Refusal(() => hidden.Move(RectificationAction.Extend, By(RectificationActor.Liaison) with { Now = ComplaintParts.At("2026-11-30", 19) })).ShouldBe("evaluation.fix-overdue");
    }

    [Fact]
    public void Another_calendar_moves_what_is_due()
    {
        var opened = In(RectificationState.Fixing);
        var closed = new WorkingCalendar("2026b", [new DateOnly(2026, 11, 24)], [], [2026]);
        opened.Recompute(Time with { Calendar = closed });
        (opened.DueAt, opened.FixDueAt, opened.CalendarVersion).ShouldBe((ComplaintParts.At("2026-12-01", 18), ComplaintParts.At("2026-12-01", 18), "2026b"));
    }

    private static string Refusal(Action act) => Should.Throw<RefusedException>(act).Refusals.Single().Code;

    private static Rectification New(DateTimeOffset at, bool callable)
    {
        var about = new ServiceEvent
        {
            Kind = ServiceEventKind.Case,
            RootRef = Guid.CreateVersion7(),
            Stage = "end",
            Number = "GX",
            Unit = ComplaintParts.Unit,
            StaffId = Rated,
            Item = "item",
            ItemTitle = "事项",
            Channel = "online",
            EndedAt = at,
            Outcome = ServiceOutcome.Approved,
            CitizenId = Guid.CreateVersion7(),
        };
        return Rectification.Of(about, new ServiceRating
        {
            EventId = about.Id,
            Level = RatingLevel.Dissatisfied,
            Identity = callable ? RaterIdentity.Named : RaterIdentity.Anonymous,
            Door = InvitationDoor.Account,
            CreatedAt = at,
        }, Time);
    }

    private static Rectification In(RectificationState state)
    {
        var about = New(Now, callable: true);
        RectificationAction[] way = state switch
        {
            RectificationState.Open => [],
            RectificationState.Claimed => [RectificationAction.Claim],
            RectificationState.Fixing => [RectificationAction.Claim, RectificationAction.RecordCall],
            RectificationState.InReview => [RectificationAction.Claim, RectificationAction.RecordCall, RectificationAction.SubmitFix],
            RectificationState.Closed => [RectificationAction.Claim, RectificationAction.RecordCall, RectificationAction.SubmitFix, RectificationAction.ApproveFix],
            // A rejected appeal goes back to where it was: here to Open.
            RectificationState.Appealed => [RectificationAction.Appeal],
            _ => [RectificationAction.Appeal, RectificationAction.UpholdAppeal],
        };
        foreach (var action in way)
            about.Move(action, By(RectificationTransitions.Rules.First(r => r.Action == action).Who[0]));
        return about;
    }

    private static RectificationMove By(RectificationActor actor, Guid? user = null) => new(
        user ?? actor switch { RectificationActor.Liaison => Liaison, RectificationActor.Caller => Caller, RectificationActor.Supervisor => Supervisor, _ => Rated },
        ComplaintParts.Unit, new HashSet<RectificationActor> { actor }, Now, Time);

    private static string Facts(Rectification about) => System.Text.Json.JsonSerializer.Serialize(about);
}
