using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Registration;

/// <summary>Answers as the form gives them: a good company or individual business to begin with.</summary>
internal static class Filing
{
    public const string IdOfFirst = "410102198503120110";
    public const string IdOfSecond = "41010219900825022X";
    public static readonly DateOnly Today = TestSettings.Now.Day();

    private static int _serial;

    /// <summary>A trade name of its own for each test: four characters out of many.</summary>
    public static string FreshTradeName()
    {
        var number = Interlocked.Increment(ref _serial) * 7919;
        return new string([(char)('\u5800' + number % 256), (char)('\u6c00' + number / 256 % 256), (char)('\u5c00' + number * 3 % 256), (char)('\u7d00' + number * 5 % 256)]);
    }

    public static Answers Company(string? tradeName = null) => Answers.Empty
        .With("company.name.region", "郑州").With("company.name.tradeName", tradeName ?? FreshTradeName())
        .With("company.name.industry", "智能科技").With("company.name.form", "有限公司").With("company.name.style", "region-first")
        .With("company.capital", "100").With("company.scope", "YB1001,YB1101")
        .With("company.premises.ownership", "rent").With("company.premises.address", "郑州高新区演示大道 1 号云创园 2 号楼")
        .With("company.premises.room", "1204 室").With("company.premises.division", "410172560").With("company.premises.area", "86.40")
        .With("company.phone", "13800000001").With("company.noSupervisor", "no")
        .WithRows("shareholders", [Person("r1", "演示甲", IdOfFirst, "60"), Person("r2", "演示乙", IdOfSecond, "40")])
        .With("legalRep.from", "r1").With("director.from", "legal-rep").With("manager.from", "legal-rep")
        .With("supervisor.from", "r2").With("finance.from", "legal-rep").With("liaison.from", "legal-rep")
        .With("seals.wanted", "yes").With("seals.kinds", "official,finance").With("commitment.truthful", "yes");

    public const string EnterpriseCode = "91410100MA0000015B";

    /// <summary>The second shareholder is an enterprise; its legal representative signs.</summary>
    public static Answers WithEnterprise() => Company().With("company.noSupervisor", "yes").With("supervisor.from", null)
        .WithAt("shareholders/r2/shareholder.kind", "enterprise").WithAt("shareholders/r2/shareholder.name", "演示投资有限公司")
        .WithAt("shareholders/r2/shareholder.idNo", null).WithAt("shareholders/r2/shareholder.creditCode", EnterpriseCode)
        .WithAt("shareholders/r2/shareholder.representative.name", "演示乙").WithAt("shareholders/r2/shareholder.representative.idNo", IdOfSecond);

    public static Answers IndividualBusiness(string? tradeName) => (tradeName is null
            ? Answers.Empty.With("business.named", "no")
            : Answers.Empty.With("business.named", "yes").With("company.name.region", "郑州").With("company.name.tradeName", tradeName)
                .With("company.name.industry", "百货").With("business.name.form", "店"))
        .With("operator.name", "演示甲").With("operator.idNo", IdOfFirst).With("operator.phone", "13800000001").With("business.composition", "person")
        .With("company.scope", "YB1501").With("company.premises.address", "郑州高新区样本街 9 号底商")
        .With("company.premises.room", "105 室").With("company.premises.division", "410172160");

    public static AnswerRow Person(string id, string name, string number, string subscribed) => new AnswerRow(id)
        .With("shareholder.kind", "person").With("shareholder.name", name).With("shareholder.idNo", number)
        .With("shareholder.phone", "13800000001").With("shareholder.subscribed", subscribed)
        .With("shareholder.form", "money").With("shareholder.dueDate", $"{Today.AddYears(5):yyyy-MM-dd}");

    public static CaseContext Case(Answers answers, Guid? caseId = null, string? pageId = null) =>
        new(caseId ?? Guid.CreateVersion7(), null, Service, answers, Guid.CreateVersion7(), Today, pageId);

    private static ServiceDefinition Service { get; } = new()
    {
        Code = "company-setup",
        Version = 1,
        Hash = new string('0', 64),
        Title = "公司设立登记",
        Summary = "测试",
        EffectiveFrom = new DateOnly(2024, 7, 1),
        Audiences = [Audience.Person],
        Department = "market-regulation",
        Theme = "start-business",
        Handler = "registration.company",
        Clock = new ServiceClock(0, 3),
        Guide = new ServiceGuide(),
        Pages =
        [
            Page("name", "company.name.region", "company.name.tradeName", "company.name.industry", "company.name.form"),
            Page("capital", "company.capital"),
        ],
    };

    private static FormPage Page(string id, params string[] keys) => new()
    {
        Id = id,
        Title = id,
        Task = id,
        Group = id,
        Fields = [.. keys.Select(k => new FieldUse { Element = new DataElement { Key = k, Type = FieldType.Text, Label = k } })],
    };
}
