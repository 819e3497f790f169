using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Tests.Catalogue;

public sealed class ExpressionTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly Answers Form = Answers.Empty
        .With("company.capital", "100").With("company.premises.ownership", "rent").With("seals.wanted", "yes").With("seals.kinds", "official,finance")
        .With("company.name.region", "郑州").With("company.name.tradeName", "槐叶")
        .WithRows("shareholders",
        [
            new AnswerRow("r1").With("shareholder.kind", "enterprise").With("shareholder.subscribed", "33.3"),
            new AnswerRow("r2").With("shareholder.kind", "person").With("shareholder.subscribed", "66.7"),
        ]);

    [Theory]
    [InlineData("{eq: [company.premises.ownership, rent]}", "yes")]
    [InlineData("{ne: [company.premises.ownership, own]}", "yes")]
    [InlineData("{ne: [company.name.industry, own]}", "no")]
    [InlineData("{not: {eq: [commitment.premises, yes]}}", "yes")]
    [InlineData("{eq: [seals.wanted, yes]}", "yes")]
    [InlineData("{in: [company.premises.ownership, [own, rent]]}", "yes")]
    [InlineData("{contains: [seals.kinds, finance]}", "yes")]
    [InlineData("{contains: [seals.kinds, contract]}", "no")]
    [InlineData("{between: [company.capital, 99.5, 100]}", "yes")]
    [InlineData("{gt: [company.capital, {sum: [shareholders, shareholder.subscribed]}]}", "no")]
    [InlineData("{lt: [company.termYears, 5]}", "no")]
    [InlineData("{ge: [company.termYears, 5]}", "no")]
    [InlineData("{empty: company.termYears}", "yes")]
    [InlineData("{present: shareholders}", "yes")]
    [InlineData("{some: [shareholders, {eq: [shareholder.kind, enterprise]}]}", "yes")]
    [InlineData("{every: [shareholders, {eq: [shareholder.kind, person]}]}", "no")]
    [InlineData("{every: [shareholders, {le: [shareholder.subscribed, {fact: company.capital}]}]}", "yes")]
    [InlineData("{any: [{eq: [company.term, long]}, {all: [{present: company.capital}]}]}", "yes")]
    [InlineData("{count: shareholders}", "2")]
    [InlineData("{sum: [shareholders, shareholder.subscribed]}", "100.0")]
    [InlineData("{sum: [shareholders, shareholder.subscribed, {eq: [shareholder.kind, person]}]}", "66.7")]
    [InlineData("{first-row: [shareholders, {eq: [shareholder.kind, person]}]}", "r2")]
    [InlineData("{round: [{div: [{mul: [company.capital, 1]}, 3]}, 2]}", "33.33")]
    [InlineData("{div: [company.capital, 0]}", null)]
    [InlineData("{add: [company.capital, company.termYears]}", null)]
    [InlineData("{sub: [company.capital, 0.1]}", "99.9")]
    [InlineData("{if: [{eq: [seals.wanted, yes]}, {text: a}, {text: b}]}", "a")]
    [InlineData("{concat: [company.name.region, company.name.tradeName]}", "郑州槐叶")]
    [InlineData("{concat: [company.name.region, company.name.industry]}", null)]
    [InlineData("{length: company.name.tradeName}", "2")]
    [InlineData("{add-years: [today, 5]}", "2031-11-22")]
    public void An_expression_gives_its_value(string yaml, string? expected)
    {
        var expression = Read(yaml);

        Facts.ToAnswer(expression.Evaluate(Facts.Of(Service, Form, Today))).ShouldBe(expected);
    }

    [Fact]
    public void A_tenth_ten_times_is_one() =>
        Read("{eq: [{add: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]}, 1]}").Holds(Facts.Of(Service, Form, Today)).ShouldBeTrue();

    [Fact]
    public void An_absurd_product_has_no_value_instead_of_failing()
    {
        var huge = Form.With("company.capital", new string('9', 27));

        Read("{mul: [company.capital, company.capital]}").Evaluate(Facts.Of(Service, huge, Today)).ShouldBeNull();
    }

    [Theory]
    [InlineData("1966-11-22", 60)]
    [InlineData("1966-11-23", 59)]
    [InlineData("2000-02-29", 26)]
    public void Whole_years_are_counted_on_the_birthday(string born, int years)
    {
        var facts = Facts.ForRules(new Dictionary<string, object?> { ["born"] = born }, Facts.Of(Service, Form, Today));

        Read("{years-since: born}").Evaluate(facts).ShouldBe((decimal)years);
    }

    [Fact]
    public void What_is_sent_to_the_page_compiles_to_the_same_condition()
    {
        var expression = Read("{all: [{in: [company.premises.ownership, [own, rent]]}, {not: {eq: [commitment.premises, yes]}}, {some: [shareholders, {eq: [shareholder.kind, person]}]}]}");
        var again = new ExpressionReader(new SeedFaults()).Value(SeedNode.FromJson(System.Text.Json.JsonSerializer.Serialize(expression.ToPlain())));

        again.Holds(Facts.Of(Service, Form, Today)).ShouldBe(expression.Holds(Facts.Of(Service, Form, Today)));
        again.Reads.ShouldBe(expression.Reads);
    }

    [Fact]
    public void A_stored_rule_run_replays_to_the_same_result()
    {
        var rule = new DecisionRule { Id = "R-001", Title = "t", When = Read("{le: [capital.amount, 1000]}"), Otherwise = RuleOutcome.Refer, Message = "资本 {capital.amount} 万元，请核实。" };
        var run = rule.Evaluate(Facts.ForRules(new Dictionary<string, object?> { ["capital.amount"] = 1000.01m }, Facts.Of(Service, Form, Today)));

        run.Outcome.ShouldBe(RuleOutcome.Refer);
        run.Facts["capital.amount"].ShouldBe("1000.01");
        run.Message.ShouldBe("资本 1000.01 万元，请核实。");
        rule.Evaluate(Facts.Recorded(run.Facts)).ShouldBeEquivalentTo(run);
    }

    private static ServiceDefinition Service { get; } = Delivered();

    private static Expression Read(string yaml)
    {
        var faults = new SeedFaults();
        var expression = new ExpressionReader(faults).Value(SeedYaml.Read("test.yaml", yaml, faults)!);
        faults.All.ShouldBeEmpty();
        return expression;
    }

    private static ServiceDefinition Delivered()
    {
        var faults = new SeedFaults();
        var seeds = SeedsFolder.Reader(null).Read(faults, CancellationToken.None).GetAwaiter().GetResult();
        var root = seeds.Of("service").Single(f => f.Root.TextOf("code") == "company-setup").Root;
        return new ServiceReader(seeds.Once(DefinedDictionary.Of).Elements, faults).Read(root, "");
    }
}
