using System.Text.Json;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Registration.Procedures;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Registration;

/// <summary>What the register needs of a set-up, of either kind.</summary>
internal sealed record SetupRecord
{
    public required EntityKind Kind { get; init; }

    public required CompanyName? Name { get; init; }

    /// <summary>How an unnamed individual business is listed: under its operator's masked name.</summary>
    public required string ListedAs { get; init; }

    public required string Type { get; init; }

    public required string RepresentativeName { get; init; }

    public required string RepresentativeNumber { get; init; }

    public required decimal? Capital { get; init; }

    public required Premises Premises { get; init; }

    /// <summary>一照多址.</summary>
    public IReadOnlyList<Premises> OtherPremises { get; init; } = [];

    public required BusinessScope Scope { get; init; }

    public required IReadOnlyList<string> Seals { get; init; }

    /// <summary>The filed record as JSON: it names persons, so it is only stored encrypted.</summary>
    public required string Json { get; init; }
}

/// <summary>Reads applications back and words the licence (营业执照).</summary>
internal sealed class SetupResult(ReferenceFiles files, PersonalDataCipher cipher, IOptions<RegistrationOptions> options)
{
    public const string LicenceKind = "business-licence";
    private const string LicenceTitle = "营业执照";

    public static bool IsSetup(string handler) => handler is CompanySetupHandler.HandlerCode or IndividualBusinessSetupHandler.HandlerCode;

    public SetupRecord Read(SetupApplication application) => Read(application.Kind, cipher.Unprotect(application.Payload, SetupApplication.Purpose));

    /// <summary>What was filed, from its JSON.</summary>
    public SetupRecord Read(EntityKind kind, string json) => kind == EntityKind.Company
        ? Company(JsonSerializer.Deserialize<CompanySetup>(json, OutboxMessage.Json)!, json)
        : IndividualBusiness(JsonSerializer.Deserialize<IndividualBusinessSetup>(json, OutboxMessage.Json)!, json);

    /// <summary>An entry of the register as it stands; null when nothing was filed for it.</summary>
    public SetupRecord? Read(RegisteredEntity entity) =>
        entity.Company is { } company ? Read(company)
        : entity.Business is { } business ? Read(business)
        : null;

    /// <summary>A company as it is filed now, as the register needs it.</summary>
    public SetupRecord Read(CompanySetup setup) => Company(setup, JsonSerializer.Serialize(setup, OutboxMessage.Json));

    public SetupRecord Read(IndividualBusinessSetup setup) => IndividualBusiness(setup, JsonSerializer.Serialize(setup, OutboxMessage.Json));

    /// <summary>The licence that a case leads to: the first, or a version that takes the place of the last.</summary>
    public IssueLicence Licence(SetupRecord setup, MarketEntity entity, Guid caseId, DateOnly validFrom, IReadOnlyList<Guid> holders) => new()
    {
        CaseId = caseId,
        Kind = LicenceKind,
        Title = LicenceTitle,
        HolderKey = entity.CreditCode,
        HolderName = entity.Name ?? setup.ListedAs,
        Issuer = options.Value.AuthorityName,
        Facts = [.. Facts(setup, entity)],
        ValidFrom = validFrom,
        Holders = holders,
    };

    private static IEnumerable<LicenceFact> Facts(SetupRecord setup, MarketEntity entity)
    {
        var company = setup.Kind == EntityKind.Company;
        yield return new("名称", entity.Name ?? "（无字号）");
        yield return new("类型", entity.Type);
        yield return new(company ? "住所" : "经营场所", entity.Domicile);
        foreach (var (index, premises) in setup.OtherPremises.Index())
            yield return new($"经营场所（{ChineseNumber.Of(index + 1)}）", premises.Full);
        yield return new(company ? "法定代表人" : "经营者", setup.RepresentativeName);
        if (company)
            yield return new("注册资本", ChineseAmount.Format(setup.Capital!.Value * 10_000));
        yield return new(company ? "成立日期" : "注册日期", $"{entity.EstablishedOn:yyyy年MM月dd日}");
        yield return new("经营范围", entity.ScopeText);
    }

    private SetupRecord Company(CompanySetup setup, string json) => new()
    {
        Kind = EntityKind.Company,
        Name = setup.Name,
        ListedAs = setup.Name.Full,
        Type = CompanyType.Display(setup.Shareholders),
        RepresentativeName = setup.LegalRepresentative!.Name,
        RepresentativeNumber = setup.LegalRepresentative.Identity!,
        Capital = setup.CapitalAmount,
        Premises = setup.Premises,
        OtherPremises = setup.OtherPremises,
        Scope = BusinessScope.Of(setup.ScopeCodes, files.Scope),
        Seals = setup.Seals,
        Json = json,
    };

    private SetupRecord IndividualBusiness(IndividualBusinessSetup setup, string json) => new()
    {
        Kind = EntityKind.IndividualBusiness,
        Name = setup.Name,
        ListedAs = IndividualBusinessSetupHandler.UnnamedSubject(setup)!,
        Type = setup.Family.Count > 0 ? "个体工商户（家庭经营）" : "个体工商户（个人经营）",
        RepresentativeName = setup.Operator.Name,
        RepresentativeNumber = setup.Operator.Number,
        Capital = RegisteredCapital.TryParse(setup.Capital, out var capital) ? capital : null,
        Premises = setup.Premises,
        Scope = BusinessScope.Of(setup.ScopeCodes, files.Scope),
        Seals = [],
        Json = json,
    };
}
