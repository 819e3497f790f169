namespace GaoXin.Portal.Catalogue.Items;

/// <summary>All elements that editors write, in groups. What is missing here (online forms, rules) is written in files only.</summary>
public static class ItemElements
{
    /// <summary>The groups in the order of the editor.</summary>
    public static IReadOnlyList<ElementGroup> Groups { get; } =
    [
        new("basic", "名称和归类",
        [
            Text("title", "事项名称") with { Required = true },
            Long("summary", "一句话说明") with { Required = true, Hint = "办了有什么用，一句大白话。" },
            Texts("aliases", "常用叫法", "大家平时怎么说，一行一个，比如“上户口”。"),
            Choices<Audience>("audiences", "服务对象") with { Required = true },
            Code("department", "实施部门", ReferenceKind.Departments) with { Required = true },
            Code("theme", "主题", ReferenceKind.Themes) with { Required = true },
            Codes("life_events", "人生和经营阶段", ReferenceKind.LifeEvents),
            Flag("illustrative", "示例数据"),
        ]),
        new("nature", "类型和编码",
        [
            Choice<ItemKind>("nature.kind", "事项类型") with { Required = true },
            Choice<Handling>("nature.handling", "办件类型") with { Required = true },
            Choice<ItemLevel>("nature.level", "行使层级"),
            Choice<PowerSource>("nature.power_source", "权力来源"),
            Text("nature.basic_code", "基本编码") with { Hint = "通常 12 位。" },
            Text("nature.implementation_code", "实施编码") with { Hint = "通常 31 位：统一社会信用代码、层级、基本编码。" },
            Text("nature.implementer", "实施主体") with { Hint = "不填就用实施部门的名称。" },
            Codes("nature.joint_departments", "联办机构", ReferenceKind.Departments),
            Choices<Channel>("nature.channels", "办理形式"),
            Choice<Reach>("nature.reach", "通办范围"),
            Number("nature.depth", "网上办理深度", "1 到 4。"),
            Flag("nature.bookable", "可以预约"),
            Flag("nature.face_scan", "刷脸办"),
        ]),
        new("time", "时限和条件",
        [
            Number("clock.promised_days", "承诺办结时限", "工作日，0 是当天。不能多于法定时限。") with { Required = true },
            Number("clock.officer_days", "人工办理时限", "能自动审批的事项，转人工时承诺几个工作日；不填和承诺时限一样。"),
            Number("clock.statutory_days", "法定办结时限", "没有固定时限就不填。"),
            Choice<DayUnit>("clock.statutory_unit", "法定时限单位"),
            Number("clock.receipt_days", "受理时限", "不填是 5 个工作日。"),
            Number("clock.correction_days", "补正时限", "不填是 30 个工作日。"),
            Flag("clock.from_signing", "时限从面签起算"),
            Text("clock.note", "时限说明"),
            Rows("clock.special_procedures", "特别程序", Text("name", "名称"), Number("days", "天数", null), Text("basis", "依据")),
            Number("guide.visits", "到现场次数", "0 到 9。"),
            Text("guide.visit_reason", "必须到现场的原因"),
            Texts("guide.conditions", "受理条件", "一行一条。"),
            Texts("guide.prohibited", "禁止性要求", "一行一条。"),
            Text("guide.quantity_limit", "数量限制"),
        ]),
        new("materials", "材料", [Materials()]),
        new("fee", "收费",
        [
            Flag("fee.charged", "收费"),
            Text("fee.standard", "收费标准") with { Hint = "收费的必须写标准和依据。" },
            Text("fee.basis", "收费依据"),
            Texts("fee.reductions", "减免情形", "一行一条。"),
            Choices<Payment>("fee.payment", "支付方式"),
        ]),
        new("process", "流程和结果",
        [
            Rows("guide.steps", "怎么办（给群众看）", Text("title", "步骤"), Long("text", "说明")),
            Rows("process", "办理环节（内部）", Choice<ProcessStage>("stage", "环节"), Text("who", "办理人"), Number("days", "工作日", null), Text("standard", "标准")),
            Rows("results", "审批结果", Text("name", "名称"), Choice<ResultKind>("kind", "类型"), Text("validity", "有效期"), Choices<Delivery>("delivery", "送达方式")),
        ]),
        new("places", "地点和电话",
        [
            Text("guide.place", "去哪儿办（一句话）"),
            Rows("places", "办理地点", Code("place", "地点", ReferenceKind.Places), Text("window", "窗口"), Text("hours", "办理时间")),
            Text("phones.consult", "咨询电话") with { Hint = "不填就用实施部门的电话。" },
            Text("phones.complaint", "监督投诉电话"),
        ]),
        new("help", "依据、救济和问答",
        [
            Texts("guide.legal_basis", "设定依据", "一行一条，写到条款。"),
            Text("remedies.review", "行政复议"),
            Text("remedies.lawsuit", "行政诉讼"),
            Rows("guide.questions", "常见问题", Text("question", "问题"), Long("answer", "回答")),
            Rows("guide.scenarios", "办理情形", Text("title", "情形"), Long("text", "说明")),
            Texts("guide.notes", "注意事项", "一行一条。"),
            Rows("form_fields", "表单字段（没有网上表单的事项）", Text("name", "字段"), Choice<FieldSource>("source", "共享来源") with { Hint = "空着是申请人填。" }),
        ]),
        new("cancelled", "取消",
        [
            Day("cancelled.on", "取消日期"),
            Text("cancelled.reason", "取消原因"),
            Text("cancelled.basis", "取消依据"),
            Text("cancelled.redirect", "改办事项编码") with { Hint = "另一件事项的编码，没有就不填。" },
        ]),
    ];

