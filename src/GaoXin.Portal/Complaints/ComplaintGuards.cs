using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Complaints;

/// <summary>What must hold besides state and role, one rule each; the answer is why not. Pure.</summary>
internal static class ComplaintGuards
{
    private static readonly TimeOnly Noon = new(12, 0);

    public static Refusal? Classified(Complaint about, ComplaintMove move) => about.Topic is null ? ComplaintRefusals.NoTopic() : null;

    public static Refusal? HasMaster(Complaint about, ComplaintMove move) => about.MasterId is null || about.MasterId == about.Id ? ComplaintRefusals.NoMaster() : null;

    public static Refusal? HasUnit(Complaint about, ComplaintMove move) => about.Unit is null ? ComplaintRefusals.NoUnit() : null;

    public static Refusal? OwnUnit(Complaint about, ComplaintMove move) => about.Unit == move.Unit ? null : ComplaintRefusals.OtherUnit();

    /// <summary>退单: within a working day of the dispatch, once per unit, and not what was refused before (首接负责).</summary>
    public static Refusal? MayReturn(Complaint about, ComplaintMove move)
    {
        if (OwnUnit(about, move) is { } other)
            return other;
        if (about.Locked)
            return ComplaintRefusals.FirstReceiver();
        if (about.Returns.Any(r => r.Unit == move.Unit && r.RuledAt is not null))
            return ComplaintRefusals.ReturnedBefore();
        return move.Now > move.Time.ReturnUntil(about.DispatchedAt!.Value) ? ComplaintRefusals.ReturnTooLate() : null;
    }

    /// <summary>The ruling is not made by the unit itself; what two units sent back is decided above them (提级协调).</summary>
    public static Refusal? MayRule(Complaint about, ComplaintMove move)
    {
        if (about.Unit == move.Unit && !move.Actors.Contains(ComplaintActor.Supervisor))
            return ComplaintRefusals.OwnReturn();
        return about.Returns.Select(r => r.Unit).Distinct().Count() > 1 && !move.Actors.Contains(ComplaintActor.Supervisor) ? ComplaintRefusals.SupervisorRules() : null;
    }

    public static Refusal? SuspensionAsked(Complaint about, ComplaintMove move)
    {
        if (about.ExternalDueOn is not null)
            return ComplaintRefusals.NeverSuspended();
        if (about.AskedSuspension is not { } asked)
            return ComplaintRefusals.NothingAsked();
        return asked.AskedBy == move.UserId ? ComplaintRefusals.OwnAsking() : null;
    }

    /// <summary>The citizen's answer ends a pause only when it waited for it.</summary>
    public static Refusal? MayResume(Complaint about, ComplaintMove move)
    {
        if (move.Actors.Contains(ComplaintActor.Citizen))
            return about.RunningSuspension?.Reason == SuspensionReason.WaitingForCitizen ? null : ComplaintRefusals.NotWaitingForYou();
        return move.Actors.Contains(ComplaintActor.Liaison) && !move.Actors.Contains(ComplaintActor.Clerk) ? OwnUnit(about, move) : null;
    }

    public static Refusal? MayReply(Complaint about, ComplaintMove move)
    {
        if (about.HandlerId != move.UserId)
            return ComplaintRefusals.NotTheHandler();
        if (about.ContactedAt is null)
            return ComplaintRefusals.ContactFirst();
        if (about.PendingReply is null)
            return ComplaintRefusals.NoReply();
        return about.CoHandlers.Any(c => c.FinishedAt is null) ? ComplaintRefusals.CoHandlersOpen() : null;
    }

    /// <summary>两人: whoever wrote the reply, or handled the complaint, does not review it.</summary>
    public static Refusal? SecondPerson(Complaint about, ComplaintMove move) =>
        about.HandlerId == move.UserId || about.PendingReply?.WrittenBy == move.UserId ? ComplaintRefusals.SecondPerson() : null;

    /// <summary>回访: reached and asked both questions, or not reached in three calls over at least two half-days.</summary>
    public static Refusal? CalledBack(Complaint about, ComplaintMove move)
    {
        var calls = about.Calls.Where(c => c.Round == about.Round).ToList();
        if (calls.Any(c => c is { Reached: true, Solved: not null, Satisfied: not null }))
            return null;
        var missed = calls.Where(c => !c.Reached).ToList();
        return missed.Count >= move.Time.Limits.FailedCalls && missed.Select(c => (c.At.Day(), TimeOnly.FromTimeSpan(c.At.Local().TimeOfDay) < Noon)).Distinct().Count() >= move.Time.Limits.FailedHalfDays
            ? null : ComplaintRefusals.NotCalledBack();
    }

    /// <summary>重办: the citizen within 15 days, and at most two rounds; after that it is supervised instead.</summary>
    public static Refusal? MayReopen(Complaint about, ComplaintMove move)
    {
        if (about.RedoRounds >= move.Time.Limits.RedoRounds)
            return ComplaintRefusals.RedoneTwice();
        var since = about.ClosedAt ?? about.RepliedAt;
        return move.Actors.Contains(ComplaintActor.Citizen) && since is { } from && move.Now.Day() > from.Day().AddDays(move.Time.Limits.ReopenDays) ? ComplaintRefusals.ReopenTooLate() : null;
    }
}
