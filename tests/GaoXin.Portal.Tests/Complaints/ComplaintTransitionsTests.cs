using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Complaints;

/// <summary>The state table against the specification's, row by row, for every state, action and actor.</summary>
public sealed class ComplaintTransitionsTests
{
    /// <summary>The 13 rows as the specification writes them: from, action, to, who.</summary>
    private const string Specification =
        """
        Submitted Accept Accepted Clerk,System
        Submitted RefuseToAccept NotAccepted Clerk
        Submitted Merge Merged Clerk
        Accepted Merge Merged Clerk
        Dispatched Merge Merged Clerk
        Merged Unmerge Submitted Clerk,System
        Accepted Dispatch Dispatched Clerk,System
        Dispatched Sign InProgress Liaison,Handler
        Dispatched AskReturn ReturnPending Liaison
        ReturnPending UpholdReturn Accepted Clerk,Supervisor
        ReturnPending RefuseReturn Dispatched Clerk,Supervisor
        InProgress Suspend Suspended Clerk
        Suspended Resume InProgress Clerk,Liaison,Citizen,System
        InProgress SubmitReply ReplyReview Handler
        ReplyReview ApproveReply Replied Reviewer
        ReplyReview SendBackReply InProgress Reviewer
        Replied Close Closed CallBackOfficer
        Replied Reopen InProgress CallBackOfficer,Citizen
        Closed Reopen InProgress CallBackOfficer,Citizen
        Submitted Withdraw Withdrawn Citizen
        Accepted Withdraw Withdrawn Citizen
        Dispatched Withdraw Withdrawn Citizen
        InProgress Withdraw Withdrawn Citizen
        ReplyReview Withdraw Withdrawn Citizen
        Replied Withdraw Withdrawn Citizen
        ReturnPending Withdraw Withdrawn Citizen
        Suspended Withdraw Withdrawn Citizen
        """;

    private static readonly DateTimeOffset Now = ComplaintParts.At("2026-11-23");

    private static readonly Dictionary<(ComplaintState, ComplaintAction), (ComplaintState To, ComplaintActor[] Who)> Expected = Specification
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.Split(' '))
        .ToDictionary(p => (Enum.Parse<ComplaintState>(p[0]), Enum.Parse<ComplaintAction>(p[1])), p => (Enum.Parse<ComplaintState>(p[2]), p[3].Split(',').Select(Enum.Parse<ComplaintActor>).ToArray()));

    [Fact]
    public void Every_state_action_and_actor_does_what_the_specification_says_or_is_refused_and_changes_nothing()
    {
        var tried = 0;
        foreach (var state in Enum.GetValues<ComplaintState>())
        {
            foreach (var action in Enum.GetValues<ComplaintAction>())
            {
                foreach (var actor in Enum.GetValues<ComplaintActor>())
                {
                    var user = Guid.CreateVersion7();
                    var complaint = Ready(state, user, action);
                    var allowed = Expected.TryGetValue((state, action), out var row) && row.Who.Contains(actor);
                    var before = Facts(complaint);
                    if (allowed)
                    {
                        complaint.Move(action, ComplaintParts.By(actor, Now, user, action is ComplaintAction.UpholdReturn or ComplaintAction.RefuseReturn ? "elsewhere" : ComplaintParts.Unit));
                        complaint.State.ShouldBe(row.To, $"{state} {action} {actor}");
                    }
                    else
                    {
                        Should.Throw<RefusedException>(() => complaint.Move(action, ComplaintParts.By(actor, Now, user)), $"{state} {action} {actor}");
                        Facts(complaint).ShouldBe(before, $"{state} {action} {actor}");
                    }

                    tried++;
                }
            }
        }

        tried.ShouldBe(12 * 17 * 8);
    }

    [Fact]
    public void Every_state_can_be_reached_and_every_open_state_can_end()
    {
        var reached = new HashSet<ComplaintState> { ComplaintState.Submitted };
        while (ComplaintTransitions.Rules.Where(r => r.From.Any(reached.Contains)).Select(r => r.To).Count(reached.Add) > 0)
        {
        }

        reached.ShouldBe(Enum.GetValues<ComplaintState>(), ignoreOrder: true);
        ComplaintTransitions.Rules.Select(r => r.Row).Distinct().Order().ShouldBe(Enumerable.Range(1, 13));
    }

    [Fact]
    public void Staff_are_never_the_citizen_and_a_citizen_is_never_staff()
    {
        ComplaintTransitions.ActorsOf(TestUsers.Staff([.. Roles.All])).ShouldNotContain(ComplaintActor.Citizen);
        ComplaintTransitions.ActorsOf(TestUsers.Citizen()).ShouldBe([ComplaintActor.Citizen]);
        ComplaintTransitions.ActorsOf(AnonymousUser.Instance).ShouldBe([ComplaintActor.Citizen]);
    }

    /// <summary>A complaint in a state with everything there that a guard may ask for.</summary>
    private static Complaint Ready(ComplaintState state, Guid user, ComplaintAction action)
    {
        var complaint = ComplaintParts.New(Now);
        Set(complaint, nameof(Complaint.State), state);
        complaint.Unit = ComplaintParts.Unit;
        complaint.MasterId = Guid.CreateVersion7();
        foreach (var instant in (string[])[nameof(Complaint.DispatchedAt), nameof(Complaint.ContactedAt), nameof(Complaint.RepliedAt)])
            Set(complaint, instant, (DateTimeOffset?)Now);
        Set(complaint, nameof(Complaint.HandlerId), action == ComplaintAction.SubmitReply ? user : (Guid?)Guid.CreateVersion7());
        complaint.Replies.Add(ComplaintParts.Reply(complaint, action == ComplaintAction.SubmitReply ? user : Guid.CreateVersion7(), Now));
        complaint.Calls.Add(ComplaintParts.Call(complaint, reached: true, Now));
        if (state == ComplaintState.Suspended)
        {
            var suspension = ComplaintParts.Suspension(complaint, SuspensionReason.WaitingForCitizen, Now);
            suspension.Decide(true, Guid.CreateVersion7(), Now);
            suspension.Begin(Now, null);
            complaint.Suspensions.Add(suspension);
        }
        else
        {
            complaint.Suspensions.Add(ComplaintParts.Suspension(complaint, SuspensionReason.Inspection, Now));
        }

        return complaint;
    }

    private static object Facts(Complaint c) => (c.State, c.Desk, c.DueAt, c.Round, c.Unit, c.Locked, c.HandlerId, c.ClosedAt, c.RepliedAt, c.Clocks.Count, c.Clocks.Count(x => x.Runs), c.PromisedAt);

    private static void Set(Complaint complaint, string property, object? value) => typeof(Complaint).GetProperty(property)!.SetValue(complaint, value);
}
