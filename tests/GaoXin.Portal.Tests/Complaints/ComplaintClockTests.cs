using CsCheck;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Complaints;

public sealed class ComplaintClockTests
{
    private static readonly ComplaintAction[] Actions = Enum.GetValues<ComplaintAction>();
    private static readonly ComplaintActor[] Actors = Enum.GetValues<ComplaintActor>();

    /// <summary>The vectors of the specification: holidays and make-up working days of 2026.</summary>
    [Theory]
    [InlineData("2026-09-30", ComplaintKind.Grievance, "2026-10-13")]
    [InlineData("2026-02-13", ComplaintKind.Help, "2026-02-25")]
    [InlineData("2026-04-30", ComplaintKind.Question, "2026-05-06")]
    [InlineData("2026-01-01", ComplaintKind.Question, "2026-01-04")]
    public void A_promise_ends_at_closing_of_its_last_working_day(string accepted, ComplaintKind kind, string due) =>
        Accepted(ComplaintParts.At(accepted), kind).PromisedAt.ShouldBe(ComplaintParts.At(due, 18));

    [Theory]
    [InlineData("2026-11-23 09:00", 4, "2026-11-23 14:30")]
    [InlineData("2026-11-23 12:10", 1, "2026-11-23 14:30")]
    [InlineData("2026-11-23 17:00", 2, "2026-11-24 10:00")]
    [InlineData("2026-11-27 17:30", 1, "2026-11-30 09:30")]
    [InlineData("2026-11-28 11:00", 4, "2026-11-30 14:30")]
    [InlineData("2026-09-19 11:00", 1, "2026-09-20 10:00")]
    public void Hours_run_in_working_time_without_lunch(string from, int hours, string to) =>
        ComplaintParts.Time.Hours.Add(Instant(from), TimeSpan.FromHours(hours)).ShouldBe(Instant(to));

    [Fact]
    public void Working_time_between_two_instants_is_what_was_added() =>
        Gen.Select(Gen.Int[0, 200_000], Gen.Int[1, 6_000]).Sample((start, minutes) =>
        {
            var from = ComplaintParts.At("2026-03-02").AddMinutes(start);
            var to = ComplaintParts.Time.Hours.Add(from, TimeSpan.FromMinutes(minutes));
            ComplaintParts.Time.Hours.Between(from, to).ShouldBe(TimeSpan.FromMinutes(minutes));
        }, iter: 1000);

    [Fact]
    public void A_pause_stops_the_handling_clock_only_and_resumes_where_it_was()
    {
        var handler = Guid.CreateVersion7();
        var complaint = ComplaintParts.InProgress(ComplaintParts.At("2026-11-23"), handler);
        complaint.Ask(ComplaintParts.Suspension(complaint, SuspensionReason.Inspection, ComplaintParts.At("2026-11-24")));
        complaint.Move(ComplaintAction.Suspend, ComplaintParts.By(ComplaintActor.Clerk, ComplaintParts.At("2026-11-25")));

        complaint.PromisedAt.ShouldBeNull();
        complaint.Running(ComplaintClockKind.Contact)!.DueAt.ShouldBe(ComplaintParts.At("2026-11-24", 18));

        complaint.Move(ComplaintAction.Resume, ComplaintParts.By(ComplaintActor.Clerk, ComplaintParts.At("2026-11-30")));
        // Day 1 was 11-24; 11-25 to 11-30 stand still; 12-01 is day 2.
        complaint.PromisedAt.ShouldBe(ComplaintParts.At("2026-12-04", 18));
    }

    [Fact]
    public void Waiting_for_the_citizen_ends_by_itself_after_five_working_days()
    {
        var complaint = ComplaintParts.InProgress(ComplaintParts.At("2026-11-23"), Guid.CreateVersion7());
        complaint.Ask(ComplaintParts.Suspension(complaint, SuspensionReason.WaitingForCitizen, ComplaintParts.At("2026-11-23")));
        complaint.Move(ComplaintAction.Suspend, ComplaintParts.By(ComplaintActor.Clerk, ComplaintParts.At("2026-11-23")));
        complaint.RunningSuspension!.ResumesAt.ShouldBe(ComplaintParts.At("2026-11-30", 18));
    }

    [Fact]
    public void An_order_from_above_is_due_two_working_days_before_its_date() =>
        Accepted(ComplaintParts.At("2026-11-23"), ComplaintKind.Grievance, new DateOnly(2026, 12, 7)).PromisedAt.ShouldBe(ComplaintParts.At("2026-12-03", 18));

    [Fact]
    public void Levels_follow_each_other_yellow_red_urged_directed()
    {
        var clock = Accepted(ComplaintParts.At("2026-11-23"), ComplaintKind.Grievance).Running(ComplaintClockKind.Handling)!;
        var moments = new List<DateTimeOffset?>();
        while (clock.NextLevel is { } level)
        {
            moments.Add(clock.NextEscalationAt);
            clock.Escalated(level, ComplaintParts.Time);
        }

        moments.ShouldBe([ComplaintParts.At("2026-11-27", 18), ComplaintParts.At("2026-11-30", 18), ComplaintParts.At("2026-12-01", 18), ComplaintParts.At("2026-12-07", 18)]);
    }

