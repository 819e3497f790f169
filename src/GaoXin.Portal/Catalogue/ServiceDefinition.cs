using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Catalogue;

/// <summary>One published version of a service item (政务服务事项), read from <c>seeds/services</c>. Immutable; cases are pinned to it.</summary>
public sealed record ServiceDefinition
{
    /// <summary>The handler of a service that is data alone.</summary>
    public const string Generic = "generic";

    /// <summary>The handler of a service that is composed of others (一件事).</summary>
    public const string OneThing = "one-thing";

    /// <summary>The stable code in addresses, for example <c>company-setup</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Counts up from 1.</summary>
    public required int Version { get; init; }

    /// <summary>SHA-256 of the canonical content, lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>The name people read, for example 公司设立登记.</summary>
    public required string Title { get; init; }

    /// <summary>What it does for you, one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>From this day (Shanghai) new drafts use the version.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>Everyday words for search.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Who may apply.</summary>
    public required IReadOnlyList<Audience> Audiences { get; init; }

    /// <summary>Code of the deciding department, see <c>seeds/reference/departments.yaml</c>.</summary>
    public required string Department { get; init; }

    /// <summary>The theme (主题) for browsing, for example 开店经营.</summary>
    public required string Theme { get; init; }

    /// <summary>人生和经营阶段: codes of <c>seeds/reference/life-events.yaml</c>.</summary>
    public IReadOnlyList<string> LifeEvents { get; init; } = [];

    /// <summary>示例数据: not taken from a published list of the zone.</summary>
    public bool Illustrative { get; init; }

    /// <summary>类型、编码、层级: what kind of item it is and how it is handled.</summary>
    public ItemNature Nature { get; init; } = new();

    /// <summary>The code of the <c>ICaseHandler</c>; <c>generic</c> when data says all.</summary>
    public string Handler { get; init; } = Generic;

    /// <summary>Rule set that decides automatically; null means an officer decides.</summary>
    public string? RuleSet { get; init; }

    /// <summary>绿色通道: what an officer has to look at stands above everything else in the work list.</summary>
    public bool GreenChannel { get; init; }

    /// <summary>True when the form can be filed online. An item without pages is a guide only, a cancelled one can not be started.</summary>
    public bool Online => Pages.Count > 0 && Cancelled is null;

    /// <summary>取消: why the item is no longer handled and where to go instead; null while it is.</summary>
    public Cancellation? Cancelled { get; init; }

    /// <summary>Time limits.</summary>
    public required ServiceClock Clock { get; init; }

    /// <summary>The guide (办事指南).</summary>
    public required ServiceGuide Guide { get; init; }

    /// <summary>All materials of the item. Nothing else may be asked for (指南之外无材料).</summary>
    public IReadOnlyList<MaterialDefinition> Materials { get; init; } = [];

    /// <summary>The form, in order.</summary>
    public IReadOnlyList<FormPage> Pages { get; init; } = [];

    /// <summary>收费.</summary>
    public ServiceFee Fee { get; init; } = new();

    /// <summary>办理流程 inside the office, in order. Nothing else may be done (流程之外无环节).</summary>
    public IReadOnlyList<ProcessStep> Process { get; init; } = [];

    /// <summary>审批结果 as the item's list names them.</summary>
    public IReadOnlyList<ItemResult> Results { get; init; } = [];

    /// <summary>办理地点; empty means every place that handles items of this level.</summary>
    public IReadOnlyList<ItemPlace> Places { get; init; } = [];

    /// <summary>咨询和监督电话; where it is null the department's own holds.</summary>
    public ItemPhones Phones { get; init; } = new(null, null);

    /// <summary>行政复议、行政诉讼.</summary>
    public Remedies Remedies { get; init; } = new(null, null);

    /// <summary>Fields of a form that is not filled in here, with the sources that could fill them; empty with <see cref="Pages"/>.</summary>
    public IReadOnlyList<ItemFormField> FormFields { get; init; } = [];

    /// <summary>The outside party (bank, tax, water works …) that decides and answers through its connector; null when a department of ours does.</summary>
    public string? Party { get; init; }

    /// <summary>一件事: the services that are filed as one with this form; null for a single service.</summary>
    public BundleDefinition? Bundle { get; init; }

