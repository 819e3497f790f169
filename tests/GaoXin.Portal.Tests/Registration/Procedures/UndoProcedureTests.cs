using GaoXin.Portal.Cases;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Registration;
using GaoXin.Portal.Registration.Procedures;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Registration.Procedures;

/// <summary>撤销决定 of each procedure: the register, the licence and what everybody reads are as before. 变更 has its test beside the change.</summary>
public sealed class UndoProcedureTests(ProcedureHost host) : IClassFixture<ProcedureHost>
{
    [Fact]
    public async Task Further_premises_go_from_the_licence_again()
    {
        var firm = await host.NewFirm();
        var draft = await host.As(firm.Leader).Send(new StartCase("multi-address-filing"));
        (await host.Page(firm.Leader, draft, "entity")).ShouldBeEmpty();
        const string Row = "otherPremises/r1/otherPremises.";
        (await host.Page(firm.Leader, draft, "premises", (Row + "division", "410172560"), (Row + "address", "郑州高新区示例路 18 号传感谷 B 座"), (Row + "room", "108 室"), (Row + "licensed", "no"))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "commitment", ("commitment.otherPremises", "yes"), ("commitment.truthful", "yes"))).ShouldBeEmpty();
        var done = await host.Done(firm.Leader, draft);
        var filed = await host.CurrentCode(firm);

        await host.Revoke(done.Case.Id);

        (await host.Verify(filed)).Outcome.ShouldBe(LicenceOutcome.Revoked);
        (await Valid(firm)).Facts.ShouldNotContain(f => f.Label.StartsWith("经营场所", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_suspension_is_as_if_it_had_never_been_filed()
    {
        var firm = await host.NewFirm();
        var today = host.Clock.Today();
        var draft = await host.As(firm.Leader).Send(new StartCase("business-suspension"));
        (await host.Page(firm.Leader, draft, "entity", ("suspension.step", "begin"))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "period", ("suspension.reason", "difficulty"), ("suspension.from", $"{today:yyyy-MM-dd}"), ("suspension.to", $"{today.AddDays(30):yyyy-MM-dd}"), ("suspension.deliveryInstead", "no")))
            .ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "commitment", ("commitment.employees", "yes"), ("commitment.truthful", "yes"))).ShouldBeEmpty();
        var done = await host.Done(firm.Leader, draft);
        (await host.Verify(firm.VerifyCode)).Licence!.Standing.ShouldNotBeNull();

        await host.Revoke(done.Case.Id);

