using System.Reflection;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Complaints;

/// <summary>What is recorded beside the state (contact, pause and extension asked, co-handling, calls, supervision): in its states and by its roles only.</summary>
public sealed class ComplaintRecordsTests(ComplaintHost host) : IClassFixture<ComplaintHost>
{
    private const string Open = "Submitted,Accepted,Dispatched,InProgress,ReplyReview,Replied,ReturnPending,Suspended";

    /// <summary>Every command of staff on a complaint that is not a row of the state table: who, and in which states.</summary>
    private static readonly (string Command, string Roles, string States, Func<Guid, MediatR.IRequest<MediatR.Unit>> Make)[] Records =
    [
        (nameof(TakeComplaint), Roles.ComplaintHandler, "InProgress", id => new TakeComplaint(id)),
        (nameof(LogContact), Roles.ComplaintHandler, "InProgress", id => new LogContact(id, ContactManner.Message, "收到，今晚去现场看。")),
        (nameof(AskSuspension), $"{Roles.UnitLiaison},{Roles.ComplaintHandler}", "InProgress", id => new AskSuspension(id, SuspensionReason.Inspection, "等检测机构的结果")),
        (nameof(AskExtension), $"{Roles.UnitLiaison},{Roles.ComplaintHandler}", "InProgress", id => new AskExtension(id, 2, "要等配件到货")),
        (nameof(FinishCoHandling), $"{Roles.UnitLiaison},{Roles.ComplaintHandler}", Open, id => new FinishCoHandling(id, "现场已配合处理。")),
        (nameof(RecordCall), Roles.CallBackOfficer, "Replied", id => new RecordCall { Id = id, Reached = false }),
        (nameof(SuperviseComplaint), Roles.ComplaintSupervisor, $"{Open},Closed", id => new SuperviseComplaint(id, "群众反复反映，现场督办")),
    ];

