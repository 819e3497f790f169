using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Registration;
using GaoXin.Portal.Registration.Procedures;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Registration.Procedures;

/// <summary>个转企: the same entry goes on as a company.</summary>
public sealed class ConversionTests(ProcedureHost host) : IClassFixture<ProcedureHost>
{
    [Fact]
    public async Task A_shop_becomes_a_company_in_one_step_and_keeps_its_code_and_its_day()
    {
        var shop = await host.NewShop();
        var before = await host.Entity(shop);
        var draft = await host.Conversion(shop, withPartner: true);
        var documents = (await host.As(shop.Leader).Send(new GetCaseCheck(draft))).Documents.Select(d => d.Title).ToList();
        documents.ShouldContain("债权债务处理说明");
        documents.ShouldContain(d => d.EndsWith("章程", StringComparison.Ordinal));

        await host.Done(shop.Leader, draft, shop.Partner.User);

        var after = await host.Entity(shop);
        (after.Kind, after.Type, after.Version, after.Capital).ShouldBe((EntityKind.Company, "有限责任公司（自然人投资或控股）", 2, 100));
        (after.CreditCode, after.EstablishedOn, after.Domicile, after.ScopeText).ShouldBe((before.CreditCode, before.EstablishedOn, before.Domicile, before.ScopeText));
        after.CreditCode.ShouldStartWith("92");
        after.Name.ShouldNotBeNull().ShouldEndWith("商贸有限公司");
        (await host.Verify(shop.VerifyCode)).Outcome.ShouldBe(LicenceOutcome.Superseded);
        var licence = (await host.Verify(await host.CurrentCode(shop))).Licence.ShouldNotBeNull();
        (licence.Version, licence.HolderName).ShouldBe((2, after.Name));
        var versions = await host.InDatabase(db => db.MarketEntityVersions.AsNoTracking().Where(v => v.EntityId == shop.EntityId).OrderBy(v => v.Number).ToListAsync());
        versions.Select(v => (v.Kind, v.ValidTo is null)).ShouldBe([(EntityKind.IndividualBusiness, false), (EntityKind.Company, true)]);
        (await host.As(shop.Leader).Send(new GetMyEnterprises())).Enterprises.Single().Name.ShouldBe(after.Name);
        // The shop's name stays taken for a year: nobody opens beside the company under it.
        (await host.InDatabase(db => db.Names.AsNoTracking().SingleAsync(n => n.EntityId == shop.EntityId && n.Name == before.Name))).ReleasedAt.ShouldBeNull();
    }

    [Fact]
    public async Task What_an_officer_has_to_see_stands_first_in_the_list_and_is_handed_out_first()
    {
        var plain = await host.NewShop();
        var change = await host.As(plain.Leader).Send(new StartCase("individual-business-change"));
        (await host.Page(plain.Leader, change, "entity", ("business.change.items", "scope"))).ShouldBeEmpty();
        (await host.Page(plain.Leader, change, "scope", ("company.scope", "YB1501,XK2002"))).ShouldBeEmpty();
        (await host.Page(plain.Leader, change, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
        await host.File(plain.Leader, change);
        var shop = await host.NewShop(scope: "XK2002");
        var filed = await host.File(shop.Leader, await host.Conversion(shop));

        var desk = host.As(TestUsers.Officer());
        var lines = (await desk.Send(new GetWorkList())).Page.Items;
        var green = lines.Select(l => l.Green).ToList();
        green.ShouldBe(green.OrderByDescending(g => g));
        lines.TakeWhile(l => l.Green).Select(l => l.Id).ShouldContain(filed.CaseId);
        lines.ShouldContain(l => !l.Green);
        (await desk.Send(new GetCaseForReview(filed.CaseId))).Line.Green.ShouldBeTrue("the officer who opens it sees why it came first");
        (await desk.Send(new ClaimNextCase())).ShouldBe(lines.First(l => l.Green && !l.Mine && !l.ClaimedByOther).Id);

        await host.As(shop.Leader).Send(new WithdrawCase(filed.CaseId));
        await host.DrainOutbox();
        (await host.Entity(shop)).Kind.ShouldBe(EntityKind.IndividualBusiness);
        (await host.Verify(shop.VerifyCode)).Outcome.ShouldBe(LicenceOutcome.Valid);
    }

    [Fact]
    public async Task Tax_owed_leaves_it_to_an_officer_who_converts_it()
    {
        var shop = await host.NewShop();
        await host.Add(new EntityMark { CreditCode = shop.CreditCode, Kind = EntityMarkKind.TaxOwed });
        var draft = await host.Conversion(shop);
        (await host.As(shop.Leader).Send(new GetCaseCheck(draft))).ReferReasons.ShouldHaveSingleItem().ShouldContain("税款");

        await host.Approve((await host.File(shop.Leader, draft)).CaseId);

        (await host.Entity(shop)).Type.ShouldBe("有限责任公司（自然人独资）");
    }

    [Fact]
    public async Task The_operator_stays_a_shareholder_and_a_company_is_converted_no_more()
    {
        var shop = await host.NewShop();
        var draft = await host.Conversion(shop);
        var row = (await host.As(shop.Leader).Send(new GetFormPage(draft, "shareholders"))).Fields.Single(f => f.Path == "shareholders").Rows.Single().Id;
        (await host.Page(shop.Leader, draft, "shareholders", ($"shareholders/{row}/shareholder.name", shop.Partner.Name), ($"shareholders/{row}/shareholder.idNo", shop.Partner.IdNumber)))
            .ShouldHaveSingleItem().Message.ShouldContain("原来的经营者");

        var firm = await host.NewFirm();
        var second = await host.As(firm.Leader).Send(new StartCase("individual-to-enterprise"));
        (await host.Page(firm.Leader, second, "entity")).ShouldHaveSingleItem().Message.ShouldBe(ProcedureProblems.NotABusiness.Message);
    }

    [Fact]
    public async Task Of_two_who_read_the_same_version_one_converts_it()
    {
        var shop = await host.NewShop();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => host.InScope(async services =>
        {
            var (register, db) = (services.GetRequiredService<EntityRegister>(), services.GetRequiredService<PortalDbContext>());
            var read = (await register.Find(shop.CreditCode, default)).ShouldNotBeNull();
            await using var transaction = await db.Database.BeginTransactionAsync();
            try
            {
                await register.Amend(read, CompanySetup.Bind(Filing.Company(), host.Clock.Today()), Guid.CreateVersion7(), default);
                await transaction.CommitAsync();
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        })));
        outcomes.Count(o => o).ShouldBeLessThanOrEqualTo(1);
        (await host.Entity(shop)).Version.ShouldBe(2);
    }
}
