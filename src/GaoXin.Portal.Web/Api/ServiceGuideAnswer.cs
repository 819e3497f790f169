using System.ComponentModel;
using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Web.Api;

/// <summary>办事指南: all elements of an item that concern the public.</summary>
public sealed record ServiceGuideAnswer
{
    [Description("事项编号，地址里用它。")]
    public required string Code { get; init; }

    [Description("版本号，从 1 开始。")]
    public required int Version { get; init; }

    [Description("这个版本从哪一天起有效。")]
    public required DateOnly EffectiveFrom { get; init; }

    [Description("示例数据：不是高新区公布的清单。")]
    public required bool Illustrative { get; init; }

    public required string Title { get; init; }

    [Description("一句话说明办了有什么用。")]
    public required string Summary { get; init; }

    [Description("人们平时的叫法。")]
    public required IReadOnlyList<string> Aliases { get; init; }

    [Description("谁能办。")]
    public required IReadOnlyList<Audience> Audiences { get; init; }

    [Description("实施部门。")]
    public required CodedTitle Department { get; init; }

    [Description("联办部门。")]
    public required IReadOnlyList<CodedTitle> JointDepartments { get; init; }

    [Description("主题。")]
    public required CodedTitle Theme { get; init; }

    [Description("性质、层级、编码。")]
    public required NatureAnswer Nature { get; init; }

    [Description("时限，单位见 statutoryUnit；承诺 0 天就是当天办好。")]
    public required ServiceClock Clock { get; init; }

    [Description("要跑几次。")]
    public required int Visits { get; init; }

    [Description("必须到现场的原因。")]
    public string? VisitReason { get; init; }

    [Description("能不能在网上填表提交。")]
    public required bool Online { get; init; }

    [Description("能不能预约。")]
    public required bool Bookable { get; init; }

    [Description("能不能办：条件。")]
    public required IReadOnlyList<string> Conditions { get; init; }

    [Description("不予办理的情形。")]
    public required IReadOnlyList<string> Prohibited { get; init; }

    [Description("数量限制。")]
    public string? QuantityLimit { get; init; }

    [Description("全部材料。清单之外不要别的。")]
    public required IReadOnlyList<MaterialAnswer> Materials { get; init; }

    [Description("收费。")]
    public required ServiceFee Fee { get; init; }

    [Description("怎么办，按顺序。")]
    public required IReadOnlyList<GuideStep> Steps { get; init; }

    [Description("办理情形。")]
    public required IReadOnlyList<GuideStep> Scenarios { get; init; }

    [Description("部门内部的环节，按顺序。")]
    public required IReadOnlyList<ProcessStep> Process { get; init; }

    [Description("办好以后拿到什么。")]
    public required IReadOnlyList<ItemResult> Results { get; init; }

    [Description("去哪儿办。")]
    public required IReadOnlyList<PlaceAnswer> Places { get; init; }

    [Description("咨询和监督投诉电话。")]
    public required ItemPhones Phones { get; init; }

    [Description("行政复议和行政诉讼。")]
    public required Remedies Remedies { get; init; }

    [Description("设定依据。")]
    public required IReadOnlyList<string> LegalBasis { get; init; }

    [Description("注意事项。")]
    public required IReadOnlyList<string> Notes { get; init; }

    [Description("常见问题。")]
    public required IReadOnlyList<GuideQuestion> Questions { get; init; }

    [Description("已取消：原因、依据和改办哪一项；在办的事项没有这一项。")]
    public Cancellation? Cancelled { get; init; }

    [Description("办事指南的网页。")]
    public required string Url { get; init; }

    [Description("开始办理的网页；不能网上办的没有。")]
    public string? StartUrl { get; init; }

    public static ServiceGuideAnswer Of(GuideView guide, IReadOnlyDictionary<string, string> departments, string address)
    {
        var (service, root) = (guide.Service, address.TrimEnd('/'));
        return new ServiceGuideAnswer
        {
            Code = service.Code,
            Version = service.Version,
            EffectiveFrom = service.EffectiveFrom,
            Illustrative = service.Illustrative,
            Title = service.Title,
            Summary = service.Summary,
            Aliases = service.Aliases,
            Audiences = service.Audiences,
            Department = new CodedTitle(service.Department, guide.Department),
            JointDepartments = [.. service.Nature.JointDepartments.Select(d => new CodedTitle(d, departments.GetValueOrDefault(d, d)))],
            Theme = new CodedTitle(service.Theme, guide.Theme),
            Nature = NatureAnswer.Of(service.Nature),
            Clock = service.Clock,
            Visits = service.Guide.Visits,
            VisitReason = service.Guide.VisitReason,
            Online = service.Online,
            Bookable = service.Nature.Bookable,
            Conditions = service.Guide.Conditions,
            Prohibited = service.Guide.Prohibited,
            QuantityLimit = service.Guide.QuantityLimit,
            Materials = [.. service.Materials.Select(MaterialAnswer.Of)],
            Fee = service.Fee,
            Steps = service.Guide.Steps,
            Scenarios = service.Guide.Scenarios,
            Process = service.Process,
            Results = service.Results,
            Places = [.. guide.Places.Select(PlaceAnswer.Of)],
            Phones = new ItemPhones(guide.ConsultPhone, guide.ComplaintPhone),
            Remedies = new Remedies(guide.Review, guide.Lawsuit),
            LegalBasis = service.Guide.LegalBasis,
            Notes = service.Guide.Notes,
            Questions = service.Guide.Questions,
            Cancelled = service.Cancelled,
            Url = $"{root}/services/{service.Code}",
            StartUrl = service.Online ? $"{root}/cases/start/{service.Code}" : null,
        };
    }
}

/// <summary>性质、层级、编码 as far as they concern the public.</summary>
public sealed record NatureAnswer(
    ItemKind Kind, Handling Handling, ItemLevel Level, PowerSource PowerSource, string? BasicCode, string? ImplementationCode, string? Implementer,
    IReadOnlyList<Channel> Channels, Reach Reach, bool FaceScan)
{
    public static NatureAnswer Of(ItemNature n) =>
        new(n.Kind, n.Handling, n.Level, n.PowerSource, n.BasicCode, n.ImplementationCode, n.Implementer, n.Channels, n.Reach, n.FaceScan);
}

/// <summary>A code with the words people read.</summary>
public sealed record CodedTitle(string Code, string Title);

/// <summary>A material. <see cref="Waiver"/> says why nobody has to bring it.</summary>
public sealed record MaterialAnswer(
    string Code, string Title, string? Hint, MaterialKind Kind, MaterialSource Source, string? SourceNote, Necessity Necessity, int Copies,
    [property: Description("免交的方式；要自己带的没有这一项。")] Waiver? Waiver, string? Standard)
{
    public static MaterialAnswer Of(MaterialDefinition m) =>
        new(m.Code, m.Title, m.Hint, m.Kind, m.Source, m.SourceNote, m.Necessity, m.Copies, m.Waiver, m.Standard);
}

/// <summary>A place that handles the item, with the item's own window and hours where they differ.</summary>
public sealed record PlaceAnswer(string Code, string Title, PlaceKind Kind, string Address, string Hours, string? Window, string? Phone, string? Transit)
{
    public static PlaceAnswer Of(GuidePlace p) => new(p.Place.Code, p.Place.Title, p.Place.Kind, p.Place.Address, p.Hours, p.Window, p.Place.Phone, p.Place.Transit);
}
