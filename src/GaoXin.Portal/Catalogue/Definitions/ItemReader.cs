using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary>Reads the elements of the 实施清单 that need no dictionary.</summary>
internal static class ItemReader
{
    public static ItemNature Nature(SeedNode? node) => node is null ? new ItemNature() : new ItemNature
    {
        Kind = Names.Value<ItemKind>(node.TextOf("kind")),
        Handling = Names.Value<Handling>(node.TextOf("handling")),
        Level = Names.Value<ItemLevel>(node.TextOf("level")),
        PowerSource = Names.Value<PowerSource>(node.TextOf("power_source")),
        BasicCode = node.TextOf("basic_code"),
        ImplementationCode = node.TextOf("implementation_code"),
        Implementer = node.TextOf("implementer"),
        JointDepartments = node.TextsOf("joint_departments"),
        Channels = node["channels"] is null ? [Channel.Window] : Codes<Channel>(node, "channels"),
        Reach = Names.Value<Reach>(node.TextOf("reach")),
        Depth = node.NumberOf("depth") ?? 1,
        Bookable = node.FlagOf("bookable"),
        FaceScan = node.FlagOf("face_scan"),
    };

    public static ServiceClock Clock(SeedNode? node) => node is null ? new ServiceClock(0, null) : new ServiceClock(
        node.NumberOf("promised_days") ?? 0, node.NumberOf("statutory_days"), node.NumberOf("receipt_days") ?? 5, node.NumberOf("correction_days") ?? 30)
    {
        OfficerDays = node.NumberOf("officer_days") ?? 0,
        StatutoryUnit = Names.Value<DayUnit>(node.TextOf("statutory_unit")),
        FromSigning = node.FlagOf("from_signing"),
        Note = node.TextOf("note"),
        SpecialProcedures = [.. node.ListOf("special_procedures").Select(p => new SpecialProcedure(p.TextOf("name") ?? "", p.NumberOf("days"), p.TextOf("basis")))],
    };

    public static ServiceGuide Guide(SeedNode? node) => node is null ? new ServiceGuide() : new ServiceGuide
    {
        Conditions = node.TextsOf("conditions"),
        Prohibited = node.TextsOf("prohibited"),
        QuantityLimit = node.TextOf("quantity_limit"),
        Visits = node.NumberOf("visits") ?? 0,
        VisitReason = node.TextOf("visit_reason"),
        Steps = Pairs(node, "steps", "title", "text", (title, text) => new GuideStep(title, text)),
        Questions = Pairs(node, "questions", "question", "answer", (question, answer) => new GuideQuestion(question, answer)),
        Notes = node.TextsOf("notes"),
        Scenarios = Pairs(node, "scenarios", "title", "text", (title, text) => new GuideStep(title, text)),
        LegalBasis = node.TextsOf("legal_basis"),
        Place = node.TextOf("place"),
    };

    public static ServiceFee Fee(SeedNode? node) => node is null ? new ServiceFee() : new ServiceFee
    {
        Charged = node.FlagOf("charged"),
        Standard = node.TextOf("standard"),
        Basis = node.TextOf("basis"),
        Reductions = node.TextsOf("reductions"),
        Payment = Codes<Payment>(node, "payment"),
    };

    public static MaterialDefinition Material(SeedNode node, ExpressionReader expressions) => new()
    {
        Code = node.TextOf("code") ?? "",
        Title = node.TextOf("title") ?? "",
        Hint = node.TextOf("hint"),
        Source = Names.Value<MaterialSource>(node.TextOf("source")),
        SourceNote = node.TextOf("source_note"),
        Kind = Names.Value<MaterialKind>(node.TextOf("kind")),
        Copies = node.NumberOf("copies") ?? 1,
        Necessity = Names.Value<Necessity>(node.TextOf("necessity")),
        RequiredIf = expressions.Optional(node["required_if"]),
        WaivedBy = node.TextOf("waiver") is { } waiver ? Names.Value<Waiver>(waiver) : null,
        Standard = node.TextOf("standard"),
        Category = node.TextOf("category"),
        MaximumFiles = node.NumberOf("maximum_files") ?? 5,
        LaterDays = node.NumberOf("later_days") ?? 30,
        CheckDays = node.NumberOf("check_days") ?? 40,
    };

    public static IReadOnlyList<ProcessStep> Process(SeedNode root) =>
        [.. root.ListOf("process").Select(s => new ProcessStep(Names.Value<ProcessStage>(s.TextOf("stage")), s.TextOf("who"), s.NumberOf("days"), s.TextOf("standard")))];

    public static IReadOnlyList<ItemResult> Results(SeedNode root) =>
        [.. root.ListOf("results").Select(r => new ItemResult(r.TextOf("name") ?? "", r.TextOf("kind") is { } kind ? Names.Value<ResultKind>(kind) : ResultKind.Other, r.TextOf("validity"), Codes<Delivery>(r, "delivery")))];

    public static IReadOnlyList<ItemPlace> Places(SeedNode root) =>
        [.. root.ListOf("places").Select(p => new ItemPlace(p.TextOf("place") ?? "", p.TextOf("window"), p.TextOf("hours")))];

    public static IReadOnlyList<ItemFormField> FormFields(SeedNode root) =>
        [.. root.ListOf("form_fields").Select(f => new ItemFormField(f.TextOf("name") ?? "", f.TextOf("source") is { } source ? Names.Value<FieldSource>(source) : null))];

    public static Cancellation? Cancelled(SeedNode? node) => node is null ? null
        : new Cancellation(node.DayOf("on") ?? default, node.TextOf("reason") ?? "", node.TextOf("basis") ?? "", node.TextOf("redirect"));

    private static IReadOnlyList<T> Codes<T>(SeedNode node, string key)
        where T : struct, Enum => [.. node.TextsOf(key).Select(c => Names.Value<T>(c))];

    private static IReadOnlyList<T> Pairs<T>(SeedNode node, string key, string first, string second, Func<string, string, T> make) =>
        [.. node.ListOf(key).Select(n => make(n.TextOf(first) ?? "", n.TextOf(second) ?? ""))];
}
