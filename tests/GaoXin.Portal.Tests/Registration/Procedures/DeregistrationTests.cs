using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Registration;
using GaoXin.Portal.Registration.Procedures;

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
    public void Each_day_of_the_law_is_kept(string path, string day, bool warns, string says) =>
        LiquidationFiling.Bind(Liquidation.With(path, day)).Problems(Today, Calendar).ShouldContain(p => p.Path == path && p.IsWarning == warns && p.Message.Contains(says, StringComparison.Ordinal));

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

        await host.Approve(filed.CaseId);

        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Deregistered);
        (await host.Verify(firm.VerifyCode)).Outcome.ShouldBe(LicenceOutcome.Cancelled);
        (await host.As(firm.Leader with { ActingForEnterpriseId = null }).Send(new GetCaseTrack(filed.CaseId))).Case.Outcome.ShouldBe(CaseOutcome.Approved);
    }
}