    /// <summary>What is issued on approval; null when the result is only a notice.</summary>
    public ServiceResult? Result { get; init; }

    /// <summary>Notices with words of this service's own: the name of a template in <c>seeds/templates</c> by the kind of notice.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; init; } = new Dictionary<string, string>();

    /// <summary>Every field use with its page, repeating columns too.</summary>
    public IEnumerable<FieldUse> AllFields() => Pages.SelectMany(p => p.Fields).SelectMany(f => f.Columns.Prepend(f));
}

/// <summary>Who a service is for.</summary>
public enum Audience
{
    /// <summary>个人.</summary>
    [Chinese("个人")]
    Person,

    /// <summary>企业.</summary>
    [Chinese("企业")]
    Enterprise,

    /// <summary>事业单位.</summary>
    [Chinese("事业单位")]
    Institution,

    /// <summary>社会组织.</summary>
    [Chinese("社会组织")]
    Organisation,
}

/// <summary>
/// Time limits in working days (工作日); 0 promised days means the same day. Only the statutory limit may count calendar
/// days (自然日).
/// </summary>
public sealed record ServiceClock(int PromisedDays, int? StatutoryDays, int ReceiptDays = 5, int CorrectionDays = 30)
{
    /// <summary>
    /// Promised working days of an officer's decision, where the rules decide clean applications at once: else the same promise.
    /// </summary>
    public int OfficerDays { get => field > 0 ? field : PromisedDays; init; }

    /// <summary>承诺时限 in a few words; the officer's too where it is longer than that of the rules.</summary>
    public string Words => OfficerDays > PromisedDays ? $"{Days(PromisedDays)}，要人工审的 {Days(OfficerDays)}" : Days(PromisedDays);

    /// <summary>法定时限 in a few words; null when no law sets one.</summary>
    public string? StatutoryWords => StatutoryDays is { } days ? $"{days} 个{StatutoryUnit.Chinese()}" : null;

    /// <summary>The unit of the statutory limit.</summary>
    public DayUnit StatutoryUnit { get; init; }

    /// <summary>
    /// The promise counts from the signing in the hall (面签): an officer looks through the application first (预审), then the
    /// applicant books, and the case is accepted on the day of the signing.
    /// </summary>
    public bool FromSigning { get; init; }

    /// <summary>时限说明.</summary>
    public string? Note { get; init; }

    /// <summary>特别程序, whose time does not count: hearing, inspection, publicity.</summary>
    public IReadOnlyList<SpecialProcedure> SpecialProcedures { get; init; } = [];

    private static string Days(int days) => days == 0 ? "当天" : $"{days} 个工作日";
}

/// <summary>What a guide page answers: can I, how long, how many visits, how much, what to bring, how, where.</summary>
public sealed record ServiceGuide
{
    /// <summary>能不能办: conditions.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>要跑几次.</summary>
    public int Visits { get; init; }

    /// <summary>怎么办, in order.</summary>
    public IReadOnlyList<GuideStep> Steps { get; init; } = [];

    /// <summary>常见问题.</summary>
    public IReadOnlyList<GuideQuestion> Questions { get; init; } = [];

    /// <summary>依据.</summary>
    public IReadOnlyList<string> LegalBasis { get; init; } = [];

    /// <summary>禁止性要求.</summary>
    public IReadOnlyList<string> Prohibited { get; init; } = [];

    /// <summary>数量限制, for example 每户一份; null when there is none.</summary>
    public string? QuantityLimit { get; init; }

    /// <summary>必须现场办的原因.</summary>
    public string? VisitReason { get; init; }

    /// <summary>注意事项.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>办理情形: who should look at what.</summary>
    public IReadOnlyList<GuideStep> Scenarios { get; init; } = [];

    /// <summary>去哪儿办, in free words above the places.</summary>
    public string? Place { get; init; }
}

/// <summary>One step with about how long it takes.</summary>
public sealed record GuideStep(string Title, string Text);

/// <summary>A frequent question.</summary>
public sealed record GuideQuestion(string Question, string Answer);

/// <summary>What is issued: a licence of a kind, for example <c>business-licence</c>.</summary>
public sealed record ServiceResult(string Kind, string Title);

