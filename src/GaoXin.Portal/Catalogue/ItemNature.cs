namespace GaoXin.Portal.Catalogue;

/// <summary>What kind of item it is (实施清单: 性质、层级、编码).</summary>
public sealed record ItemNature
{
    /// <summary>事项类型.</summary>
    public ItemKind Kind { get; init; } = ItemKind.PublicService;

    /// <summary>办件类型.</summary>
    public Handling Handling { get; init; } = Handling.Promise;

    /// <summary>行使层级: where it is handled nearest.</summary>
    public ItemLevel Level { get; init; }

    /// <summary>权力来源.</summary>
    public PowerSource PowerSource { get; init; }

    /// <summary>基本编码, 12 characters by custom; see <see cref="ItemWarnings"/>.</summary>
    public string? BasicCode { get; init; }

    /// <summary>实施编码, 31 characters by custom, illustrative here.</summary>
    public string? ImplementationCode { get; init; }

    /// <summary>实施主体; null means the department by its title.</summary>
    public string? Implementer { get; init; }

    /// <summary>联办机构: codes of departments.</summary>
    public IReadOnlyList<string> JointDepartments { get; init; } = [];

    /// <summary>办理形式.</summary>
    public IReadOnlyList<Channel> Channels { get; init; } = [Channel.Window];

    /// <summary>通办范围.</summary>
    public Reach Reach { get; init; }

    /// <summary>网上办理深度 1 to 4: information, forms, filing, everything; an assessment word, not shown to the public.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>可预约.</summary>
    public bool Bookable { get; init; }

    /// <summary>刷脸办: shared data is fetched after a face check.</summary>
    public bool FaceScan { get; init; }
}

/// <summary>事项类型.</summary>
public enum ItemKind
{
    /// <summary>行政许可.</summary>
    [Chinese("行政许可")]
    Licence,

    /// <summary>行政确认.</summary>
    [Chinese("行政确认")]
    Confirmation,

    /// <summary>行政给付.</summary>
    [Chinese("行政给付")]
    Benefit,

    /// <summary>行政奖励.</summary>
    [Chinese("行政奖励")]
    Reward,

    /// <summary>行政裁决.</summary>
    [Chinese("行政裁决")]
    Ruling,

    /// <summary>行政征收.</summary>
    [Chinese("行政征收")]
    Levy,

    /// <summary>行政检查.</summary>
    [Chinese("行政检查")]
    Inspection,

    /// <summary>行政处罚.</summary>
    [Chinese("行政处罚")]
    Penalty,

    /// <summary>行政强制.</summary>
    [Chinese("行政强制")]
    Enforcement,

    /// <summary>其他行政权力.</summary>
    [Chinese("其他行政权力")]
    OtherPower,

    /// <summary>公共服务.</summary>
    [Chinese("公共服务")]
    PublicService,
}

/// <summary>办件类型.</summary>
public enum Handling
{
    /// <summary>即办件.</summary>
    [Chinese("即办件")]
    Instant,

    /// <summary>承诺件.</summary>
    [Chinese("承诺件")]
    Promise,
}

/// <summary>行使层级 in the zone.</summary>
public enum ItemLevel
{
    /// <summary>区级.</summary>
    [Chinese("区级")]
    District,

    /// <summary>街道.</summary>
    [Chinese("街道")]
    Street,

    /// <summary>社区.</summary>
    [Chinese("社区")]
    Community,
}

/// <summary>权力来源.</summary>
public enum PowerSource
{
    /// <summary>法定本级行使.</summary>
    [Chinese("法定本级行使")]
    Statutory,

    /// <summary>上级下放.</summary>
    [Chinese("上级下放")]
    Devolved,

    /// <summary>授权.</summary>
    [Chinese("授权")]
    Authorised,

    /// <summary>委托.</summary>
    [Chinese("委托")]
    Entrusted,
}

/// <summary>办理形式.</summary>
public enum Channel
{
    /// <summary>窗口办理.</summary>
    [Chinese("窗口办理")]
    Window,

    /// <summary>网上办理.</summary>
    [Chinese("网上办理")]
    Online,

    /// <summary>掌上办理.</summary>
    [Chinese("掌上办理")]
    Mobile,

    /// <summary>邮寄办理.</summary>
    [Chinese("邮寄办理")]
    Post,

    /// <summary>自助机办理.</summary>
    [Chinese("自助机办理")]
    Kiosk,
}

/// <summary>通办范围.</summary>
public enum Reach
{
    /// <summary>全区通办.</summary>
    [Chinese("全区通办")]
    Zone,

    /// <summary>全市通办.</summary>
    [Chinese("全市通办")]
    City,

    /// <summary>全省通办.</summary>
    [Chinese("全省通办")]
    Province,

    /// <summary>全国通办.</summary>
    [Chinese("全国通办")]
    Nation,
}