        (await host.Verify(firm.VerifyCode)).Licence!.Standing.ShouldBeNull();
        (await host.InDatabase(db => db.Suspensions.CountAsync(s => s.EntityId == firm.EntityId))).ShouldBe(0);
    }

    [Fact]
    public async Task A_notice_is_withdrawn_and_another_may_be_published()
    {
        var firm = await host.NewFirm(sole: true);
        var done = await host.Done(firm.Leader, await Simple(firm, "publish"));

        await host.Revoke(done.Case.Id);

        (await host.Send(new GetDeregistrationNotices(firm.CreditCode))).Items.ShouldHaveSingleItem().State.ShouldBe(DeregistrationNoticeState.Withdrawn);
        await host.Done(firm.Leader, await Simple(firm, "publish"));
    }

    [Fact]
    public async Task A_simple_deregistration_is_taken_back_and_the_company_goes_on()
    {
        var firm = await host.NewFirm(sole: true);
        await host.Done(firm.Leader, await Simple(firm, "publish"));
        host.Clock.Advance(TimeSpan.FromDays(21));
        var filed = await host.File(firm.Leader, await Simple(firm, "apply"));
        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Deregistered);

        await host.Revoke(filed.CaseId);

        await GoesOn(firm);
    }

    [Fact]
    public async Task A_deregistration_after_liquidation_is_taken_back_and_the_company_goes_on()
    {
        var firm = await host.NewFirm(sole: true);
        var draft = await host.As(firm.Leader).Send(new StartCase("company-deregistration"));
        (await host.Page(firm.Leader, draft, "employer")).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "liquidation", ("close.reason", "resolved"), ("close.decidedOn", Before(80)), ("liquidation.head.name", "演示丙"), ("liquidation.head.idNo", firm.LeaderNumber),
            ("liquidation.formedOn", Before(79)), ("liquidation.notifiedOn", Before(78)), ("liquidation.announcedOn", Before(78)), ("liquidation.endedOn", Before(3)))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "closing", ("close.taxClearance", "GX20261101000002"), ("simple.licence", "none"))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
        var filed = await host.File(firm.Leader, draft);
        await host.Approve(filed.CaseId);
        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Deregistered);

        await host.Revoke(filed.CaseId);

        await GoesOn(firm);
    }

    [Fact]
    public async Task A_converted_shop_is_a_shop_again_under_its_old_name()
    {
        var shop = await host.NewShop();
        var before = await host.Entity(shop);
        var done = await host.Done(shop.Leader, await host.Conversion(shop));
        var company = await host.CurrentCode(shop);

        await host.Revoke(done.Case.Id);

        var after = await host.Entity(shop);
        (after.Kind, after.Name, after.Type, after.Capital, after.Version).ShouldBe((EntityKind.IndividualBusiness, before.Name, before.Type, before.Capital, 3));
        (await host.Verify(company)).Outcome.ShouldBe(LicenceOutcome.Revoked);
        (await Valid(shop)).HolderName.ShouldBe(before.Name);
    }

    [Fact]
    public async Task A_changed_shop_has_its_old_name_again()
    {
        var shop = await host.NewShop();
        var before = await host.Entity(shop);
        var draft = await host.As(shop.Leader).Send(new StartCase("individual-business-change"));
        (await host.Page(shop.Leader, draft, "entity", ("business.change.items", "name"))).ShouldBeEmpty();
        (await host.Page(shop.Leader, draft, "name", ("company.name.tradeName", "黄杨"))).ShouldBeEmpty();
        (await host.Page(shop.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
        var done = await host.Done(shop.Leader, draft);

        await host.Revoke(done.Case.Id);

        (await host.Entity(shop)).Name.ShouldBe(before.Name);
        (await Valid(shop)).HolderName.ShouldBe(before.Name);
    }

    [Fact]
    public async Task A_closed_shop_is_open_again()
    {
        var shop = await host.NewShop();
        var draft = await host.As(shop.Leader).Send(new StartCase("individual-business-deregistration"));
        (await host.Page(shop.Leader, draft, "entity")).ShouldBeEmpty();
        (await host.Page(shop.Leader, draft, "closing", ("simple.debts", "never"), ("simple.licence", "none"), ("commitment.businessDebts", "yes"))).ShouldBeEmpty();
        (await host.Page(shop.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
        var done = await host.Done(shop.Leader, draft);

        await host.Revoke(done.Case.Id);

        await GoesOn(shop);
    }

    private async Task GoesOn(Firm firm)
    {
        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Registered);
        (await Valid(firm)).Standing.ShouldBeNull();
        (await host.As(firm.Leader).Send(new GetMyEnterprises())).Enterprises.Select(e => e.CreditCode).ShouldBe([firm.CreditCode]);
        (await host.InDatabase(db => db.Names.CountAsync(n => n.EntityId == firm.EntityId && n.ReleasedAt == null && n.ExpiresOn == null))).ShouldBe(1);
    }

    private async Task<VerifiedLicence> Valid(Firm firm)
    {
        var check = await host.Verify(await host.CurrentCode(firm));
        check.Outcome.ShouldBe(LicenceOutcome.Valid);
        return check.Licence.ShouldNotBeNull();
    }

    private async Task<Guid> Simple(Firm firm, string step)
    {
        var draft = await host.As(firm.Leader).Send(new StartCase("company-simple-deregistration"));
        (await host.Page(firm.Leader, draft, "entity", ("simple.step", step))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "closing", ("simple.debts", "never"), ("simple.licence", "none"), ("commitment.investors", "yes"))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
        return draft;
    }

    private string Before(int days) => $"{host.Clock.Today().AddDays(-days):yyyy-MM-dd}";
}
