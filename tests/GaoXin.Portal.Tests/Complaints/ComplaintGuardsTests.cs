using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Tests.Complaints;

/// <summary>What must hold besides state and role.</summary>
public sealed class ComplaintGuardsTests
{
    private static readonly DateTimeOffset Now = ComplaintParts.At("2026-11-23");
    private readonly Guid _handler = Guid.CreateVersion7();

    [Fact]
    public void A_reply_needs_a_contact_and_finished_co_units()
    {
        var complaint = ComplaintParts.InProgress(Now, _handler);
        complaint.Replies.Add(ComplaintParts.Reply(complaint, _handler, Now));
        Refused(complaint, ComplaintAction.SubmitReply, ComplaintParts.By(ComplaintActor.Handler, Now, _handler)).ShouldBe("complaint.contact-first");

        complaint.Contacted(Now, ComplaintParts.Time);
        complaint.CoHandlers.Add(new CoHandler { ComplaintId = complaint.Id, Unit = "ecology" });
        Refused(complaint, ComplaintAction.SubmitReply, ComplaintParts.By(ComplaintActor.Handler, Now, _handler)).ShouldBe("complaint.co-handlers-open");

        complaint.CoHandlers[0].Finish([1], Guid.CreateVersion7(), Now);
        Refused(complaint, ComplaintAction.SubmitReply, ComplaintParts.By(ComplaintActor.Handler, Now)).ShouldBe("complaint.not-the-handler");
        complaint.Move(ComplaintAction.SubmitReply, ComplaintParts.By(ComplaintActor.Handler, Now, _handler));
    }

    [Fact]
    public void The_handler_never_reviews_the_own_reply()
    {
        var complaint = Replying();
        Refused(complaint, ComplaintAction.ApproveReply, ComplaintParts.By(ComplaintActor.Reviewer, Now, _handler)).ShouldBe("complaint.second-person");
        complaint.Move(ComplaintAction.ApproveReply, ComplaintParts.By(ComplaintActor.Reviewer, Now));
        complaint.Replies[0].Outcome.ShouldBe(ReplyOutcome.Approved);
    }

    [Fact]
    public void A_unit_returns_once_within_a_working_day_and_not_after_a_ruling_against_it()
    {
        var complaint = ComplaintParts.New(Now);
        complaint.Move(ComplaintAction.Accept, ComplaintParts.By(ComplaintActor.Clerk, Now));
        complaint.Unit = ComplaintParts.Unit;
        complaint.Move(ComplaintAction.Dispatch, ComplaintParts.By(ComplaintActor.Clerk, Now));
        Refused(complaint, ComplaintAction.AskReturn, ComplaintParts.By(ComplaintActor.Liaison, ComplaintParts.At("2026-11-24", 18, 1))).ShouldBe("complaint.return-too-late");
        Refused(complaint, ComplaintAction.AskReturn, ComplaintParts.By(ComplaintActor.Liaison, Now, unit: "ecology")).ShouldBe("complaint.other-unit");

        complaint.Move(ComplaintAction.AskReturn, ComplaintParts.By(ComplaintActor.Liaison, ComplaintParts.At("2026-11-24", 18)));
        complaint.Returns.Add(Return(complaint, ComplaintParts.Unit));
        Refused(complaint, ComplaintAction.RefuseReturn, ComplaintParts.By(ComplaintActor.Clerk, Now)).ShouldBe("complaint.own-return");
        complaint.Move(ComplaintAction.RefuseReturn, ComplaintParts.By(ComplaintActor.Clerk, Now, unit: "service-hall"));

        complaint.Locked.ShouldBeTrue();
        Refused(complaint, ComplaintAction.AskReturn, ComplaintParts.By(ComplaintActor.Liaison, Now)).ShouldBe("complaint.first-receiver");
    }

    [Fact]
    public void What_two_units_sent_back_is_decided_by_a_supervisor()
    {
        var complaint = ComplaintParts.New(Now);
        complaint.Move(ComplaintAction.Accept, ComplaintParts.By(ComplaintActor.Clerk, Now));
        foreach (var unit in (string[])["urban-management", "ecology"])
        {
            complaint.Unit = unit;
            complaint.Move(ComplaintAction.Dispatch, ComplaintParts.By(ComplaintActor.Clerk, Now));
            complaint.Move(ComplaintAction.AskReturn, ComplaintParts.By(ComplaintActor.Liaison, Now, unit: unit));
            complaint.Returns.Add(Return(complaint, unit));
            complaint.Settle();
            if (unit == "urban-management")
                complaint.Move(ComplaintAction.UpholdReturn, ComplaintParts.By(ComplaintActor.Clerk, Now, unit: "service-hall"));
        }

        complaint.Desk.ShouldBe(ComplaintDesk.Supervisor);
        Refused(complaint, ComplaintAction.UpholdReturn, ComplaintParts.By(ComplaintActor.Clerk, Now, unit: "service-hall")).ShouldBe("complaint.supervisor-rules");
        complaint.Move(ComplaintAction.RefuseReturn, ComplaintParts.By(ComplaintActor.Supervisor, Now, unit: "service-hall"));
        complaint.State.ShouldBe(ComplaintState.Dispatched);
    }

