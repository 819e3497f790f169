namespace GaoXin.Portal.Catalogue;

/// <summary>The unit of a time limit.</summary>
public enum DayUnit
{
    /// <summary>工作日.</summary>
    [Chinese("工作日")]
    Working,

    /// <summary>自然日.</summary>
    [Chinese("自然日")]
    Calendar,
}

/// <summary>特别程序: a step whose time is not counted.</summary>
public sealed record SpecialProcedure(string Name, int? Days, string? Basis);

/// <summary>收费.</summary>
public sealed record ServiceFee
{
    /// <summary>Whether anything is charged.</summary>
    public bool Charged { get; init; }

    /// <summary>收费标准, for example 工本费 10 元.</summary>
    public string? Standard { get; init; }

    /// <summary>收费依据.</summary>
    public string? Basis { get; init; }

    /// <summary>减免情形.</summary>
    public IReadOnlyList<string> Reductions { get; init; } = [];

    /// <summary>支付方式.</summary>
    public IReadOnlyList<Payment> Payment { get; init; } = [];

    /// <summary>收多少钱 in a few words.</summary>
    public string Words => Charged ? Standard ?? "收费" : "不收费";
}

/// <summary>支付方式.</summary>
public enum Payment
{
    /// <summary>网上支付.</summary>
    [Chinese("网上支付")]
    Online,

    /// <summary>窗口支付.</summary>
    [Chinese("窗口支付")]
    Window,

    /// <summary>银行代收.</summary>
    [Chinese("银行代收")]
    Bank,
}

/// <summary>环节 of the handling.</summary>
public enum ProcessStage
{
    /// <summary>申请.</summary>
    [Chinese("申请")]
    Apply,

    /// <summary>受理.</summary>
    [Chinese("受理")]
    Accept,

    /// <summary>审查.</summary>
    [Chinese("审查")]
    Review,

    /// <summary>决定.</summary>
    [Chinese("决定")]
    Decide,

    /// <summary>制证.</summary>
    [Chinese("制证")]
    Produce,

    /// <summary>送达.</summary>
    [Chinese("送达")]
    Deliver,
}

/// <summary>One step inside the office: who, how many working days, by what standard.</summary>
public sealed record ProcessStep(ProcessStage Stage, string? Who, int? Days, string? Standard);

/// <summary>类型 of a result.</summary>
public enum ResultKind
{
    /// <summary>证照.</summary>
    [Chinese("证照")]
    Licence,

    /// <summary>批文.</summary>
    [Chinese("批文")]
    Approval,

    /// <summary>备案回执.</summary>
    [Chinese("备案回执")]
    Receipt,

    /// <summary>其他.</summary>
    [Chinese("其他")]
    Other,
}

/// <summary>送达方式.</summary>
public enum Delivery
{
    /// <summary>窗口领取.</summary>
    [Chinese("窗口领取")]
    Window,

    /// <summary>邮寄.</summary>
    [Chinese("邮寄")]
    Post,

    /// <summary>电子送达.</summary>
    [Chinese("电子送达")]
    Electronic,
}

/// <summary>审批结果: name, kind, 有效期 and 送达方式.</summary>
public sealed record ItemResult(string Name, ResultKind Kind, string? Validity, IReadOnlyList<Delivery> Delivery);

/// <summary>办理地点: the code of a place in the directory, with this item's own window and hours.</summary>
public sealed record ItemPlace(string Place, string? Window, string? Hours);

/// <summary>咨询电话 and 监督投诉电话.</summary>
public sealed record ItemPhones(string? Consult, string? Complaint);

/// <summary>行政复议 and 行政诉讼: where and until when.</summary>
public sealed record Remedies(string? Review, string? Lawsuit);

/// <summary>A field of a form outside this portal; <see cref="Source"/> null means the applicant fills it in.</summary>
public sealed record ItemFormField(string Name, FieldSource? Source);

/// <summary>Who can fill a field by data sharing.</summary>
public enum FieldSource
{
    /// <summary>公安人口库 after a face check.</summary>
    [Chinese("公安人口库（刷脸后）")]
    ID,

    /// <summary>公安户籍.</summary>
    [Chinese("公安户籍")]
    HK,

    /// <summary>企业登记库、电子营业执照.</summary>
    [Chinese("企业登记库")]
    BL,

    /// <summary>税务.</summary>
    [Chinese("税务")]
    TX,

    /// <summary>社会保险.</summary>
    [Chinese("社会保险")]
    SI,

    /// <summary>医疗保障平台.</summary>
    [Chinese("医疗保障平台")]
    MI,

    /// <summary>银行、社会保障卡账户.</summary>
    [Chinese("银行账户")]
    BK,

    /// <summary>行政区划字典.</summary>
    [Chinese("行政区划字典")]
    DV,

    /// <summary>系统生成.</summary>
    [Chinese("系统生成")]
    SY,
}

/// <summary>取消 of an item.</summary>
/// <param name="On">From this day.</param>
/// <param name="Reason">Why, in a sentence people understand.</param>
/// <param name="Basis">依据: the document.</param>
/// <param name="Redirect">The code of the item to use instead; null when there is none.</param>
public sealed record Cancellation(DateOnly On, string Reason, string Basis, string? Redirect);
