using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Complaints;

public sealed class ComplaintDeskTests(ComplaintHost host) : IClassFixture<ComplaintHost>
{
    [Fact]
    public async Task A_complaint_stands_in_the_list_of_whose_turn_it_is_and_nowhere_else()
    {
        var waiting = await host.File(topic: "other");
        (await Holds(ComplaintHost.Clerk, ComplaintList.Intake, waiting.Id)).ShouldBeTrue();
        var filed = await host.Working();
        (await Holds(ComplaintHost.Clerk, ComplaintList.Intake, filed.Id)).ShouldBeFalse();
        (await Holds(ComplaintHost.Handler, ComplaintList.Mine, filed.Id)).ShouldBeTrue();
        (await Holds(ComplaintHost.Liaison, ComplaintList.Unit, filed.Id)).ShouldBeTrue();
        (await Holds(ComplaintHost.Staff(Roles.UnitLiaison, "ecology"), ComplaintList.Unit, filed.Id)).ShouldBeFalse();
        await host.As(ComplaintHost.Handler).Send(new WriteReply(filed.Id, ComplaintHost.Reply, null));
        (await Holds(ComplaintHost.Reviewer, ComplaintList.Review, filed.Id)).ShouldBeTrue();
        await host.As(ComplaintHost.Reviewer).Send(new ReviewReply { Id = filed.Id, Approve = true });
        (await Holds(ComplaintHost.Caller, ComplaintList.CallBack, filed.Id)).ShouldBeTrue();
        await Should.ThrowAsync<NotFoundException>(() => host.As(ComplaintHost.Caller).Send(new GetComplaintDesk(ComplaintList.Intake)));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Officer()).Send(new GetComplaintDesk()));
    }

    [Fact]
    public async Task Who_must_solve_a_confidential_complaint_never_learns_who_asked()
    {
        var filed = await host.File(identity: IdentityMode.Confidential, text: "我是演示丁某，电话 13812345678，楼下的路灯坏了三天。");
        var shown = await host.As(ComplaintHost.Handler).Send(new GetComplaintForStaff(filed.Id));
        (shown.Name, shown.Phone, shown.MayReveal).ShouldBe((null, null, false));
        shown.Text.ShouldNotContain("演示丁某");
        shown.Text.ShouldNotContain("13812345678");
        await Should.ThrowAsync<RefusedException>(() => host.As(ComplaintHost.Handler).Send(new RevealReporter(filed.Id, "想知道是谁提的")));

        shown = await host.As(ComplaintHost.Clerk).Send(new GetComplaintForStaff(filed.Id));
        shown.Name.ShouldBe("演**");
        shown.Text.ShouldContain("138****5678");
        (await host.As(ComplaintHost.Clerk).Send(new RevealReporter(filed.Id, "要打电话核对情况"))).Name.ShouldBe("演示丁某");
        (await host.As(ComplaintHost.Clerk).Send(new GetComplaintForStaff(filed.Id))).History.Select(h => h.Kind).ShouldContain("Revealed");
    }

    [Fact]
    public async Task Rates_count_and_the_rows_behind_a_number_are_exactly_that_many()
    {
        var month = new DateOnly(2026, 11, 1);
        var filed = await host.Replied();
        await host.As(ComplaintHost.Caller).Send(new RecordCall { Id = filed.Id, Reached = true, Solved = true, Satisfied = false });
        var rates = await host.Send(new GetComplaintRates(month));
        foreach (var unit in rates)
        {
            foreach (var (rate, counts) in unit.Rates)
            {
                var rows = (await host.As(ComplaintHost.Supervisor).Send(new GetRateRows(month, rate, unit.Unit, null))).Items;
                rows.Count(r => r.Part == RatePart.Met).ShouldBe(counts.Numerator, $"{unit.Title} {rate}");
                rows.Count(r => r.Part != RatePart.Excluded).ShouldBe(counts.Denominator, $"{unit.Title} {rate}");
                rows.Count(r => r.Part == RatePart.Excluded).ShouldBe(counts.Excluded, $"{unit.Title} {rate}");
            }
        }

        var mine = rates.Single(r => r.Unit == ComplaintParts.Unit).Rates;
        (await host.As(ComplaintHost.Supervisor).Send(new GetRateRows(month, ComplaintRate.Solved, ComplaintParts.Unit, RatePart.Met))).Items.Select(r => r.Id).ShouldContain(filed.Id);
        (await host.As(ComplaintHost.Supervisor).Send(new GetRateRows(month, ComplaintRate.Satisfied, ComplaintParts.Unit, RatePart.Missed))).Items.Select(r => r.Id).ShouldContain(filed.Id);
        mine[ComplaintRate.OnTime].Numerator.ShouldBeGreaterThan(0);
        (await host.As(ComplaintHost.Supervisor).Send(new ExportRateRows(month, ComplaintRate.OnTime, null, null))).Length.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task A_rule_decides_and_a_dry_run_says_which()
    {
        var trial = await host.As(ComplaintHost.Clerk).Send(new TryRouting(ComplaintKind.CannotGetItDone, null, "street-light", null));
        (trial.Unit, trial.Rules.Single(r => r.Decides).Id).ShouldBe(("政务服务大厅管理办公室", "R-040"));
        var report = await host.As(ComplaintHost.Clerk).Send(new TryRouting(ComplaintKind.Report, null, "food-safety", null));
        (report.Unit, report.Automatic).ShouldBe(("市场监督管理局", false));
    }

    private async Task<bool> Holds(TestUser user, ComplaintList list, Guid id)
    {
        string? cursor = null;
        do
        {
            var page = (await host.As(user).Send(new GetComplaintDesk(list, cursor))).Page;
            if (page.Items.Any(i => i.Id == id))
                return true;
            cursor = page.Next;
        }
        while (cursor is not null);
        return false;
    }
}