/// <summary>One page of the form: one matter a page, its title a question.</summary>
public sealed record FormPage
{
    /// <summary>Unique in the service; part of the address.</summary>
    public required string Id { get; init; }

    /// <summary>The question, for example 公司的地址在哪里？</summary>
    public required string Title { get; init; }

    /// <summary>One sentence below it.</summary>
    public string? Lead { get; init; }

    /// <summary>The line in the task list, verb first, for example 填公司地址.</summary>
    public required string Task { get; init; }

    /// <summary>The group of the task list, for example 公司是什么样的.</summary>
    public required string Group { get; init; }

    /// <summary>Shown only when this holds.</summary>
    public Expression? VisibleIf { get; init; }

    /// <summary>The fields in order.</summary>
    public IReadOnlyList<FieldUse> Fields { get; init; } = [];

    /// <summary>Codes of materials uploaded on this page.</summary>
    public IReadOnlyList<string> Materials { get; init; } = [];

    /// <summary>True when a path (<c>key</c>, <c>group/rowId/key</c> or <c>material:code</c>) is on this page.</summary>
    public bool Has(string path) => Fields.Any(f => AnswerPath.IsIn(path, f.Key)) || Materials.Any(m => path == AnswerPath.OfMaterial(m));
}

/// <summary>The use of a data element in a form.</summary>
public sealed record FieldUse
{
    /// <summary>The element, from the dictionary.</summary>
    public required DataElement Element { get; init; }

    /// <summary>Always wanted when visible.</summary>
    public bool Required { get; init; }

    /// <summary>Wanted only when this holds.</summary>
    public Expression? RequiredIf { get; init; }

    /// <summary>Shown only when this holds. A hidden field is never validated, submitted, printed or exported.</summary>
    public Expression? VisibleIf { get; init; }

    /// <summary>Where a value can come from.</summary>
    public Prefill? Prefill { get; init; }

    /// <summary>The value is computed by this and never typed.</summary>
    public Expression? Computed { get; init; }

    /// <summary>Another label than the dictionary's, in this form only.</summary>
    public string? Label { get; init; }

    /// <summary>Another hint than the dictionary's.</summary>
    public string? Hint { get; init; }

    /// <summary>The rows of a group offered as choices, besides the element's own choices and 其他人.</summary>
    public ChoicesFrom? ChoicesFrom { get; init; }

    /// <summary>For a group: its columns, one level deep. Conditions inside a row see the row's values first.</summary>
    public IReadOnlyList<FieldUse> Columns { get; init; } = [];

    /// <summary>For a group: fewest rows.</summary>
    public int MinimumRows { get; init; }

    /// <summary>For a group: most rows.</summary>
    public int MaximumRows { get; init; } = 50;

    /// <summary>The dictionary key.</summary>
    public string Key => Element.Key;
}

/// <summary>
/// Offers the rows of a group instead of asking the same person again. The answer is the row's id, the value of one of
/// the element's own choices, or <see cref="Other"/>; the form then asks name and number by <c>eq: [x.from, other]</c>.
/// </summary>
/// <param name="Group">The group, for example <c>shareholders</c>.</param>
/// <param name="Label">The column that names a row, for example <c>shareholder.name</c>.</param>
/// <param name="Where">Only rows for which this holds, for example natural persons.</param>
public sealed record ChoicesFrom(string Group, string Label, Expression? Where = null)
{
    /// <summary>The answer that means 其他人.</summary>
    public const string Other = "other";
}

/// <summary>
/// A prefill source (共享来源) and how firmly it holds. In a group, a shared source fills the first row, which stands for
/// the applicant; a <see cref="Derived"/> value fills every new row.
/// </summary>
public sealed record Prefill(string Source, LockLevel Lock)
{
    /// <summary>The source whose value is computed from what is known: a sensible default that may be changed.</summary>
    public const string Derived = "derived";

    /// <summary>The source's own key when it differs from the field's, for example <c>person.name</c> for <c>operator.name</c>.</summary>
    public string? From { get; init; }

    /// <summary>For <see cref="Derived"/>: the value, computed over the answers.</summary>
    public Expression? Value { get; init; }

