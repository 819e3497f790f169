using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GaoXin.Portal.Tests.Complaints;

public sealed class ComplaintJourneyTests(ComplaintHost host) : IClassFixture<ComplaintHost>
{
    [Fact]
    public async Task A_complaint_is_routed_signed_answered_by_two_people_called_back_and_closed()
    {
        var filed = await host.File();
        var track = await Track(filed);
        (track.State, track.Unit, track.Why).ShouldBe((ComplaintState.Dispatched, "城市管理局", "按派单目录，这个主题由这个单位负责。"));
        track.PromisedAt.ShouldNotBeNull();

        await host.As(ComplaintHost.Liaison).Send(new SignComplaint(filed.Id));
        await host.As(ComplaintHost.Handler).Send(new TakeComplaint(filed.Id));
        await Refused(new WriteReply(filed.Id, ComplaintHost.Reply, null), ComplaintHost.Handler, "complaint.contact-first");
        await host.As(ComplaintHost.Handler).Send(new LogContact(filed.Id, ContactManner.Phone, "已电话联系，约好今晚去看。"));
        await Refused(new WriteReply(filed.Id, "您好，我们高度重视，将尽快处理，感谢您的理解与支持。", null), ComplaintHost.Handler, "complaint.reply-lint");
        await host.As(ComplaintHost.Handler).Send(new WriteReply(filed.Id, ComplaintHost.Reply, null));
        await Refused(new ReviewReply { Id = filed.Id, Approve = true }, ComplaintHost.Handler with { Roles = [Roles.ReplyReviewer] }, "complaint.second-person");
        await host.As(ComplaintHost.Reviewer).Send(new ReviewReply { Id = filed.Id, Approve = true, PublicText = "路口的路灯坏了。", PublicReply = "已更换灯头，全部亮起。" });
        await Refused(new CloseComplaint(filed.Id), ComplaintHost.Caller, "complaint.not-called-back");
        await host.As(ComplaintHost.Caller).Send(new RecordCall { Id = filed.Id, Reached = true, Solved = true, Satisfied = true });
        await host.As(ComplaintHost.Caller).Send(new CloseComplaint(filed.Id));

        track = await Track(filed);
        (track.State, track.Reply, track.IsPublished).ShouldBe((ComplaintState.Closed, ComplaintHost.Reply, true));
        track.Talk.Select(t => t.Text).ShouldContain(ComplaintHost.Text);
        (await host.Load(filed.Id)).Clocks.ShouldAllBe(c => c.StoppedAt != null);
    }

    [Fact]
    public async Task Staff_cannot_withdraw_whatever_their_role_even_with_the_code()
    {
        var filed = await host.File();
        foreach (var role in Roles.All)
        {
            var staff = ComplaintHost.Staff(role, ComplaintParts.Unit);
            (await host.As(staff).Send(new WithdrawComplaint { Number = filed.Number, Code = filed.Code, Reason = "替他撤回" })).Refusal!.Code.ShouldBe("complaint.staff-never-withdraw", role);
        }

        (await Withdraw(filed, "2222-2222")).Refusal!.Code.ShouldBe("complaint.wrong-code");
        (await Track(filed)).State.ShouldBe(ComplaintState.Dispatched);
        (await Withdraw(filed, filed.Code!.ToLowerInvariant())).Refusal.ShouldBeNull();
        (await Track(filed)).State.ShouldBe(ComplaintState.Withdrawn);
    }

    [Fact]
    public async Task A_look_up_answers_alike_for_unknown_and_wrong_and_locks_after_five_but_not_the_owner()
    {
        var owner = await new Owner(host).New();
        var filed = await host.File(owner);
        var unknown = ComplaintNumber.Compose(new DateOnly(2026, 11, 1), 99_999);
        var answers = new List<(string Known, string Unknown)>();
        for (var i = 0; i < 6; i++)
            answers.Add((await LookUp(filed.Number, "0000"), await LookUp(unknown, "0000")));

        answers.ShouldAllBe(a => a.Known == a.Unknown);
        answers.Take(5).ShouldAllBe(a => a.Known == "complaint.no-such-pair");
        answers[5].Known.ShouldBe("complaint.locked-look-up");
        (await LookUp(filed.Number, filed.Code!)).ShouldBe("complaint.locked-look-up");
        (await host.As(owner).Send(new GetComplaintTrack(filed.Number, null))).Number.ShouldBe(filed.Number);
    }

