using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Registration;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Registration.Procedures;

/// <summary>公司变更登记 from the register's values to the next licence version.</summary>
public sealed class CompanyChangeTests(ProcedureHost host) : IClassFixture<ProcedureHost>
{
    [Fact]
    public async Task A_new_name_and_address_are_approved_at_once_and_the_licence_gets_its_next_version()
    {
        var firm = await host.NewFirm();
        var before = await host.Entity(firm);
        var draft = await Begin(firm, "name,address");
        var name = (await host.As(firm.Leader).Send(new GetFormPage(draft, "name"))).Fields.Single(f => f.Path == "company.name.industry");
        (name.Value, name.Origin!.Source).ShouldBe(("智能科技", "entity-register"));
        (await host.Page(firm.Leader, draft, "name", ("company.name.tradeName", "银杏"))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "address", ("company.premises.ownership", "park"), ("company.premises.address", "郑州高新区示例路 18 号传感谷 B 座"),
            ("company.premises.room", "808 室"), ("commitment.premises", "yes"))).ShouldBeEmpty();
        await Finish(firm, draft);
        var track = await host.Done(firm.Leader, draft);

        var after = await host.Entity(firm);
        (after.Name, after.Domicile, after.Version, after.CreditCode).ShouldBe(("郑州银杏智能科技有限公司", "郑州高新区示例路 18 号传感谷 B 座 808 室", 2, firm.CreditCode));
        (await host.Verify(firm.VerifyCode)).Outcome.ShouldBe(LicenceOutcome.Superseded);
        var now = await host.Verify(await host.CurrentCode(firm));
        (now.Outcome, now.Licence!.Version, now.Licence.HolderName).ShouldBe((LicenceOutcome.Valid, 2, "郑州银杏智能科技有限公司"));
        track.Case.LicenceId.ShouldNotBeNull();
        var versions = await host.InDatabase(db => db.MarketEntityVersions.AsNoTracking().Where(v => v.EntityId == firm.EntityId).OrderBy(v => v.Number).ToListAsync());
        versions.Select(v => (v.Number, v.ValidTo is null)).ShouldBe([(1, false), (2, true)]);
        (await host.As(firm.Leader).Send(new GetMyEnterprises())).Enterprises.Single().Name.ShouldBe("郑州银杏智能科技有限公司");
        // The old name stays taken for a year, then it is free.
        var old = await host.InDatabase(db => db.Names.AsNoTracking().SingleAsync(n => n.EntityId == firm.EntityId && n.Name == before.Name));
        (old.ExpiresOn, old.ReleasedAt).ShouldBe((host.Clock.Today().AddYears(1), null));
    }

    [Fact]
    public async Task A_licensed_item_is_left_to_an_officer_and_a_general_one_is_not()
    {
        var firm = await host.NewFirm();
        var draft = await Begin(firm, "scope");
        (await host.Page(firm.Leader, draft, "scope", ("company.scope", "YB1001,YB1101,XK2002"))).ShouldBeEmpty();
        await Finish(firm, draft);
        var filed = await host.File(firm.Leader, draft);
        (await host.As(firm.Leader).Send(new GetCaseTrack(filed.CaseId))).Case.State.ShouldBe(CaseState.Submitted);
        (await host.Entity(firm)).Version.ShouldBe(1);

        await host.Approve(filed.CaseId);

        (await host.Entity(firm)).ScopeText.ShouldContain("许可项目：餐饮服务");
        var second = await Begin(firm, "scope");
        (await host.Page(firm.Leader, second, "scope", ("company.scope", "YB1001,XK2002"))).ShouldBeEmpty();
        await Finish(firm, second);
        await host.Done(firm.Leader, second);
        (await host.Entity(firm)).ScopeCodes.ShouldBe(["YB1001", "XK2002"]);
    }

    [Fact]
    public async Task A_second_change_of_the_company_is_refused_while_one_is_open()
    {
        var firm = await host.NewFirm();
        var open = await Begin(firm, "scope");
        (await host.Page(firm.Leader, open, "scope", ("company.scope", "YB1001,XK2002"))).ShouldBeEmpty();
        await Finish(firm, open);
        var filed = await host.File(firm.Leader, open);

        var second = await host.As(firm.Leader).Send(new StartCase("company-change"));
        var problem = (await Entity(firm, second, "name")).ShouldHaveSingleItem();
        (problem.Path, problem.Message).ShouldBe(("employer.creditCode", RegistrationRefusals.ProcedureOpen().Message));

        await host.As(firm.Leader).Send(new WithdrawCase(filed.CaseId));
        (await Entity(firm, second, "name")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_register_itself_lets_one_of_two_changes_in()
    {
        var firm = await host.NewFirm();
        Guid[] cases = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        var outcomes = await Task.WhenAll(cases.Select(async id =>
        {
            try
            {
                await host.Add(new Portal.Registration.Procedures.RegisterProcedure
                {
                    CaseId = id,
                    EntityId = firm.EntityId,
                    Handler = "registration.change",
                    ApplicantId = firm.Leader.Id,
                    Payload = [1],
                    SubmittedAt = host.Clock.GetUtcNow(),
                });
                return true;
            }
            catch (DbUpdateException)
            {
                return false;
            }
        }));
        outcomes.Count(o => o).ShouldBe(1);
    }

    [Fact]
    public async Task Who_sells_and_who_buys_a_share_sign_both_and_nobody_else()
    {
        var (firm, buyer, stranger) = (await host.NewFirm(), await host.NewPerson(1991), await host.NewPerson(1992));
        var draft = await Begin(firm, "shareholders");
        (await host.Page(firm.Leader, draft, "shareholders", ("shareholders/r2/shareholder.name", buyer.Name), ("shareholders/r2/shareholder.idNo", buyer.IdNumber),
            ("shareholders/r2/shareholder.phone", buyer.Phone))).ShouldBeEmpty();
        await Finish(firm, draft);
        var hash = (await host.As(firm.Leader).Send(new GetCaseCheck(draft))).ContentHash;
        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger.User).Send(new SignCase(draft, hash)));

        await host.Done(firm.Leader, draft, firm.Partner.User, buyer.User);

        (await host.Entity(firm)).Type.ShouldBe("有限责任公司（自然人投资或控股）");
    }

    [Fact]
    public async Task The_new_legal_representative_signs_and_then_the_old_one_acts_for_the_company_no_more()
    {
        var (firm, next) = (await host.NewFirm(), await host.NewPerson(1983));
        var draft = await Begin(firm, "legal-rep");
        (await host.Page(firm.Leader, draft, "representative", ("legalRep.name", firm.Partner.Name), ("legalRep.idNo", firm.Partner.IdNumber), ("legalRep.phone", firm.Partner.Phone),
            ("legalRep.position", "director"))).ShouldHaveSingleItem().Message.ShouldContain("监事");
        (await host.Page(firm.Leader, draft, "representative", ("legalRep.name", next.Name), ("legalRep.idNo", next.IdNumber), ("legalRep.phone", next.Phone), ("legalRep.position", "director"))).ShouldBeEmpty();
        await Finish(firm, draft);
        await host.Done(firm.Leader, draft, next.User);

        (await host.As(next.User).Send(new GetMyEnterprises())).Enterprises.Select(e => e.CreditCode).ShouldBe([firm.CreditCode]);
        (await host.As(firm.Leader).Send(new GetMyEnterprises())).Enterprises.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_foreign_and_an_unknown_credit_code_are_answered_alike()
    {
        var (firm, stranger) = (await host.NewFirm(), await host.NewCitizen(1990));
        var draft = await host.As(stranger).Send(new StartCase("company-change"));
        var answers = new List<string>();
        foreach (var code in new[] { firm.CreditCode, CreditCode.Compose("91", "410100", "MAYYYYY1").Code })
        {
            var problem = (await host.Page(stranger, draft, "entity", ("employer.name", "郑州演示有限公司"), ("employer.creditCode", code), ("change.items", "name"),
                ("change.decidedOn", "2026-11-20"))).Single(p => p.Path == "employer.creditCode");
            answers.Add(problem.Message);
        }

        answers.Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("scope", "scope", "company.scope", null, "和登记的一样")]
    [InlineData("capital", "shareholders", "company.capital", null, "和登记的一样")]
    [InlineData("capital", "shareholders", "company.capital", "200", "还差 100 万元")]
    [InlineData("shareholders", "shareholders", "shareholders/r1/shareholder.subscribed", "70", "多出 10 万元")]
    [InlineData("name", "name", "company.name.tradeName", "美国梦", "外国国家")]
    [InlineData("scope", "scope", "company.scope", "JZ9001", "禁止经营")]
    public async Task The_rules_of_set_up_hold_for_what_changes(string item, string page, string path, string? value, string says)
    {
        var firm = await host.NewFirm();
        var draft = await Begin(firm, item);
        var problems = await host.Page(firm.Leader, draft, page, value is null ? [] : [(path, value)]);
        problems.ShouldContain(p => p.Message.Contains(says, StringComparison.Ordinal), string.Join('\n', problems));
    }

    [Theory]
    [InlineData("2026-11-01", false)]
    [InlineData("2026-09-01", true)]
    public async Task Less_capital_waits_for_the_creditors_and_goes_to_an_officer(string announced, bool ready)
    {
        var firm = await host.NewFirm();
        var draft = await Begin(firm, "capital");
        var problems = await host.Page(firm.Leader, draft, "shareholders", ("company.capital", "50"), ("shareholders/r1/shareholder.subscribed", "30"),
            ("shareholders/r2/shareholder.subscribed", "20"), ("change.announcedOn", announced));
        if (!ready)
        {
            problems.ShouldHaveSingleItem().Message.ShouldContain("45 天");
            return;
        }

        problems.ShouldBeEmpty();
        await Finish(firm, draft);
        (await host.As(firm.Leader).Send(new GetCaseCheck(draft))).ReferReasons.ShouldContain(r => r.Contains("减少注册资本", StringComparison.Ordinal));
        await host.Approve((await host.File(firm.Leader, draft, firm.Partner.User)).CaseId);
        (await host.Entity(firm)).Capital.ShouldBe(50);
    }

    [Fact]
    public async Task A_revoked_change_puts_back_what_was_registered_with_a_licence_of_its_own()
    {
        var firm = await host.NewFirm();
        var before = await host.Entity(firm);
        var draft = await Begin(firm, "name");
        (await host.Page(firm.Leader, draft, "name", ("company.name.tradeName", "白桦"))).ShouldBeEmpty();
        await Finish(firm, draft);
        var track = await host.Done(firm.Leader, draft);
        var changed = await host.CurrentCode(firm);

        await host.As(TestUsers.Staff(Roles.SeniorOfficer)).Send(new RevokeDecision(track.Case.Id, "申请人提交的决议是伪造的，经核实撤销。"));
        await host.DrainOutbox();

        var after = await host.Entity(firm);
        (after.Name, after.Version).ShouldBe((before.Name, 3));
        (await host.Verify(changed)).Outcome.ShouldBe(LicenceOutcome.Revoked);
        var now = await host.Verify(await host.CurrentCode(firm));
        (now.Outcome, now.Licence!.HolderName, now.Licence.Version).ShouldBe((LicenceOutcome.Valid, before.Name, 3));
    }

    private Task<IReadOnlyList<FieldProblem>> Entity(Firm firm, Guid draft, string items) =>
        host.Page(firm.Leader, draft, "entity", ("change.items", items), ("change.decidedOn", "2026-11-20"), ("agent.name", "演示丙"), ("agent.phone", "13800000000"));

    private async Task<Guid> Begin(Firm firm, string items)
    {
        var draft = await host.As(firm.Leader).Send(new StartCase("company-change"));
        (await Entity(firm, draft, items)).ShouldBeEmpty();
        return draft;
    }

    private async Task Finish(Firm firm, Guid draft)
    {
        (await host.Page(firm.Leader, draft, "papers")).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
    }
}
