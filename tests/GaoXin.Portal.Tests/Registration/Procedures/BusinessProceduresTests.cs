using GaoXin.Portal.Cases;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Registration;
using GaoXin.Portal.Registration.Procedures;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Registration.Procedures;

/// <summary>个体工商户变更、注销 on the same register as companies.</summary>
public sealed class BusinessProceduresTests(ProcedureHost host) : IClassFixture<ProcedureHost>
{
    [Fact]
    public async Task A_new_name_and_address_give_the_shop_its_next_licence_at_once()
    {
        var shop = await host.NewShop();
        var before = await host.Entity(shop);
        var draft = await Begin(shop, "name,address");
        (await host.Page(shop.Leader, draft, "name", ("company.name.tradeName", "红枫"))).ShouldBeEmpty();
        (await host.Page(shop.Leader, draft, "address", ("company.premises.room", "206 室"), ("commitment.premises", "yes"))).ShouldBeEmpty();
        await Finish(shop, draft);
        await host.Done(shop.Leader, draft);

        var after = await host.Entity(shop);
        (after.Name, after.Version, after.CreditCode, after.Kind).ShouldBe(("郑州红枫百货店", 2, before.CreditCode, EntityKind.IndividualBusiness));
        after.Domicile.ShouldEndWith("206 室");
        (await host.Verify(shop.VerifyCode)).Outcome.ShouldBe(LicenceOutcome.Superseded);
        (await host.Verify(await host.CurrentCode(shop))).Licence!.HolderName.ShouldBe("郑州红枫百货店");
        (await host.InDatabase(db => db.Names.AsNoTracking().SingleAsync(n => n.EntityId == shop.EntityId && n.Name == before.Name))).ExpiresOn.ShouldBe(host.Clock.Today().AddYears(1));
    }

    [Fact]
    public async Task A_name_can_be_given_up_and_taken_up_again()
    {
        var shop = await host.NewShop();
        var draft = await Begin(shop, "name");
        (await host.Page(shop.Leader, draft, "name", ("business.named", "no"))).ShouldBeEmpty();
        await Finish(shop, draft);
        await host.Done(shop.Leader, draft);
        (await host.Entity(shop)).Name.ShouldBeNull();

        var again = await Begin(shop, "name");
        (await host.Page(shop.Leader, again, "name", ("business.named", "yes"), ("company.name.region", "郑州"), ("company.name.tradeName", "紫藤"), ("company.name.industry", "百货"), ("business.name.form", "店")))
            .ShouldBeEmpty();
        await Finish(shop, again);
        await host.Done(shop.Leader, again);
        (await host.Entity(shop)).Name.ShouldBe("郑州紫藤百货店");
    }

    [Fact]
    public async Task The_new_operator_signs_and_then_acts_for_the_shop_alone()
    {
        var shop = await host.NewShop();
        var draft = await Begin(shop, "operator");
        (await host.Page(shop.Leader, draft, "operator", ("operator.name", "演示丙"), ("operator.idNo", shop.LeaderNumber), ("operator.phone", "13800000000"), ("operator.address", "郑州高新区样本街 9 号")))
            .ShouldHaveSingleItem().Message.ShouldContain("和登记的一样");
        (await host.Page(shop.Leader, draft, "operator", ("operator.name", shop.Partner.Name), ("operator.idNo", shop.Partner.IdNumber), ("operator.phone", shop.Partner.Phone))).ShouldBeEmpty();
        await Finish(shop, draft);
        await host.Done(shop.Leader, draft, shop.Partner.User);

        (await host.Entity(shop)).CreditCode.ShouldBe(shop.CreditCode);
        (await host.As(shop.Partner.User).Send(new GetMyEnterprises())).Enterprises.Select(e => e.CreditCode).ShouldBe([shop.CreditCode]);
        (await host.As(shop.Leader).Send(new GetMyEnterprises())).Enterprises.ShouldBeEmpty();
    }

