using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Registration;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Registration;

public sealed class SetupHandlerTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_good_company_has_no_problem() => (await Check(Filing.Company())).ShouldBeEmpty();

    [Fact]
    public async Task A_good_individual_business_has_no_problem_with_a_name_or_without()
    {
        (await Check(Filing.IndividualBusiness(Filing.FreshTradeName()), "registration.individual")).ShouldAllBe(p => p.IsWarning);
        (await Check(Filing.IndividualBusiness(null), "registration.individual")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("company.name.tradeName", "😀😀", "company.name.tradeName", "规范汉字")]
    [InlineData("company.name.tradeName", "美国梦", "company.name.tradeName", "外国国家")]
    [InlineData("company.name.region", "高新区", "company.name.region", "不能单独使用")]
    [InlineData("company.name.form", "店", "company.name.form", "有限公司")]
    [InlineData("company.capital", "0", "company.capital", "大于 0")]
    [InlineData("company.capital", "99.99", "shareholders", "多出 0.01 万元")]
    [InlineData("company.scope", "QQ1", "company.scope", "不在规范目录")]
    [InlineData("company.scope", "JZ9001", "company.scope", "禁止经营")]
    [InlineData("company.premises.division", "410105001", "company.premises.division", "郑州高新区")]
    [InlineData("supervisor.from", "r1", "supervisor.from", "监事不能由")]
    [InlineData("legalRep.from", "r9", "legalRep.from", "重新选择")]
    [InlineData("shareholders/r2/shareholder.idNo", "110105194912310021", "shareholders/r2/shareholder.idNo", "身份证号不对")]
    [InlineData("shareholders/r2/shareholder.idNo", Filing.IdOfFirst, "shareholders/r2/shareholder.idNo", "前面已经填过")]
    [InlineData("shareholders/r2/shareholder.name", "演示😀", "shareholders/r2/shareholder.name", "表情")]
    [InlineData("shareholders/r2/shareholder.phone", "123", "shareholders/r2/shareholder.phone", "11 位")]
    [InlineData("shareholders/r2/shareholder.subscribed", "一百", "shareholders/r2/shareholder.subscribed", "要填数字")]
    [InlineData("shareholders/r2/shareholder.dueDate", "2099-01-01", "shareholders/r2/shareholder.dueDate", "五年内")]
    public async Task Bad_input_is_explained_at_its_field(string path, string value, string at, string says)
    {
        var problems = await Check(Filing.Company().WithAt(path, value));
        problems.Where(p => p.Path == at).ShouldContain(p => p.Message.Contains(says, StringComparison.Ordinal), string.Join('\n', problems));
    }

    [Fact]
    public async Task An_enterprise_as_shareholder_needs_a_right_credit_code_and_somebody_who_signs_for_it()
    {
        var answers = Filing.WithEnterprise();
        (await Check(answers)).ShouldBeEmpty();
        (await Check(answers.WithAt("shareholders/r2/shareholder.creditCode", "91410100MA0000015C"))).ShouldHaveSingleItem().Path.ShouldBe("shareholders/r2/shareholder.creditCode");
        (await Check(answers.WithAt("shareholders/r2/shareholder.representative.idNo", null))).ShouldHaveSingleItem().Path.ShouldBe("shareholders/r2/shareholder.representative.idNo");
        (await Check(answers.WithAt("shareholders/r2/shareholder.representative.name", null))).ShouldHaveSingleItem().Path.ShouldBe("shareholders/r2/shareholder.representative.name");
    }

    [Fact]
    public async Task The_legal_representative_of_an_enterprise_signs_for_it()
    {
        var signatories = await Handler("registration.company", h => Task.FromResult(h.Signatories(Filing.Case(Filing.WithEnterprise()))));
        signatories.ShouldContain(new Signatory("演示乙", Filing.IdOfSecond, "企业股东的法定代表人"));
    }

    [Fact]
    public async Task A_representative_whom_the_register_does_not_name_goes_to_an_officer()
    {
        (await Facts(Filing.WithEnterprise()))["shareholders.representativesKnown"].ShouldBe(false);
        var code = Filing.EnterpriseCode;
        await host.InScope(async services =>
        {
            var (db, cipher) = (services.GetRequiredService<PortalDbContext>(), services.GetRequiredService<PersonalDataCipher>());
            db.Add(new MarketEntity
            {
                CreditCode = code,
                Kind = EntityKind.Company,
                Type = "有限责任公司（自然人独资）",
                Domicile = "郑州高新区演示大道 1 号",
                AddressKey = Guid.NewGuid().ToString(),
                RepresentativeSecret = cipher.Protect("演示乙", MarketEntity.RepresentativePurpose),
                RepresentativeHash = cipher.Hash(Filing.IdOfSecond, MarketEntity.RepresentativeKind),
                ScopeCodes = ["YB1001"],
                ScopeText = "一般项目",
                IndustryCode = "I6513",
                EstablishedOn = Filing.Today.AddYears(-1),
            }.Named("演示投资有限公司"));
            await db.SaveChangesAsync(Ct);
        });
        (await Facts(Filing.WithEnterprise()))["shareholders.representativesKnown"].ShouldBe(true);
        (await Facts(Filing.WithEnterprise().WithAt("shareholders/r2/shareholder.representative.idNo", Filing.IdOfFirst)))["shareholders.representativesKnown"].ShouldBe(false);
    }

    [Fact]
    public async Task Fifty_persons_are_looked_up_in_one_statement()
    {
        Task<int> Statements(int people) => host.InScope(async services =>
        {
            var before = host.Statements.All.Count;
            await services.GetRequiredService<IPeople>().FindAccountsByIdNumbers([.. Enumerable.Range(0, people).Select(IdNumber)], Ct);
            return host.Statements.All.Count - before;
        });
        (await Statements(50)).ShouldBe(1);
    }

    [Fact]
    public async Task Fifty_one_shareholders_are_one_too_many()
    {
        var rows = Enumerable.Range(0, 51).Select(i => Filing.Person($"r{i}", "演示甲", IdNumber(i), "1"));
        var answers = Filing.Company().WithRows("shareholders", rows).With("company.capital", "51").With("supervisor.from", "r3");
        (await Check(answers)).ShouldHaveSingleItem().ShouldBe(new FieldProblem("shareholders", "有限责任公司最多 50 位股东，现在有 51 位，请删掉 1 位"));
    }

    [Fact]
    public async Task Ten_thousand_characters_anywhere_give_short_messages()
    {
        var answers = Filing.Company();
        foreach (var key in answers.Values.Keys.ToList())
            answers = answers.With(key, new string('槐', 10_000));
        var problems = await Check(answers.WithAt("shareholders/r1/shareholder.name", new string('槐', 10_000)));
        problems.ShouldNotBeEmpty();
        problems.ShouldAllBe(p => p.Message.Length < 120);
    }

    [Fact]
    public async Task On_a_page_only_its_own_fields_are_checked()
    {
        var answers = Filing.Company().With("company.capital", "0").With("company.name.region", "高新区");
        (await Check(answers, pageId: "capital")).ShouldAllBe(p => p.Path == "company.capital");
        (await Check(answers, pageId: "name")).ShouldHaveSingleItem().Path.ShouldBe("company.name.region");
    }

    [Fact]
    public async Task An_empty_form_gives_problems_and_no_crash()
    {
        (await Check(Answers.Empty)).ShouldNotBeEmpty();
        (await Check(Answers.Empty, "registration.individual")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task All_shareholders_and_the_legal_representative_sign_each_once()
    {
        var signatories = await Handler("registration.company", h => Task.FromResult(h.Signatories(Filing.Case(Filing.Company()))));
        signatories.ShouldBe([new Signatory("演示甲", Filing.IdOfFirst, "股东、法定代表人"), new Signatory("演示乙", Filing.IdOfSecond, "股东")], ignoreOrder: true);
    }

    [Fact]
    public async Task A_clean_company_gives_clean_facts()
    {
        var facts = await Facts(Filing.Company());
        facts.Keys.ShouldBe(SetupFacts.OfCompany, ignoreOrder: true);
        foreach (var zero in (string[])["name.exactMatches", "name.forbiddenWords", "scope.unknownItems", "scope.licensedItems", "shares.difference", "shares.tooLate", "persons.conflictingPosts"])
            facts[zero].ShouldBe(0m, zero);
        facts["capital.amount"].ShouldBe(100m);
        facts["shareholders.count"].ShouldBe(2m);
        facts["address.isStandard"].ShouldBe(true);
        facts["persons.domestic"].ShouldBe(true);
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("company.scope", "YB1001,XK2002", "R-012")]
    [InlineData("company.premises.address", "郑州高新区集群演示路 99 号", "R-041,R-042")]
    [InlineData("company.premises.address", "郑州高新区无名路 7 号", "R-040")]
    [InlineData("company.capital", "2000", "R-020,R-022")]
    public async Task The_rules_of_company_set_up_read_the_facts(string path, string value, string failing)
    {
        var answers = path.Length == 0 ? Filing.Company() : Filing.Company().WithAt(path, value);
        var facts = new Dictionary<string, object?>(await Facts(answers)) { ["persons.verified"] = true, ["persons.restrictionsKnown"] = true };
        var rules = (await host.Send(new GetRuleSet("company-setup", Filing.Today), Ct)).ShouldNotBeNull();
        rules.Evaluate(new Known(facts)).Where(r => r.Outcome != RuleOutcome.Pass).Select(r => r.RuleId).ShouldBe(failing.Split(',', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Fact]
    public async Task The_facts_of_an_individual_business_are_those_it_publishes() =>
        (await Handler("registration.individual", h => h.Facts(Filing.Case(Filing.IndividualBusiness(null)), Ct))).Keys
            .ShouldBe(SetupFacts.OfIndividualBusiness, ignoreOrder: true);

    [Fact]
    public async Task Licensed_items_and_risky_addresses_show_in_the_facts()
    {
        var facts = await Facts(Filing.Company().With("company.scope", "YB1001,XK2002,QZ3001").With("company.premises.address", "郑州高新区集群演示路 99 号"));
        (facts["scope.licensedItems"], facts["scope.preApprovalItems"], facts["address.isRisk"]).ShouldBe((2m, 1m, true));
    }

    [Fact]
    public async Task The_same_name_as_a_reserved_one_blocks_and_a_similar_one_warns()
    {
        var tradeName = Filing.FreshTradeName();
        await Submit(Filing.Company(tradeName));
        var same = await Check(Filing.Company(tradeName).With("company.name.style", "region-in-brackets").With("company.name.region", "河南"));
        same.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.IsWarning.ShouldBeFalse(), p => p.Path.ShouldBe("company.name.tradeName"));
        var similar = await Check(Filing.Company(tradeName).With("company.name.industry", "人工智能"));
        similar.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.IsWarning.ShouldBeTrue(), p => p.Message.ShouldContain("意思相近"));
    }

    [Fact]
    public async Task One_hundred_submissions_of_the_same_name_have_one_winner()
    {
        var tradeName = Filing.FreshTradeName();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () =>
        {
            try
            {
                await Submit(Filing.Company(tradeName));
                return "won";
            }
            catch (RefusedException refused)
            {
                var refusal = refused.Refusals.ShouldHaveSingleItem();
                refusal.Field.ShouldBe("company.name.tradeName");
                refusal.Message.ShouldContain("请换一个字号");
                return refusal.Code;
            }
        })));
        outcomes.Count(o => o == "won").ShouldBe(1);
        outcomes.Count(o => o == "registration.name-taken").ShouldBe(99);
    }

    [Fact]
    public async Task A_dropped_case_gives_its_name_back()
    {
        var tradeName = Filing.FreshTradeName();
        var first = Filing.Case(Filing.Company(tradeName));
        await Submit(first);
        await Handler("registration.company", async h => { await h.OnDropped(first, Ct); return true; }, commit: true);
        await Submit(Filing.Company(tradeName));
    }

    [Fact]
    public async Task A_case_that_changes_its_name_frees_the_first_one()
    {
        var (one, two, caseId) = (Filing.FreshTradeName(), Filing.FreshTradeName(), Guid.CreateVersion7());
        await Submit(Filing.Case(Filing.Company(one), caseId));
        await Submit(Filing.Case(Filing.Company(one), caseId));
        await Submit(Filing.Case(Filing.Company(two), caseId));
        await Submit(Filing.Company(one));
        await Should.ThrowAsync<RefusedException>(() => Submit(Filing.Company(two)));
    }

    [Fact]
    public async Task A_lapsed_reservation_without_an_open_case_does_not_block()
    {
        var (tradeName, first) = (Filing.FreshTradeName(), Guid.CreateVersion7());
        await Submit(Filing.Case(Filing.Company(tradeName), first));
        await Lapse(first);
        await host.InDatabase(db => db.SetupApplications.Where(a => a.CaseId == first).ExecuteDeleteAsync(Ct));
        (await Check(Filing.Company(tradeName))).ShouldBeEmpty();
        await Submit(Filing.Company(tradeName));
        await Should.ThrowAsync<RefusedException>(() => Submit(Filing.Company(tradeName)));
    }

    [Fact]
    public async Task The_name_of_an_open_case_does_not_lapse()
    {
        var (tradeName, first) = (Filing.FreshTradeName(), Guid.CreateVersion7());
        await Submit(Filing.Case(Filing.Company(tradeName), first));
        await Lapse(first);
        (await Check(Filing.Company(tradeName))).ShouldContain(p => !p.IsWarning && p.Path == "company.name.tradeName");
        await Should.ThrowAsync<RefusedException>(() => Submit(Filing.Company(tradeName)));

        await Submit(Filing.Case(Filing.Company(tradeName), first));
        var own = await host.InDatabase(db => db.Names.SingleAsync(n => n.CaseId == first && n.ReleasedAt == null, Ct));
        own.ExpiresOn.ShouldBe(Filing.Today.AddMonths(NameReservation.MonthsReserved));
    }

    [Fact]
    public async Task What_was_submitted_is_stored_encrypted()
    {
        var caseId = Guid.CreateVersion7();
        await Submit(Filing.Case(Filing.Company(), caseId));
        var payload = await host.InDatabase(db => db.SetupApplications.Where(a => a.CaseId == caseId).Select(a => a.Payload).SingleAsync(Ct));
        System.Text.Encoding.UTF8.GetString(payload).ShouldNotContain("演示甲");
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed class Known(Dictionary<string, object?> facts) : IFacts
    {
        public object? this[string key] => facts[key];
    }

    private static string IdNumber(int sequence)
    {
        var body = $"41010219800101{sequence + 100:000}";
        return body + ResidentId.CheckCharacter(body);
    }

    private Task<IReadOnlyList<FieldProblem>> Check(Answers answers, string handler = "registration.company", string? pageId = null) =>
        Handler(handler, h => h.Check(Filing.Case(answers, pageId: pageId), Ct));

    private Task<IReadOnlyDictionary<string, object?>> Facts(Answers answers) =>
        Handler("registration.company", h => h.Facts(Filing.Case(answers), Ct));

    private Task<int> Lapse(Guid caseId) => host.InDatabase(db => db.Names.Where(n => n.CaseId == caseId)
        .ExecuteUpdateAsync(n => n.SetProperty(x => x.ExpiresOn, Filing.Today.AddDays(-1)), Ct));

    private Task Submit(Answers answers) => Submit(Filing.Case(answers));

    private Task Submit(CaseContext context) => Handler("registration.company", async h =>
    {
        await h.OnSubmitting(context, Ct);
        return true;
    }, commit: true);

    private Task<T> Handler<T>(string code, Func<ICaseHandler, Task<T>> work, bool commit = false) => host.InScope(async services =>
    {
        var handler = services.GetRequiredKeyedService<ICaseHandler>(code);
        if (!commit)
            return await work(handler);
        var db = services.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        var result = await work(handler);
        await db.SaveChangesAsync(Ct);
        await transaction.CommitAsync(Ct);
        return result;
    });
}