    /// <summary>Any sequence of actions: the clocks keep their rules, and computing everything anew changes nothing.</summary>
    [Fact]
    public void Clocks_replay_over_random_sequences() =>
        Gen.Select(Gen.Int[0, Actions.Length + 2], Gen.Int[0, Actors.Length - 1], Gen.Int[0, 3000]).Array[1, 40].Sample(steps =>
        {
            var (first, second) = (Walk(steps), Walk(steps));
            Summary(first).ShouldBe(Summary(second));
            first.Recompute(ComplaintParts.Time).ShouldBeEmpty();
            Summary(first).ShouldBe(Summary(second));
        }, iter: 2000);

    private static Complaint Walk((int Action, int Actor, int Minutes)[] steps)
    {
        var handler = Guid.CreateVersion7();
        var now = ComplaintParts.At("2026-09-14");
        var complaint = ComplaintParts.New(now);
        foreach (var step in steps)
        {
            now = now.AddMinutes(step.Minutes);
            var before = complaint.Running(ComplaintClockKind.Handling)?.DueAt;
            try
            {
                Step(complaint, step, handler, now);
            }
            catch (RefusedException)
            {
                complaint.Running(ComplaintClockKind.Handling)?.DueAt.ShouldBe(before);
            }

            MustHold(complaint, now);
        }

        return complaint;
    }

    private static void Step(Complaint complaint, (int Action, int Actor, int Minutes) step, Guid handler, DateTimeOffset now)
    {
        complaint.Unit ??= ComplaintParts.Unit;
        complaint.MasterId ??= Guid.CreateVersion7();
        var extra = step.Action - Actions.Length;
        if (extra == 0)
            complaint.Contacted(now, ComplaintParts.Time);
        else if (extra == 1 && complaint.State == ComplaintState.InProgress)
            complaint.Ask(ComplaintParts.Suspension(complaint, step.Actor % 2 == 0 ? SuspensionReason.WaitingForCitizen : SuspensionReason.Court, now));
        else if (extra == 2 && complaint.State == ComplaintState.InProgress)
        {
            complaint.Ask(new ComplaintExtension { ComplaintId = complaint.Id, Days = step.Actor + 1, Reason = "要检测", AskedBy = handler, AskedAt = now }, now);
            complaint.Decide(complaint.AskedExtension!, true, ComplaintParts.By(ComplaintActor.Clerk, now));
        }
        else if (extra < 0)
        {
            Move(complaint, Actions[step.Action], Actors[step.Actor], handler, now);
        }
    }

    private static void Move(Complaint complaint, ComplaintAction action, ComplaintActor actor, Guid handler, DateTimeOffset now)
    {
        if (action == ComplaintAction.SubmitReply && complaint.State == ComplaintState.InProgress && complaint.PendingReply is null)
            complaint.Replies.Add(ComplaintParts.Reply(complaint, handler, now));
        if (action == ComplaintAction.Close && complaint.State == ComplaintState.Replied)
            complaint.Calls.Add(ComplaintParts.Call(complaint, reached: true, now));
        // Handlers of later rounds are other people.
        var user = actor == ComplaintActor.Handler && !complaint.FormerHandlers.Contains(handler) ? handler : Guid.CreateVersion7();
        complaint.Move(action, ComplaintParts.By(actor, now, user, action is ComplaintAction.UpholdReturn or ComplaintAction.RefuseReturn ? "service-hall" : ComplaintParts.Unit));
    }

    private static void MustHold(Complaint complaint, DateTimeOffset now)
    {
        complaint.Clocks.Where(c => c.Runs).GroupBy(c => c.Kind).ShouldAllBe(g => g.Count() == 1);
        complaint.Clocks.Any(c => c.Runs).ShouldBe(complaint.IsOpen, $"{complaint.State}");
        (complaint.RunningSuspension is not null).ShouldBe(complaint.State == ComplaintState.Suspended);
        if (complaint.State == ComplaintState.Suspended)
        {
            // A promise that was broken before the pause stays broken.
            complaint.DueAt.ShouldBeNull();
            (complaint.PromisedAt is null || complaint.PromisedAt.Value.Day() <= complaint.RunningSuspension!.From!.Value.Day()).ShouldBeTrue();
        }

        foreach (var clock in complaint.Clocks)
        {
            // Only the handling clock may stand still, and a pause never makes it shorter.
            if (clock.DueAt is null)
                clock.Kind.ShouldBe(ComplaintClockKind.Handling);
            else
                clock.DueAt.Value.ShouldBeGreaterThanOrEqualTo(ComplaintParts.Time.Due(clock, [])!.Value);
            clock.StartedAt.ShouldBeLessThanOrEqualTo(now);
            (clock.NextEscalationAt is null || clock.Runs).ShouldBeTrue();
        }
    }

    private static string Summary(Complaint c) => string.Join('|', c.Clocks.Select(k => $"{k.Round} {k.Kind} {k.StartedAt:O} {k.DueAt:O} {k.StoppedAt:O} {k.ExtraDays} {k.NextLevel} {k.NextEscalationAt:O}"))
        + $" {c.State} {c.Desk} {c.Round} {c.DueAt:O} {c.PromisedAt:O}";

    private static Complaint Accepted(DateTimeOffset now, ComplaintKind kind, DateOnly? external = null)
    {
        var complaint = ComplaintParts.New(now, kind, external);
        complaint.Move(ComplaintAction.Accept, ComplaintParts.By(ComplaintActor.Clerk, now));
        return complaint;
    }

    private static DateTimeOffset Instant(string text) =>
        DateOnly.ParseExact(text[..10], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).At(TimeOnly.ParseExact(text[11..], "HH:mm", System.Globalization.CultureInfo.InvariantCulture));
}
