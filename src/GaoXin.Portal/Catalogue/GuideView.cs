namespace GaoXin.Portal.Catalogue;

/// <summary>A service with everything a guide says about it, in the words people read.</summary>
/// <param name="Service">The version shown.</param>
/// <param name="Department">The name of the deciding department.</param>
/// <param name="Theme">The name of its theme.</param>
public sealed record GuideView(ServiceDefinition Service, string Department, string Theme)
{
    private const string Hotline = "12345";

    /// <summary>The department with its telephones; null when the directory does not know it.</summary>
    public Department? Contact { get; init; }

    /// <summary>去哪儿办: nearest first for items of streets and communities.</summary>
    public IReadOnlyList<GuidePlace> Places { get; init; } = [];

    /// <summary>For a cancelled item: where to go instead; null when there is nothing.</summary>
    public InsteadOf? Instead { get; init; }

    /// <summary>请您准备: materials the applicant brings.</summary>
    public IReadOnlyList<MaterialDefinition> Wanted => [.. Service.Materials.Where(m => m.IsBrought)];

    /// <summary>免交: materials that nobody uploads.</summary>
    public IReadOnlyList<MaterialDefinition> Waived => [.. Service.Materials.Where(m => !m.IsBrought)];

    /// <summary>Everything the form asks; empty when there is no form.</summary>
    public IReadOnlyList<GuideField> Fields => [.. GuideField.Of(Service)];

    /// <summary>谁能办.</summary>
    public string Audiences => string.Join("、", Service.Audiences.Select(a => a.Chinese()));

    /// <summary>要跑几次.</summary>
    public string Visits => Service.Guide.Visits == 0 ? "不用跑" : $"{Service.Guide.Visits} 次";

    /// <summary>要带什么, in a few words.</summary>
    public string Bring => (Wanted.Count, Service.Materials.Count) switch
    {
        (_, 0) => "不用材料",
        // Who has to come shows who he is; that is not a material.
        (0, _) => Service.Guide.Visits == 0 ? "什么都不用带" : "带身份证就行",
        var (wanted, _) when Wanted.All(m => m is { Required: true, RequiredIf: null }) => $"准备 {wanted} 份",
        var (wanted, _) => $"最多准备 {wanted} 份",
    };

    /// <summary>What of it nobody has to bring; null when there is nothing.</summary>
    public string? BringLess => Waived.Count == 0 ? null : $"另有 {Waived.Count} 份系统替您办，免交";

    /// <summary>咨询电话.</summary>
    public string ConsultPhone => Service.Phones.Consult ?? Contact?.Phone ?? Hotline;

    /// <summary>监督投诉电话.</summary>
    public string ComplaintPhone => Service.Phones.Complaint ?? Contact?.ComplaintPhone ?? Hotline;

    /// <summary>行政复议: within 60 days (行政复议法 20).</summary>
    public string Review => Service.Remedies.Review ?? $"知道决定之日起 60 日内，向{Contact?.ReviewBody ?? "郑州高新区管委会"}申请";

    /// <summary>行政诉讼: within six months (行政诉讼法 46).</summary>
    public string Lawsuit => Service.Remedies.Lawsuit ?? "知道决定之日起 6 个月内，向有管辖权的人民法院起诉";

    /// <summary>实施主体.</summary>
    public string Implementer => Service.Nature.Implementer ?? Department;

    /// <summary>What is special about it in the citizen's favour, for badges and posters: 即来即办, 零跑动 and others.</summary>
    public IReadOnlyList<string> Badges =>
    [
        .. Service.Nature.Handling == Handling.Instant ? ["即来即办"] : Array.Empty<string>(),
        .. Service.Guide.Visits == 0 ? ["零跑动"] : Service.Guide.Visits == 1 ? ["只跑一次"] : Array.Empty<string>(),
        .. Service.Nature.FaceScan ? ["刷脸办"] : Array.Empty<string>(),
        .. Service.Nature.Level != ItemLevel.District ? ["就近办"] : Array.Empty<string>(),
    ];
}

/// <summary>A place of the directory where the item is handled, with the item's own window and hours.</summary>
public sealed record GuidePlace(Place Place, string? Window, string Hours);

/// <summary>The item to use instead of a cancelled one.</summary>
public sealed record InsteadOf(string Code, string Title);

/// <summary>A field of the form, and who fills it in.</summary>
/// <param name="Label">What is asked.</param>
/// <param name="Source">Who knows it already: words, or the code of a prefill source such as <c>person-register</c>; null when the applicant fills it in.</param>
public sealed record GuideField(string Label, string? Source)
{
    /// <summary>The telephone number of the account is the applicant's own word, not shared data.</summary>
    private const string Account = "account";

    internal static IEnumerable<GuideField> Of(ServiceDefinition service) => service.Pages.Count == 0
        ? service.FormFields.Select(f => new GuideField(f.Name, f.Source?.Chinese()))
        : service.AllFields().Where(f => f.Element.Type is not (FieldType.Commitment or FieldType.Group)).Select(f => new GuideField(f.Label ?? f.Element.Label, SourceOf(f)));

    private static string? SourceOf(FieldUse field) => field switch
    {
        { Computed: not null } or { Prefill.Source: Prefill.Derived } => FieldSource.SY.Chinese(),
        { Prefill.Source: Account } => null,
        _ => field.Prefill?.Source,
    };
}