    [Fact]
    public void A_pause_is_granted_by_a_second_person_and_never_on_orders_from_above()
    {
        var complaint = ComplaintParts.InProgress(Now, _handler);
        Refused(complaint, ComplaintAction.Suspend, ComplaintParts.By(ComplaintActor.Clerk, Now)).ShouldBe("complaint.nothing-asked");
        var clerk = Guid.CreateVersion7();
        complaint.Ask(ComplaintParts.Suspension(complaint, SuspensionReason.Inspection, Now, clerk));
        Refused(complaint, ComplaintAction.Suspend, ComplaintParts.By(ComplaintActor.Clerk, Now, clerk)).ShouldBe("complaint.own-asking");

        var ordered = ComplaintParts.InProgress(Now, _handler, externalDue: new DateOnly(2026, 12, 4));
        Should.Throw<RefusedException>(() => ordered.Ask(ComplaintParts.Suspension(ordered, SuspensionReason.Inspection, Now))).Refusals[0].Code.ShouldBe("complaint.never-suspended");
    }

    [Fact]
    public void Three_missed_calls_close_only_over_two_half_days()
    {
        var complaint = Replying();
        complaint.Move(ComplaintAction.ApproveReply, ComplaintParts.By(ComplaintActor.Reviewer, Now));
        foreach (var minute in (int[])[0, 20, 40])
            complaint.Calls.Add(ComplaintParts.Call(complaint, reached: false, ComplaintParts.At("2026-11-23", 10, minute)));
        Refused(complaint, ComplaintAction.Close, ComplaintParts.By(ComplaintActor.CallBackOfficer, Now)).ShouldBe("complaint.not-called-back");
        complaint.Calls.Add(ComplaintParts.Call(complaint, reached: false, ComplaintParts.At("2026-11-23", 15)));
        complaint.Move(ComplaintAction.Close, ComplaintParts.By(ComplaintActor.CallBackOfficer, Now));
    }

    [Fact]
    public void The_citizen_reopens_within_fifteen_days_and_another_person_handles_it()
    {
        var complaint = Replying();
        complaint.Move(ComplaintAction.ApproveReply, ComplaintParts.By(ComplaintActor.Reviewer, Now));
        Refused(complaint, ComplaintAction.Reopen, ComplaintParts.By(ComplaintActor.Citizen, ComplaintParts.At("2026-12-09"))).ShouldBe("complaint.reopen-too-late");
        complaint.Move(ComplaintAction.Reopen, ComplaintParts.By(ComplaintActor.Citizen, ComplaintParts.At("2026-12-08")));

        complaint.Round.ShouldBe(2);
        complaint.HandlerId.ShouldBeNull();
        Should.Throw<RefusedException>(() => complaint.Take(_handler)).Refusals[0].Code.ShouldBe("complaint.handled-before");
        complaint.Take(Guid.CreateVersion7());
    }

    private Complaint Replying()
    {
        var complaint = ComplaintParts.InProgress(Now, _handler);
        complaint.Contacted(Now, ComplaintParts.Time);
        complaint.Replies.Add(ComplaintParts.Reply(complaint, _handler, Now));
        complaint.Move(ComplaintAction.SubmitReply, ComplaintParts.By(ComplaintActor.Handler, Now, _handler));
        return complaint;
    }

    private static string Refused(Complaint complaint, ComplaintAction action, ComplaintMove move) =>
        Should.Throw<RefusedException>(() => complaint.Move(action, move)).Refusals[0].Code;

    private static ComplaintReturn Return(Complaint complaint, string unit) => new()
    {
        ComplaintId = complaint.Id,
        Unit = unit,
        Reason = "不归本单位",
        Basis = "三定方案",
        SuggestedUnit = "construction",
        AskedBy = Guid.CreateVersion7(),
        AskedAt = Now,
    };
}
