using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Registration;
using GaoXin.Portal.Registration.Procedures;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Registration.Procedures;

/// <summary>普通注销: liquidation, forty-five days for the creditors, taxes, and an officer who reads the report.</summary>
public sealed class DeregistrationTests(ProcedureHost host) : IClassFixture<ProcedureHost>
{
    private static readonly WorkingCalendar Calendar = new("test", [], [], [2026]);
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static Answers Liquidation => Answers.Empty.With("close.decidedOn", "2026-09-01").With("liquidation.formedOn", "2026-09-05").With("liquidation.notifiedOn", "2026-09-10")
        .With("liquidation.announcedOn", "2026-09-10").With("liquidation.endedOn", "2026-11-20");

    [Fact]
    public void A_liquidation_in_order_has_no_problem() => LiquidationFiling.Bind(Liquidation).Problems(Today, Calendar).ShouldBeEmpty();

    [Theory]
    [InlineData("liquidation.formedOn", "2026-08-31", false, "决定解散以后")]
    [InlineData("liquidation.formedOn", "2026-09-17", true, "15 天内成立")]
    [InlineData("liquidation.notifiedOn", "2026-09-04", false, "清算组成立以后")]
    [InlineData("liquidation.notifiedOn", "2026-09-16", true, "10 天内通知")]
    [InlineData("liquidation.announcedOn", "2026-09-04", false, "清算组成立以后")]
    [InlineData("liquidation.announcedOn", "2026-10-10", false, "公告要满 45 天")]
    [InlineData("liquidation.endedOn", "2026-10-20", false, "清算不能在这以前结束")]
    [InlineData("liquidation.formedOn", "2026-09-18", true, "晚了 2 天")]
    public void Each_day_of_the_law_is_kept(string path, string day, bool warns, string says) =>
        LiquidationFiling.Bind(Liquidation.With(path, day)).Problems(Today, Calendar).ShouldContain(p => p.Path == path && p.IsWarning == warns && p.Message.Contains(says, StringComparison.Ordinal));

    /// <summary>公司法 235: a known creditor has thirty days from the notice, also when that came late.</summary>
    [Fact]
    public void A_liquidation_does_not_end_before_the_creditor_who_was_told_last_could_declare() =>
        LiquidationFiling.Bind(Liquidation.With("liquidation.notifiedOn", "2026-11-02")).Problems(Today, Calendar)
            .ShouldContain(p => p.Path == "liquidation.endedOn" && !p.IsWarning && p.Message.Contains("2026年12月2日", StringComparison.Ordinal));

    [Fact]
    public void An_announcement_made_later_than_sixty_days_and_an_application_later_than_thirty_are_remarked()
    {
        var late = LiquidationFiling.Bind(Liquidation.With("liquidation.formedOn", "2026-06-01").With("close.decidedOn", "2026-06-01"));
        late.Problems(Today, Calendar).ShouldContain(p => p.IsWarning && p.Message.Contains("60 天内公告", StringComparison.Ordinal));
        LiquidationFiling.Bind(Liquidation).Problems(Today.AddDays(40), Calendar).ShouldHaveSingleItem().IsWarning.ShouldBeTrue();
    }