    [Fact]
    public void Every_command_on_a_complaint_admits_its_roles_and_no_other()
    {
        var expected = Records.ToDictionary(r => r.Command, r => r.Roles);
        expected[nameof(ExplainDelay)] = $"{Roles.UnitLiaison},{Roles.ComplaintHandler}";
        expected[nameof(CloseSupervision)] = Roles.ComplaintSupervisor;
        expected[nameof(RuleExtension)] = expected[nameof(RuleSuspension)] = Roles.ComplaintClerk;
        expected[nameof(ResumeComplaint)] = $"{Roles.ComplaintClerk},{Roles.UnitLiaison}";
        expected[nameof(AcceptComplaint)] = expected[nameof(RefuseComplaint)] = expected[nameof(DispatchComplaint)] = Roles.ComplaintClerk;
        expected[nameof(MergeComplaint)] = expected[nameof(UnmergeComplaint)] = Roles.ComplaintClerk;
        expected[nameof(SignComplaint)] = $"{Roles.UnitLiaison},{Roles.ComplaintHandler}";
        expected[nameof(AskReturn)] = Roles.UnitLiaison;
        expected[nameof(RuleReturn)] = $"{Roles.ComplaintClerk},{Roles.ComplaintSupervisor}";
        expected[nameof(WriteReply)] = Roles.ComplaintHandler;
        expected[nameof(ReviewReply)] = Roles.ReplyReviewer;
        expected[nameof(CloseComplaint)] = expected[nameof(RedoComplaint)] = Roles.CallBackOfficer;
        expected[nameof(RevealReporter)] = $"{Roles.ComplaintClerk},{Roles.ComplaintHandler},{Roles.CallBackOfficer},{Roles.ComplaintSupervisor}";
        expected[nameof(OpenComplaintFile)] = $"{Roles.ComplaintClerk},{Roles.UnitLiaison},{Roles.ComplaintHandler},{Roles.ReplyReviewer},{Roles.CallBackOfficer},{Roles.ComplaintSupervisor}";
        var commands = typeof(SignComplaint).Assembly.GetTypes().Where(t => t.Namespace == typeof(SignComplaint).Namespace && t.GetProperty("Id")?.PropertyType == typeof(Guid)
            && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICommand<>))).ToList();
        commands.Select(c => c.Name).Except(expected.Keys).Except([nameof(CloseClient)]).ShouldBeEmpty();
        foreach (var command in commands.Where(c => expected.ContainsKey(c.Name)))
        {
            var access = command.GetCustomAttribute<AccessAttribute>()!;
            Roles.All.Where(r => access.Admits(TestUsers.Staff(r))).ShouldBe(expected[command.Name].Split(','), ignoreOrder: true, command.Name);
            access.Admits(TestUsers.Citizen()).ShouldBeFalse(command.Name);
        }
    }

    [Fact]
    public async Task A_record_is_taken_in_its_states_only_and_elsewhere_nothing_is_written()
    {
        var handler = ComplaintHost.Handler;
        // The one that all may be merged into.
        var master = (await host.File()).Id;
        foreach (var (command, roles, states, make) in Records)
        {
            var id = (await host.Working()).Id;
            await Execute($"INSERT INTO complaints.co_handlers (complaint_id, unit) VALUES ('{id}', '{ComplaintParts.Unit}')");
            await Execute($"UPDATE complaints.complaints SET master_id = '{master}' WHERE id = '{id}'");
            var user = handler with { Roles = [roles.Split(',')[^1]] };
            foreach (var state in Enum.GetNames<ComplaintState>().OrderBy(s => states.Split(',').Contains(s)))
            {
                await Execute($"UPDATE complaints.complaints SET state = '{state}' WHERE id = '{id}'");
                var events = await Events(id);
                if (states.Split(',').Contains(state))
                {
                    await host.As(user).Send(make(id));
                    (await Events(id) > events || command == nameof(TakeComplaint)).ShouldBeTrue($"{command} {state}");
                    break;
                }

                await Should.ThrowAsync<RefusedException>(() => host.As(user).Send(make(id)), $"{command} {state}");
                (await Events(id)).ShouldBe(events, $"{command} {state}");
            }
        }
    }

    [Fact]
    public async Task A_master_that_is_withdrawn_takes_nobody_along()
    {
        var (master, first, second) = (await host.File(topic: "other"), await host.File(topic: "other"), await host.File(topic: "other"));
        foreach (var follower in (FiledComplaint[])[first, second])
            await host.As(ComplaintHost.Clerk).Send(new MergeComplaint(follower.Id, master.Number));
        (await host.Send(new WithdrawComplaint { Number = master.Number, Code = master.Code, Reason = "已经解决了" })).Refusal.ShouldBeNull();
        await host.DrainOutbox();
        foreach (var follower in (FiledComplaint[])[first, second])
        {
            var after = await host.Load(follower.Id);
            (after.State, after.MasterId, after.Desk).ShouldBe((ComplaintState.Submitted, null, ComplaintDesk.Clerk));
            after.DueAt.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Two_complaints_merged_into_each_other_at_once_leave_one_that_is_worked_on()
    {
        var (one, two) = (await host.File(topic: "other"), await host.File(topic: "other"));
        var outcomes = await Task.WhenAll(Merge(one.Id, two.Number), Merge(two.Id, one.Number));
        outcomes.Count(merged => merged).ShouldBe(1);
        new[] { (await host.Load(one.Id)).State, (await host.Load(two.Id)).State }.ShouldBe([ComplaintState.Submitted, ComplaintState.Merged], ignoreOrder: true);

        async Task<bool> Merge(Guid id, string into)
        {
            try
            {
                await host.As(ComplaintHost.Clerk).Send(new MergeComplaint(id, into));
                return true;
            }
            catch (RefusedException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void A_changed_calendar_moves_every_running_clock_and_the_end_of_a_pause()
    {
        var now = ComplaintParts.At("2026-11-23");
        var complaint = ComplaintParts.InProgress(now, Guid.CreateVersion7());
        var pause = ComplaintParts.Suspension(complaint, SuspensionReason.WaitingForCitizen, now);
        complaint.Ask(pause);
        complaint.Move(ComplaintAction.Suspend, ComplaintParts.By(ComplaintActor.Clerk, now));
        var (contact, resumes) = (complaint.Running(ComplaintClockKind.Contact)!.DueAt, pause.ResumesAt);
        // 2026-11-24 becomes a day off.
        var later = new ComplaintTime(new WorkingCalendar("changed", [new DateOnly(2026, 11, 24)], [], [2026]), ComplaintParts.Limits);
        var moved = complaint.Recompute(later);
        moved.Select(m => m.Kind).ShouldBe([null, ComplaintClockKind.Contact], ignoreOrder: true);
        complaint.Running(ComplaintClockKind.Contact)!.DueAt.ShouldBe(contact!.Value.AddDays(1));
        pause.ResumesAt!.Value.ShouldBeGreaterThan(resumes!.Value);
        complaint.Recompute(later).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_lint_tells_nobody_the_name_of_who_asked_in_confidence()
    {
        var filed = await host.File(identity: IdentityMode.Confidential);
        await host.As(ComplaintHost.Handler).Send(new SignComplaint(filed.Id));
        await host.As(ComplaintHost.Handler).Send(new LogContact(filed.Id, ContactManner.Message, "收到，今晚去现场看。"));
        var guess = await Should.ThrowAsync<RefusedException>(() => host.As(ComplaintHost.Handler).Send(new WriteReply(filed.Id, "演示丁某您好，我们高度重视，将尽快处理。", null)));
        guess.Refusals[0].Message.ShouldNotContain("个人信息");
    }

    private Task<int> Execute(string sql) => host.InDatabase(db => db.Database.ExecuteSqlRawAsync(sql));

    private Task<int> Events(Guid id) => host.InDatabase(db => db.ComplaintEvents.CountAsync(e => e.ComplaintId == id));
}
