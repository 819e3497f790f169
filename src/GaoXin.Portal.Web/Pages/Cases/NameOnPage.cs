using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Registration;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>The parts of an enterprise's name on a form page: enough to ask for advice.</summary>
/// <param name="Fields">The fields of the page by key.</param>
public sealed record NameOnPage(IReadOnlyDictionary<string, FieldView> Fields)
{
    private const string Region = "company.name.region";
    private const string TradeName = "company.name.tradeName";
    private const string Industry = "company.name.industry";
    private const string CompanyForm = "company.name.form";
    private const string BusinessForm = "business.name.form";
    private const string Style = "company.name.style";
    private const string FullName = "company.name.full";
    private const string InBrackets = "region-in-brackets";

    /// <summary>The path below which the advice stands: the full name where the page shows one, for it needs all parts.</summary>
    public string AdvicePath => Fields.ContainsKey(FullName) ? FullName : TradeName;

    /// <summary>The names of the controls, by the parameter of the advice page.</summary>
    public IEnumerable<(string Parameter, string Control)> Controls =>
        new[] { ("region", Region), ("tradeName", TradeName), ("industry", Industry), ("form", CompanyForm), ("form", BusinessForm), ("style", Style) }
            .Where(c => Fields.ContainsKey(c.Item2));

    /// <summary>Company or individual business.</summary>
    public EntityKind Kind => Fields.ContainsKey(BusinessForm) ? EntityKind.IndividualBusiness : EntityKind.Company;

    /// <summary>The name of a page that asks for one, else null.</summary>
    public static NameOnPage? On(FormPageView page) => page.Fields.Any(f => f is { Use.Element.Type: FieldType.TradeName, ReadOnly: false, Path: TradeName })
        ? new NameOnPage(page.Fields.ToDictionary(f => f.Path))
        : null;

    /// <summary>The question, with the stored values.</summary>
    public CheckCompanyName Ask(Guid caseId) => Ask(caseId, Kind, Value(Region), Value(TradeName), Value(Industry), Value(CompanyForm) ?? Value(BusinessForm), Value(Style));

    /// <summary>The question, with these values.</summary>
    public static CheckCompanyName Ask(Guid caseId, EntityKind kind, string? region, string? tradeName, string? industry, string? form, string? style) => new()
    {
        Region = region ?? "",
        TradeName = tradeName ?? "",
        Industry = industry ?? "",
        Form = form ?? "",
        RegionInBrackets = style == InBrackets,
        Kind = kind,
        CaseId = caseId,
    };

    private string? Value(string key) => Fields.GetValueOrDefault(key)?.Value;
}