    [Fact]
    public async Task A_stranger_and_another_citizen_find_nothing_and_a_pass_opens_one_complaint_only()
    {
        var (mine, other) = (await host.File(), await host.File());
        foreach (var user in (ICurrentUser[])[AnonymousUser.Instance, TestUsers.Citizen(), ComplaintHost.Clerk])
            await Should.ThrowAsync<NotFoundException>(() => host.As(user).Send(new GetComplaintTrack(mine.Number, other.Pass)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(ComplaintHost.Clerk).Send(new GetComplaintTrack(mine.Number, mine.Pass)));
    }

    [Fact]
    public async Task An_escalation_on_two_instances_fires_each_level_once()
    {
        var filed = await host.Working();
        var before = host.Clock.GetUtcNow();
        host.Clock.SetUtcNow(ComplaintParts.At("2026-12-01", 9));
        var fired = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.As(SystemUser.Instance).Send(new EscalateComplaint(filed.Id))));

        fired.Sum().ShouldBe(2);
        var levels = await host.InDatabase(db => db.Set<ComplaintEscalation>().Where(e => e.ComplaintId == filed.Id && e.Clock == ComplaintClockKind.Handling).Select(e => e.Level).ToListAsync());
        levels.ShouldBe([EscalationLevel.Yellow, EscalationLevel.Red], ignoreOrder: true);
        (await Events(filed.Id)).Count(e => e == "Escalated").ShouldBe(2);
        before.ShouldBeLessThan(host.Clock.GetUtcNow());
    }

    [Fact]
    public async Task After_two_more_rounds_it_is_supervised_instead()
    {
        var filed = await host.Replied();
        foreach (var handler in (TestUser[])[ComplaintHost.OtherHandler, ComplaintHost.Staff(Roles.ComplaintHandler, ComplaintParts.Unit)])
        {
            (await Reopen(filed)).ShouldBeTrue();
            await Refused(new TakeComplaint(filed.Id), ComplaintHost.Handler, "complaint.handled-before");
            await host.As(handler).Send(new TakeComplaint(filed.Id));
            await host.As(handler).Send(new LogContact(filed.Id, ContactManner.Visit, "已到现场和本人见面。"));
            await host.As(handler).Send(new WriteReply(filed.Id, ComplaintHost.Reply, null));
            await host.As(ComplaintHost.Reviewer).Send(new ReviewReply { Id = filed.Id, Approve = true });
        }

        (await Reopen(filed)).ShouldBeFalse();
        (await Reopen(filed)).ShouldBeFalse();
        var track = await Track(filed);
        (track.Supervised, track.Round).ShouldBe((true, 3));
        (await host.InDatabase(db => db.Set<ComplaintSupervision>().CountAsync(s => s.ComplaintId == filed.Id))).ShouldBe(1);
    }

    [Fact]
    public async Task A_pause_is_shown_with_its_reason_and_the_citizens_answer_ends_it()
    {
        var filed = await host.Working();
        await host.As(ComplaintHost.Handler).Send(new AskSuspension(filed.Id, SuspensionReason.WaitingForCitizen, "请说一下是哪一侧的路灯"));
        await Refused(new AskSuspension(filed.Id, SuspensionReason.Court, "等法院判决结果"), ComplaintHost.Handler, "complaint.asked-already");
        await host.As(ComplaintHost.Clerk).Send(new RuleSuspension(filed.Id, true));
        var track = await Track(filed);
        (track.State, track.PromisedAt, track.Turn).ShouldBe((ComplaintState.Suspended, null, "等您补充情况"));
        track.Pauses.ShouldHaveSingleItem().Explanation.ShouldBe("请说一下是哪一侧的路灯");

        await host.Send(new AnswerComplaint { Number = filed.Number, Pass = filed.Pass, Text = "是路口东侧的两盏。" });
        track = await Track(filed);
        track.State.ShouldBe(ComplaintState.InProgress);
        track.PromisedAt.ShouldNotBeNull();
        track.Pauses[0].To.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_merged_complaint_follows_and_unmerging_restores_it_with_its_clocks()
    {
        var (master, follower) = (await host.File(topic: "other"), await host.File(topic: "other"));
        var before = await host.Load(follower.Id);
        await host.As(ComplaintHost.Clerk).Send(new MergeComplaint(follower.Id, master.Number));
        (await Track(follower)).State.ShouldBe(ComplaintState.Merged);
        await host.As(ComplaintHost.Clerk).Send(new UnmergeComplaint(follower.Id));
        var after = await host.Load(follower.Id);
        (after.State, after.DueAt, after.MasterId).ShouldBe((before.State, before.DueAt, null));
        await Refused(new MergeComplaint(master.Id, master.Number), ComplaintHost.Clerk, "complaint.no-master");
    }

    [Fact]
    public async Task The_same_external_order_is_one_complaint_and_events_and_words_never_change()
    {
        var filed = await host.File();
        foreach (var sql in (string[])
        [
            $"UPDATE complaints.events SET actor = 'x' WHERE complaint_id = '{filed.Id}'", $"DELETE FROM complaints.events WHERE complaint_id = '{filed.Id}'",
            $"UPDATE complaints.complaints SET protected_text = '\\x00' WHERE id = '{filed.Id}'", $"DELETE FROM complaints.complaints WHERE id = '{filed.Id}'",
        ])
            (await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db => db.Database.ExecuteSqlRawAsync(sql)))).SqlState.ShouldBeOneOf("42501", "23503");
    }

    [Fact]
    public async Task A_confidential_complaint_is_answered_without_a_telephone()
    {
        var filed = await host.File(identity: IdentityMode.Confidential);
        await host.As(ComplaintHost.Handler).Send(new SignComplaint(filed.Id));
        await Refused(new LogContact(filed.Id, ContactManner.Phone, "想打电话问问情况"), ComplaintHost.Handler, "complaint.no-phone");
        await host.As(ComplaintHost.Handler).Send(new LogContact(filed.Id, ContactManner.Message, "收到，今晚去现场看。"));
        (await Track(filed)).ContactedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Nothing_about_an_anonymous_author_is_kept_even_when_signed_in()
    {
        var filed = await host.File(await new Owner(host).New(), IdentityMode.Anonymous);
        var stored = await host.Load(filed.Id);
        (stored.ReporterId, stored.ProtectedName, stored.ProtectedPhone).ShouldBe((null, null, null));
        (await host.Send(new LookUpComplaint { Number = filed.Number, Proof = filed.Code })).Pass.ShouldNotBeNull();
    }

    [Fact]
    public async Task Another_units_staff_do_not_find_it_and_other_roles_are_not_admitted()
    {
        var filed = await host.File();
        await Should.ThrowAsync<NotFoundException>(() => host.As(ComplaintHost.Staff(Roles.UnitLiaison, "ecology")).Send(new SignComplaint(filed.Id)));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(ComplaintHost.Reviewer).Send(new SignComplaint(filed.Id)));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Citizen()).Send(new SignComplaint(filed.Id)));
    }

    [Fact]
    public async Task The_code_of_a_recorded_complaint_goes_to_the_telephone_and_no_clerk_sees_it()
    {
        var phone = host.NewPhone();
        var filed = await Record(phone);
        filed.Code.ShouldBeNull();
        await host.DrainOutbox();
        await host.DrainOutbox();

        var message = (await host.Send(new GetDemoMessages())).Where(m => m.Text.Contains(ComplaintNumber.Display(filed.Number), StringComparison.Ordinal)).ShouldHaveSingleItem();
        var code = message.Text.Split("撤回码 ")[1][..9];
        (await host.InDatabase(db => db.Complaints.Where(c => c.Id == filed.Id).Select(c => c.CodeSecret).SingleAsync())).ShouldBeNull();
        (await host.Send(new WithdrawComplaint { Number = filed.Number, Code = code, Reason = "已经修好了" })).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Who_leaves_no_telephone_is_told_the_code_at_the_window()
    {
        var filed = await Record(null);
        (await host.Send(new WithdrawComplaint { Number = filed.Number, Code = filed.Code, Reason = "已经修好了" })).Refusal.ShouldBeNull();
    }

    private Task<FiledComplaint> Record(string? phone) => host.As(ComplaintHost.Clerk).Send(new RecordComplaint
    {
        Channel = phone is null ? ComplaintChannel.Hall : ComplaintChannel.Phone,
        Kind = ComplaintKind.Help,
        Identity = phone is null ? IdentityMode.Anonymous : IdentityMode.Named,
        Topic = "street-light",
        Text = "路口的路灯坏了三天，请派人来修一下。",
        Name = phone is null ? null : "演示己某",
        Phone = phone,
    });

    private Task<ComplaintTrack> Track(FiledComplaint filed) => host.Send(new GetComplaintTrack(filed.Number, filed.Pass));

    private Task<WithdrawOutcome> Withdraw(FiledComplaint filed, string code) => host.Send(new WithdrawComplaint { Number = filed.Number, Code = code, Reason = "已经解决了" });

    private Task<bool> Reopen(FiledComplaint filed) => host.Send(new ReopenComplaint { Number = filed.Number, Pass = filed.Pass, Reason = "灯又不亮了，没有解决" });

    private async Task<string> LookUp(string number, string proof)
    {
        var outcome = await host.Send(new LookUpComplaint { Number = number, Proof = proof });
        return outcome.Refusal?.Code ?? "found";
    }

    private Task<List<string>> Events(Guid id) => host.InDatabase(db => db.ComplaintEvents.Where(e => e.ComplaintId == id).Select(e => e.Kind).ToListAsync());

    private async Task Refused<T>(MediatR.IRequest<T> request, ICurrentUser user, string code) =>
        (await Should.ThrowAsync<RefusedException>(() => host.As(user).Send(request))).Refusals[0].Code.ShouldBe(code);
}