    [Fact]
    public async Task Family_that_joins_signs_and_the_licence_says_family()
    {
        var shop = await host.NewShop();
        var draft = await Begin(shop, "family");
        (await host.Page(shop.Leader, draft, "family", ("business.composition", "family"), ("family/r1/family.name", shop.Partner.Name), ("family/r1/family.idNo", shop.Partner.IdNumber))).ShouldBeEmpty();
        await Finish(shop, draft);
        await host.Done(shop.Leader, draft, shop.Partner.User);

        (await host.Entity(shop)).Type.ShouldBe("个体工商户（家庭经营）");
    }

    [Theory]
    [InlineData("name", "name", "company.name.tradeName", null, "和登记的一样")]
    [InlineData("name", "name", "business.name.form", "公司", "")]
    [InlineData("scope", "scope", "company.scope", null, "和登记的一样")]
    [InlineData("scope", "scope", "company.scope", "JZ9001", "禁止经营")]
    public async Task The_rules_of_set_up_hold_for_what_changes(string item, string page, string path, string? value, string says)
    {
        var shop = await host.NewShop();
        var draft = await Begin(shop, item);
        (await host.Page(shop.Leader, draft, page, value is null ? [] : [(path, value)])).ShouldContain(p => p.Message.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_shop_without_debts_is_closed_at_once_without_a_notice()
    {
        var shop = await host.NewShop();
        var notice = (await host.Done(shop.Leader, await Closing(shop))).Case.LicenceId;

        (await host.Entity(shop)).Status.ShouldBe(EntityStatus.Deregistered);
        (await host.Verify(shop.VerifyCode)).Outcome.ShouldBe(LicenceOutcome.Cancelled);
        notice.ShouldNotBeNull();
        (await host.InDatabase(db => db.DeregistrationNotices.CountAsync(n => n.EntityId == shop.EntityId))).ShouldBe(0);
        (await host.As(shop.Leader with { ActingForEnterpriseId = null }).Send(new GetMyEnterprises())).Enterprises.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tax_owed_stops_it_with_what_to_do()
    {
        var shop = await host.NewShop();
        await host.Add(new EntityMark { CreditCode = shop.CreditCode, Kind = EntityMarkKind.TaxOwed });
        (await host.As(shop.Leader).Send(new GetCaseCheck(await Closing(shop)))).Problems.ShouldHaveSingleItem().Message.ShouldContain("税务局");
        (await host.Entity(shop)).Status.ShouldBe(EntityStatus.Registered);
    }

    [Theory]
    [InlineData("individual-business-change")]
    [InlineData("individual-business-deregistration")]
    public async Task A_company_is_sent_to_the_procedures_of_companies(string service)
    {
        var firm = await host.NewFirm();
        var draft = await host.As(firm.Leader).Send(new StartCase(service));
        (await host.Page(firm.Leader, draft, "entity", service.EndsWith("change", StringComparison.Ordinal) ? [("business.change.items", "scope")] : [])).ShouldHaveSingleItem()
            .Message.ShouldBe(ProcedureProblems.NotABusiness.Message);
    }

    private async Task<Guid> Begin(Firm shop, string items)
    {
        var draft = await host.As(shop.Leader).Send(new StartCase("individual-business-change"));
        (await host.Page(shop.Leader, draft, "entity", ("business.change.items", items))).ShouldBeEmpty();
        return draft;
    }

    private async Task<Guid> Closing(Firm shop)
    {
        var draft = await host.As(shop.Leader).Send(new StartCase("individual-business-deregistration"));
        (await host.Page(shop.Leader, draft, "entity")).ShouldBeEmpty();
        (await host.Page(shop.Leader, draft, "closing", ("simple.debts", "never"), ("simple.licence", "none"), ("commitment.businessDebts", "yes"))).ShouldBeEmpty();
        await Finish(shop, draft);
        return draft;
    }

    private async Task Finish(Firm shop, Guid draft) => (await host.Page(shop.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
}
