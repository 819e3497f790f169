using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using MiniExcelLibs;

namespace GaoXin.Portal.Tests.Complaints;

public sealed class SupervisionBoardTests(ComplaintHost host) : IClassFixture<ComplaintHost>
{
    private static readonly TestUser Leader = ComplaintHost.Staff(Roles.ZoneLeader, "service-hall");

    [Fact]
    public async Task Every_number_of_the_board_is_exactly_its_rows_and_each_thing_stands_where_it_belongs()
    {
        var paused = await host.Working();
        await host.As(ComplaintHost.Handler).Send(new AskSuspension(paused.Id, SuspensionReason.Inspection, "等检测机构的结果"));
        await host.As(ComplaintHost.Clerk).Send(new RuleSuspension(paused.Id, true));
        var ordered = await host.Working();
        await host.As(ComplaintHost.Supervisor).Send(new SuperviseComplaint(ordered.Id, "群众反复反映"));
        var returned = await ReturnedTwice();
        var again = await Again();
        var late = await host.Working();
        host.Clock.SetUtcNow(ComplaintParts.At("2026-12-02", 9));
        await host.As(SystemUser.Instance).Send(new EscalateComplaint(late.Id));

        var board = await host.As(Leader).Send(new GetSupervisionBoard());
        foreach (var unit in board)
        {
            foreach (var (which, count) in unit.Counts)
                (await Rows(which, unit.Unit)).Count.ShouldBe(count, $"{unit.Title} {which}");
        }

        foreach (var which in Enum.GetValues<SupervisedAs>())
            board[0].Counts[which].ShouldBe(board.Skip(1).Sum(u => u.Counts[which]), which.ToString());
        (await Rows(SupervisedAs.Suspended)).Single(r => r.Line.Id == paused.Id).Note.ShouldBe("法定检验、检测或鉴定：等检测机构的结果");
        (await Rows(SupervisedAs.Directed)).Single(r => r.Line.Id == ordered.Id).Note.ShouldBe("督办：群众反复反映");
        (await Rows(SupervisedAs.ReturnedTwice)).ShouldContain(r => r.Line.Id == returned);
        (await Rows(SupervisedAs.Repeated)).Select(r => r.Line.Id).ShouldBe([again.Second]);
        (await Rows(SupervisedAs.Red)).ShouldContain(r => r.Line.Id == late.Id);
        (await Rows(SupervisedAs.Urged)).ShouldContain(r => r.Line.Id == late.Id);
        var table = await host.As(Leader).Send(new ExportSupervision(null, null));
        using var file = new MemoryStream(table);
        file.Query(useHeaderRow: true).Count().ShouldBe(board.Count);
        var report = await host.As(Leader).Send(new GetTopicReport(new DateOnly(2026, 11, 1)));
        var lights = report.Single(t => t.Code == "street-light");
        lights.Repeated.ShouldBe(1);
        (await host.As(Leader).Send(new GetTopicRows(new DateOnly(2026, 11, 1), "street-light", TopicPart.Filed))).Items.Count.ShouldBe(lights.Count);
        (await host.As(Leader).Send(new GetTopicRows(new DateOnly(2026, 11, 1), "street-light", TopicPart.Repeated))).Items.ShouldHaveSingleItem().Id.ShouldBe(again.Second);
        (await host.Send(new GetHotTopics(new DateOnly(2026, 11, 1)))).ShouldAllBe(t => t.Count >= GetHotTopics.Fewest);
    }

    [Fact]
    public async Task The_board_is_for_supervisors_and_leaders_and_a_leader_opens_no_complaint()
    {
        foreach (var role in Roles.All.Except([Roles.ComplaintSupervisor, Roles.ZoneLeader]))
            await Should.ThrowAsync<AccessDeniedException>(() => host.As(ComplaintHost.Staff(role, "service-hall")).Send(new GetSupervisionBoard()), role);
        var filed = await host.File();
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(Leader).Send(new GetComplaintForStaff(filed.Id)));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(Leader).Send(new RevealReporter(filed.Id, "想看看是谁提的")));
    }

    [Fact]
    public async Task One_order_at_a_time_and_the_citizen_is_told()
    {
        var filed = await host.Working();
        await host.As(ComplaintHost.Supervisor).Send(new SuperviseComplaint(filed.Id, "群众反复反映"));
        (await Should.ThrowAsync<RefusedException>(() => host.As(ComplaintHost.Supervisor).Send(new SuperviseComplaint(filed.Id, "群众反复反映")))).Refusals[0].Code.ShouldBe("complaint.supervised-already");
        (await host.Send(new GetComplaintTrack(filed.Number, filed.Pass))).Supervised.ShouldBeTrue();
        await host.As(ComplaintHost.Supervisor).Send(new CloseSupervision(filed.Id, "现场看过，已经修好并巡查。"));
        (await host.Send(new GetComplaintTrack(filed.Number, filed.Pass))).Supervised.ShouldBeFalse();
    }

    [Fact]
    public async Task A_list_with_and_without_due_instants_is_paged_without_losing_any()
    {
        var filed = new List<Guid>();
        for (var i = 0; i < 54; i++)
        {
            var hotline = await host.As(ComplaintHost.Clerk).Send(new RecordComplaint
            {
                Channel = ComplaintChannel.SecretaryHotline,
                Kind = ComplaintKind.Help,
                Identity = IdentityMode.Anonymous,
                Topic = "enterprise-factors",
                Text = "企业反映用电容量不够，想增容。",
            });
            filed.Add(hotline.Id);
            if (i % 9 == 0)
                (await host.Send(new WithdrawComplaint { Number = hotline.Number, Code = hotline.Code, Reason = "已经解决了" })).Refusal.ShouldBeNull();
        }

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = (await host.As(ComplaintHost.Supervisor).Send(new GetComplaintDesk(ComplaintList.Hotline, cursor))).Page;
            seen.AddRange(page.Items.Select(i => i.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        seen.ShouldBe(filed, ignoreOrder: true);
    }

    private async Task<Guid> ReturnedTwice()
    {
        var filed = await host.File();
        await host.As(ComplaintHost.Liaison).Send(new AskReturn { Id = filed.Id, Reason = "这条路由建设单位管养，还没有移交。", Basis = "三定方案第五条", SuggestedUnit = "construction" });
        await host.As(ComplaintHost.Clerk).Send(new RuleReturn(filed.Id, true));
        await host.As(ComplaintHost.Clerk).Send(new DispatchComplaint { Id = filed.Id, Unit = "construction", Why = "道路还没有移交" });
        await host.As(ComplaintHost.Staff(Roles.UnitLiaison, "construction")).Send(new AskReturn { Id = filed.Id, Reason = "这条路上月已经移交给城管部门。", Basis = "移交清单", SuggestedUnit = ComplaintParts.Unit });
        return filed.Id;
    }

    /// <summary>The same person about the same topic, twice.</summary>
    private async Task<(Guid First, Guid Second)> Again()
    {
        var owner = await new Owner(host).New();
        var first = await host.File(owner);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        return (first.Id, (await host.File(owner)).Id);
    }

    /// <summary>All pages of the rows behind a number.</summary>
    private async Task<IReadOnlyList<SupervisedRow>> Rows(SupervisedAs which, string? unit = null)
    {
        var rows = new List<SupervisedRow>();
        string? cursor = null;
        do
        {
            var page = await host.As(Leader).Send(new GetSupervisedRows(which, unit, cursor));
            rows.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return rows;
    }
}
