using CsCheck;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Registration.Procedures;

namespace GaoXin.Portal.Tests.Registration.Procedures;

/// <summary>歇业: three years in all, at once, for everybody to see.</summary>
public sealed class SuspensionTests(ProcedureHost host) : IClassFixture<ProcedureHost>
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    [InlineData("2026-12-01", 0, "2029-11-30")]
    [InlineData("2028-02-29", 0, "2031-02-27")]
    [InlineData("2026-12-01", 365, "2028-11-30")]
    [InlineData("2026-12-01", 1096, "2026-11-30")]
    public void Three_years_less_what_was_used_is_left(string first, int used, string last)
    {
        SuspensionPeriod[] earlier = used == 0 ? [] : [new(new DateOnly(2020, 1, 1), new DateOnly(2020, 1, 1).AddDays(used - 1))];
        SuspensionAllowance.LastPossible(DateOnly.Parse(first, null), earlier).ShouldBe(DateOnly.Parse(last, null));
    }

    [Fact]
    public void However_often_it_is_cut_the_sum_never_exceeds_three_years() =>
        Gen.Int[1, 400].List[1, 12].Sample(lengths =>
        {
            var (day, periods) = (Today, new List<SuspensionPeriod>());
            foreach (var length in lengths)
            {
                var filing = new SuspensionFiling(SuspensionStep.Begin, "difficulty", day, day.AddDays(length - 1), null);
                if (!filing.Problems(periods, day).Any())
                    periods.Add(new SuspensionPeriod(day, day.AddDays(length - 1)));
                day = day.AddDays(length + 10);
            }

            return periods.Sum(p => p.Days) <= 1096;
        });

    [Theory]
    [InlineData("2026-11-22", "2026-12-31", "先备案")]
    [InlineData("2026-12-01", "2026-11-30", "结束的日期在开始之前")]
    [InlineData("2026-12-01", "2029-12-01", "最晚可以填 2029年11月30日")]
    public void A_period_that_cannot_be_filed_says_why(string from, string to, string says) =>
        new SuspensionFiling(SuspensionStep.Begin, "difficulty", DateOnly.Parse(from, null), DateOnly.Parse(to, null), null).Problems([], Today)
            .ShouldHaveSingleItem().Message.ShouldContain(says);

    [Fact]
    public void It_is_prolonged_in_its_last_thirty_days_only()
    {
        SuspensionPeriod[] running = [new(Today, Today.AddDays(60))];
        var filing = new SuspensionFiling(SuspensionStep.Prolong, "difficulty", null, Today.AddDays(90), null);
        filing.Problems(running, Today.AddDays(29)).ShouldHaveSingleItem().Path.ShouldBe("suspension.step");
        filing.Problems(running, Today.AddDays(30)).ShouldBeEmpty();
        filing.Problems([], Today).ShouldHaveSingleItem().Message.ShouldContain("现在没有歇业");
    }

    [Fact]
    public void What_follows_day_by_day_is_one_suspension()
    {
        SuspensionPeriod[] periods = [new(Today.AddDays(-90), Today.AddDays(-60)), new(Today.AddDays(-10), Today.AddDays(4)), new(Today.AddDays(5), Today.AddDays(20)), new(Today.AddDays(21), Today.AddDays(20))];
        SuspensionAllowance.Unbroken(periods, Today).ShouldBe(new SuspensionPeriod(Today.AddDays(-10), Today.AddDays(20)));
        SuspensionAllowance.Unbroken(periods, Today.AddDays(21)).ShouldBeNull();
    }

    [Fact]
    public async Task Everybody_who_verifies_the_licence_reads_it_until_business_is_taken_up_again()
    {
        var firm = await host.NewFirm();
        var draft = await Begin(firm, "begin");
        var today = host.Clock.Today();
        (await host.Page(firm.Leader, draft, "period", ("suspension.reason", "difficulty"), ("suspension.from", $"{today:yyyy-MM-dd}"), ("suspension.to", $"{today.AddDays(99):yyyy-MM-dd}"),
            ("suspension.deliveryInstead", "yes"), ("suspension.deliveryAddress", "郑州高新区梧桐演示路 5 号"))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "commitment", ("commitment.employees", "yes"), ("commitment.truthful", "yes"))).ShouldBeEmpty();
        (await host.As(firm.Leader).Send(new GetCaseCheck(draft))).Documents.Select(d => d.Title).ShouldContain("歇业备案承诺书");
        (await host.As(firm.Leader).Send(new GetCaseCheck(draft))).Documents.Select(d => d.Title).ShouldContain("法律文书送达地址确认书");
        await host.Done(firm.Leader, draft);

        var check = await host.Verify(firm.VerifyCode);
        (check.Outcome, check.Licence!.Standing!.StartsWith("歇业中", StringComparison.Ordinal)).ShouldBe((LicenceOutcome.Valid, true));
        (await host.Page(firm.Leader, await Begin(firm, "begin", allowed: false), "entity", ("suspension.step", "begin"))).ShouldHaveSingleItem().Message.ShouldContain("已经备案歇业");

        host.Clock.Advance(TimeSpan.FromDays(10));
        var resume = await Begin(firm, "resume");
        (await host.Page(firm.Leader, resume, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
        await host.Done(firm.Leader, resume);

        (await host.Verify(firm.VerifyCode)).Licence!.Standing.ShouldBeNull();
        var again = await Begin(firm, "begin");
        today = host.Clock.Today();
        (await host.Page(firm.Leader, again, "period", ("suspension.reason", "difficulty"), ("suspension.from", $"{today:yyyy-MM-dd}"), ("suspension.to", $"{today.AddYears(3):yyyy-MM-dd}"),
            ("suspension.deliveryInstead", "no"))).ShouldHaveSingleItem().Message.ShouldContain("以前用了 10 天");
    }

    private async Task<Guid> Begin(Firm firm, string step, bool allowed = true)
    {
        var draft = await host.As(firm.Leader).Send(new StartCase("business-suspension"));
        var problems = await host.Page(firm.Leader, draft, "entity", ("suspension.step", step));
        if (allowed)
            problems.ShouldBeEmpty();
        return draft;
    }
}
