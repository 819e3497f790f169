namespace GaoXin.Portal.Catalogue;

/// <summary>A material (材料) of the item.</summary>
public sealed record MaterialDefinition
{
    /// <summary>The commitment by which an applicant promises to bring deferrable materials later.</summary>
    public const string LaterKey = "commitment.proofLater";

    /// <summary>Unique in the service, for example <c>domicile-proof</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The name people read.</summary>
    public required string Title { get; init; }

    /// <summary>填报须知: how to make it, one sentence.</summary>
    public string? Hint { get; init; }

    /// <summary>来源渠道: where it comes from.</summary>
    public required MaterialSource Source { get; init; }

    /// <summary>来源说明, for example 公安机关核发.</summary>
    public string? SourceNote { get; init; }

    /// <summary>材料类型.</summary>
    public MaterialKind Kind { get; init; }

    /// <summary>份数.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>必要性.</summary>
    public Necessity Necessity { get; init; }

    /// <summary>Wanted only when this holds.</summary>
    public Expression? RequiredIf { get; init; }

    /// <summary>免提交 in spite of its source: how; see <see cref="Waiver"/>.</summary>
    public Waiver? WaivedBy { get; init; }

    /// <summary>受理标准.</summary>
    public string? Standard { get; init; }

    /// <summary>种类 for counting, for example 营业执照 or 身份证.</summary>
    public string? Category { get; init; }

    /// <summary>How many files at most.</summary>
    public int MaximumFiles { get; init; } = 5;

    /// <summary>补交期限 of a deferrable material, in calendar days (自然日) from the submit.</summary>
    public int LaterDays { get; init; } = 30;

    /// <summary>核查期限 of a commitment that stands in for the material, in working days from the approval.</summary>
    public int CheckDays { get; init; } = 40;

    /// <summary>Wanted, unless <see cref="RequiredIf"/> says when.</summary>
    public bool Required => Necessity != Necessity.Optional;

    /// <summary>可容缺: may be promised for later.</summary>
    public bool Deferrable => Necessity == Necessity.Deferrable;

    /// <summary>免交 and how: given, or because of the source. Null when the applicant brings it.</summary>
    public Waiver? Waiver => WaivedBy ?? Source switch
    {
        MaterialSource.Shared => Catalogue.Waiver.Shared,
        MaterialSource.Generated => Catalogue.Waiver.Generated,
        MaterialSource.Commitment => Catalogue.Waiver.Commitment,
        _ => null,
    };

    /// <summary>请您准备: the applicant brings or uploads it.</summary>
    public bool IsBrought => Waiver is null;
}

/// <summary>来源渠道.</summary>
public enum MaterialSource
{
    /// <summary>申请人自备.</summary>
    [Chinese("申请人自备")]
    Applicant,

    /// <summary>政府部门核发.</summary>
    [Chinese("政府部门核发")]
    Authority,

    /// <summary>中介或法定机构产生.</summary>
    [Chinese("中介机构出具")]
    Intermediary,

    /// <summary>系统调取: fetched by data sharing.</summary>
    [Chinese("系统共享")]
    Shared,

    /// <summary>系统生成: made from the answers, for example the articles.</summary>
    [Chinese("系统生成")]
    Generated,

    /// <summary>告知承诺: a signed commitment instead.</summary>
    [Chinese("告知承诺")]
    Commitment,
}

/// <summary>材料类型.</summary>
public enum MaterialKind
{
    /// <summary>电子材料.</summary>
    [Chinese("电子材料")]
    Electronic,

    /// <summary>原件.</summary>
    [Chinese("原件")]
    Original,

    /// <summary>复印件.</summary>
    [Chinese("复印件")]
    Copy,

    /// <summary>表单: a form to fill in.</summary>
    [Chinese("表单")]
    Form,
}

/// <summary>必要性.</summary>
public enum Necessity
{
    /// <summary>必要.</summary>
    [Chinese("必要")]
    Required,

    /// <summary>非必要.</summary>
    [Chinese("非必要")]
    Optional,

    /// <summary>容缺后补: accepted without it, promised for later.</summary>
    [Chinese("容缺后补")]
    Deferrable,
}

/// <summary>How a material need not be brought (免提交).</summary>
public enum Waiver
{
    /// <summary>电子证照.</summary>
    [Chinese("电子证照")]
    ELicence,

    /// <summary>数据共享.</summary>
    [Chinese("数据共享")]
    Shared,

    /// <summary>告知承诺.</summary>
    [Chinese("告知承诺")]
    Commitment,

    /// <summary>系统生成.</summary>
    [Chinese("系统生成")]
    Generated,
}