    /// <summary>The key to ask the source for.</summary>
    public string KeyFor(FieldUse field) => From ?? field.Key;
}

/// <summary>How firmly a shared value holds.</summary>
public enum LockLevel
{
    /// <summary>Government data: can not be changed, only reported wrong (这不对).</summary>
    Locked,

    /// <summary>May be changed; the change is recorded.</summary>
    Editable,

    /// <summary>Only offered.</summary>
    Suggest,
}

/// <summary>A data element (数据元): the only place where a field is defined.</summary>
public sealed record DataElement
{
    /// <summary>For example <c>person.idNo</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The control and the validation.</summary>
    public required FieldType Type { get; init; }

    /// <summary>The label, without a colon.</summary>
    public required string Label { get; init; }

    /// <summary>One sentence below the label.</summary>
    public string? Hint { get; init; }

    /// <summary>An example for error messages: 比如“…”.</summary>
    public string? Example { get; init; }

    /// <summary>Unit behind the box, for example 万元.</summary>
    public string? Unit { get; init; }

    /// <summary>Most characters.</summary>
    public int? MaximumLength { get; init; }

    /// <summary>Smallest number, or earliest date as yyyy-MM-dd.</summary>
    public string? Minimum { get; init; }

    /// <summary>Largest number, or latest date.</summary>
    public string? Maximum { get; init; }

    /// <summary>Digits behind the point.</summary>
    public int Decimals { get; init; }

    /// <summary>A regular expression a text must match, with <see cref="PatternMessage"/>.</summary>
    public string? Pattern { get; init; }

    /// <summary>What to say when the pattern does not match.</summary>
    public string? PatternMessage { get; init; }

    /// <summary>The choices, in order.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>Personal or sensitive: masked in lists and for staff until revealed with a reason.</summary>
    public Sensitivity Sensitivity { get; init; }

    /// <summary>The HTML autocomplete token, for example <c>tel</c>.</summary>
    public string? Autocomplete { get; init; }
}

/// <summary>How a value is masked.</summary>
public enum Sensitivity
{
    /// <summary>Not personal.</summary>
    None,

    /// <summary>A person's name.</summary>
    Name,

    /// <summary>An identity document's number.</summary>
    IdNumber,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>Other personal data: hidden as a whole.</summary>
    Personal,
}

/// <summary>One choice of a list.</summary>
public sealed record Choice(string Value, string Label, string? Hint = null);

/// <summary>Field types; each has a control, a normal form and messages.</summary>
public enum FieldType
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    Multiline,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A decimal number with a unit: area, quantity.</summary>
    Number,

    /// <summary>Money in the element's unit, decimal.</summary>
    Money,

    /// <summary>A percentage, decimal.</summary>
    Percentage,

    /// <summary>A day, kept as yyyy-MM-dd, typed in three boxes.</summary>
    Date,

    /// <summary>是 or 否, kept as <c>yes</c> or <c>no</c>.</summary>
    YesNo,

    /// <summary>One of the choices.</summary>
    SingleChoice,

    /// <summary>Several of the choices, kept separated by commas in the order of the list.</summary>
    MultipleChoice,

    /// <summary>姓名, up to 50 characters, rare characters and · allowed.</summary>
    PersonName,

    /// <summary>身份证号.</summary>
    ResidentId,

    /// <summary>统一社会信用代码.</summary>
    CreditCode,

    /// <summary>手机号.</summary>
    Mobile,

    /// <summary>Mobile or landline with area code.</summary>
    Telephone,

    /// <summary>Email.</summary>
    Email,

    /// <summary>行政区划, six or nine digits from the reference table.</summary>
    Division,

    /// <summary>详细地址.</summary>
    Address,

    /// <summary>邮政编码.</summary>
    Postcode,

    /// <summary>经营范围: codes of standard phrases separated by commas, the main one first.</summary>
    BusinessScope,

    /// <summary>企业名称: the trade name with the parts beside it.</summary>
    TradeName,

    /// <summary>不动产单元号, 28 characters.</summary>
    RealEstateUnit,

    /// <summary>A commitment to tick, kept as <c>yes</c>.</summary>
    Commitment,

    /// <summary>A repeating group of columns.</summary>
    Group,
}