    [Fact]
    public async Task The_head_of_the_liquidation_signs_and_an_officer_ends_the_company()
    {
        var firm = await host.NewFirm();
        var draft = await host.As(firm.Leader).Send(new StartCase("company-deregistration"));
        (await host.Page(firm.Leader, draft, "employer")).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "liquidation", ("close.reason", "resolved"), ("close.decidedOn", "2026-09-01"), ("liquidation.head.name", firm.Partner.Name), ("liquidation.head.idNo", firm.Partner.IdNumber),
            ("liquidation.formedOn", "2026-09-05"), ("liquidation.notifiedOn", "2026-09-10"), ("liquidation.announcedOn", "2026-10-20"), ("liquidation.endedOn", "2026-11-20")))
            .ShouldHaveSingleItem().Message.ShouldContain("2026年12月");
        (await host.Page(firm.Leader, draft, "liquidation", ("liquidation.announcedOn", "2026-09-10"))).ShouldBeEmpty();
        await host.Add(new EntityMark { CreditCode = firm.CreditCode, Kind = EntityMarkKind.TaxOwed });
        (await host.Page(firm.Leader, draft, "closing", ("close.taxClearance", "GX20261101000002"), ("simple.licence", "lost"))).ShouldHaveSingleItem().Message.ShouldContain("清税申报");
        await host.InDatabase(async db =>
        {
            db.Remove((await db.FindAsync<EntityMark>([firm.CreditCode, EntityMarkKind.TaxOwed]))!);
            return await db.SaveChangesAsync();
        });
        (await host.Page(firm.Leader, draft, "closing")).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
        var filed = await host.File(firm.Leader, draft, firm.Partner.User);
        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Registered);
        (await Referred(filed.CaseId)).Keys.Single().ShouldBe("R-001", "nothing was missed, and somebody reads the report all the same");

        await host.Approve(filed.CaseId);

        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Deregistered);
        (await host.Verify(firm.VerifyCode)).Outcome.ShouldBe(LicenceOutcome.Cancelled);
        (await host.As(firm.Leader with { ActingForEnterpriseId = null }).Send(new GetCaseTrack(filed.CaseId))).Case.Outcome.ShouldBe(CaseOutcome.Approved);
    }

    [Fact]
    public async Task The_officer_sees_which_days_were_missed_and_what_other_registers_know()
    {
        var firm = await host.NewFirm();
        string Before(int days) => $"{host.Clock.Today().AddDays(-days):yyyy-MM-dd}";
        await host.Add(new EntityMark { CreditCode = firm.CreditCode, Kind = EntityMarkKind.Investment });
        var draft = await host.As(firm.Leader).Send(new StartCase("company-deregistration"));
        (await host.Page(firm.Leader, draft, "employer")).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "liquidation", ("close.reason", "resolved"), ("close.decidedOn", Before(120)), ("liquidation.head.name", firm.Partner.Name), ("liquidation.head.idNo", firm.Partner.IdNumber),
            ("liquidation.formedOn", Before(100)), ("liquidation.notifiedOn", Before(78)), ("liquidation.announcedOn", Before(99)), ("liquidation.endedOn", Before(3)))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "closing", ("close.taxClearance", "GX20261101000002"), ("simple.licence", "lost"))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
        var filed = await host.File(firm.Leader, draft, firm.Partner.User);

        var seen = await Referred(filed.CaseId);

        seen.Keys.ShouldBe(["R-001", "R-002", "R-003", "R-016"], ignoreOrder: true);
        seen["R-002"].Message.ShouldBe("清算组晚了 5 天才成立，由工作人员核对。");
        seen["R-003"].Message.ShouldNotBeNull().ShouldContain("晚了 12 天");
        seen["R-003"].Facts["liquidation.notifiedLate"].ShouldBe("12");
        var desk = await host.As(TestUsers.Officer()).Send(new GetCaseForReview(filed.CaseId));
        desk.Mendable.ShouldContain("liquidation.notifiedOn");
        desk.Mendable.ShouldNotContain("employer.creditCode", "it comes from the register and is locked");
        desk.Gives.ShouldBe("登记通知书（准予注销）");
    }

    [Theory]
    [InlineData(nameof(EntityMarkKind.EquityFrozen), "股权被冻结")]
    [InlineData(nameof(EntityMarkKind.Fine), "罚款没有缴清")]
    public async Task What_blocks_is_told_on_the_first_page(string mark, string says)
    {
        var firm = await host.NewFirm();
        await host.Add(new EntityMark { CreditCode = firm.CreditCode, Kind = Enum.Parse<EntityMarkKind>(mark) });
        var draft = await host.As(firm.Leader).Send(new StartCase("company-deregistration"));
        (await host.Page(firm.Leader, draft, "employer")).ShouldHaveSingleItem().Message.ShouldContain(says);
    }

    /// <summary>What the rules ask an officer to look at, by rule.</summary>
    private async Task<Dictionary<string, RuleResult>> Referred(Guid caseId) =>
        (await host.As(TestUsers.Officer()).Send(new GetCaseForReview(caseId))).Rules.Where(r => r.Outcome != RuleOutcome.Pass).ToDictionary(r => r.RuleId);
}