    /// <summary>All elements in order.</summary>
    public static IReadOnlyList<ItemElement> All { get; } = [.. Groups.SelectMany(g => g.Elements)];

    /// <summary>The element with this path.</summary>
    public static ItemElement Named(string path) => All.First(e => e.Path == path);

    /// <summary>The group with this code, or null.</summary>
    public static ElementGroup? Group(string? code) => Groups.FirstOrDefault(g => g.Code == code);

    private static ItemElement Materials() => Rows("materials", "材料",
        Text("code", "材料编码") with { Required = true, Hint = "小写字母和短横，定了不要改。" },
        Text("title", "材料名称") with { Required = true },
        Choice<MaterialSource>("source", "来源渠道"), Text("source_note", "来源说明"),
        Choice<MaterialKind>("kind", "材料类型"), Number("copies", "份数", null),
        Choice<Necessity>("necessity", "必要性"), Choice<Waiver>("waiver", "免提交方式"),
        Text("category", "种类"), Long("hint", "填报须知"), Long("standard", "受理标准"));

    private static ItemElement Text(string path, string label) => new(path, label, ElementType.Text);

    private static ItemElement Long(string path, string label) => new(path, label, ElementType.Long);

    private static ItemElement Texts(string path, string label, string hint) => new(path, label, ElementType.Texts) { Hint = hint };

    private static ItemElement Number(string path, string label, string? hint) => new(path, label, ElementType.Number) { Hint = hint };

    private static ItemElement Flag(string path, string label) => new(path, label, ElementType.Flag);

    private static ItemElement Day(string path, string label) => new(path, label, ElementType.Day);

    private static ItemElement Choice<T>(string path, string label)
        where T : struct, Enum => new(path, label, ElementType.Choice) { Enumeration = typeof(T) };

    private static ItemElement Choices<T>(string path, string label)
        where T : struct, Enum => new(path, label, ElementType.Choices) { Enumeration = typeof(T) };

    private static ItemElement Code(string path, string label, ReferenceKind list) => new(path, label, ElementType.Code) { Reference = list };

    private static ItemElement Codes(string path, string label, ReferenceKind list) => new(path, label, ElementType.Codes) { Reference = list };

    private static ItemElement Rows(string path, string label, params ItemElement[] columns) => new(path, label, ElementType.Rows) { Columns = columns };
}
