using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Bundles;

/// <summary>
/// Makes the service of a bundle out of its members: one form that asks every key once, shown to whom one of the chosen
/// members asks it, and one list of materials. Nodes keep the place they were written at, so that faults name it.
/// </summary>
internal sealed class BundleComposer(SeedNode bundle, IReadOnlyDictionary<string, SeedNode> services, DefinedDictionary dictionary)
{
    public const string Node = "bundle";
    private const string QuestionPage = "situation";
    private readonly List<Member> _members = Sorted([.. bundle.ListOf("members").Where(m => services.ContainsKey(m.TextOf("code") ?? "")).Select(m => new Member(m, services[m.TextOf("code")!]))]);

    public SeedNode Compose()
    {
        var uses = Uses();
        var root = bundle.Entries.Where(e => e.Key is not ("members" or "questions" or "shared_materials" or "figures_source")).ToDictionary(e => e.Key, e => e.Value);
        root["handler"] = Text(ServiceDefinition.OneThing);
        root["pages"] = List(Pages(uses));
        root["materials"] = List(Materials());
        root["results"] = List(_members.SelectMany(m => m.Service.ListOf("results")).DistinctBy(r => r.TextOf("name")));
        root["result"] = Text("notice");
        root[Node] = Described();
        return new SeedNode(bundle.File, bundle.Line, root);
    }

    /// <summary>Predecessors first, else as written. What turns in a circle stays at the end: the lint refuses it.</summary>
    private static List<Member> Sorted(List<Member> members)
    {
        var sorted = new List<Member>();
        while (members.FirstOrDefault(m => m.After.All(a => sorted.Any(s => s.Code == a) || members.All(o => o.Code != a))) is { } next)
        {
            sorted.Add(next);
            members.Remove(next);
        }

        return [.. sorted, .. members];
    }

    /// <summary>Every place at which a key is asked, first the questionnaire; then who fills a field of its own from a key needs it asked too.</summary>
    private List<Use> Uses()
    {
        var asked = Asked();
        var borrowed = _members.SelectMany(m => (m.Node["fill"]?.Entries ?? []).Select(f => (Member: m, Use: asked.FirstOrDefault(u => u.Key == FillSource.Of(f.Value).Key))));
        return [.. asked, .. borrowed.Where(b => b.Use is not null).Select(b => b.Use! with { OnPage = b.Member.Node["when"], Shown = b.Member.Node["when"] })];
    }

    private List<Use> Asked() =>
    [
        .. bundle.ListOf("questions").Select(q => new Use(q, null, null, null, null)),
        .. _members.SelectMany(m => m.Service.ListOf("pages").SelectMany(p => p.ListOf("fields")
            .Where(f => m.Node["fill"]?[f.TextOf("key") ?? ""] is null)
            .Select(f => new Use(f, m, p, Both(m.Node["when"], p["visible_if"]), Both(m.Node["when"], Both(p["visible_if"], f["visible_if"])))))),
    ];

    private IEnumerable<SeedNode> Pages(List<Use> uses)
    {
        var fields = uses.GroupBy(u => u.Key).Select(g => (First: g.First(), Field: Merged([.. g]), OnPage: Either([.. g.Select(u => u.OnPage)]))).ToList();
        var pages = new List<(SeedNode Page, bool Last)>();
        if (bundle.ListOf("questions").Count > 0)
            pages.Add((QuestionsPage(fields.Where(f => f.First.Member is null).Select(f => f.Field)), false));
        foreach (var member in _members)
        {
            foreach (var page in member.Service.ListOf("pages"))
            {
                var own = fields.Where(f => f.First.Page == page && f.First.Member == member).ToList();
                var materials = page.ListOf("materials").Where(m => FirstToBring(member, m.Text!)).ToList();
                if (own.Count > 0 || materials.Count > 0)
                    pages.Add((PageOf(member, page, [.. own.Select(f => f.Field)], [.. own.Select(f => f.OnPage)], materials), materials.Count == 0 && own.All(f => IsCommitment(f.Field))));
            }
        }

        return pages.OrderBy(p => p.Last).Select(p => p.Page);
    }

    private SeedNode QuestionsPage(IEnumerable<SeedNode> fields) => Map(bundle,
        ("id", Text(QuestionPage)), ("group", Text("先选情形")), ("task", Text("选要一起办的事")), ("title", Text("您的情况是哪一种？")),
        ("lead", Text("按您选的，只问要用到的，只办要办的。")), ("fields", List(fields)));

    private SeedNode PageOf(Member member, SeedNode page, List<SeedNode> fields, List<SeedNode?> shown, List<SeedNode> materials)
    {
        var map = page.Entries.ToDictionary(e => e.Key, e => e.Value);
        var id = page.TextOf("id")!;
        map["id"] = Text(_members.Any(m => m != member && m.Service.ListOf("pages").Any(p => p.TextOf("id") == id)) || id == QuestionPage ? $"{member.Code}-{id}" : id);
        map["fields"] = List(fields);
        map.Remove("materials");
        if (materials.Count > 0)
            map["materials"] = List(materials.Select(m => Text(CodeOf(member, m.Text!))));
        if (materials.Count > 0)
            shown.AddRange(materials.SelectMany(m => Sharers(member, m.Text!)).Select(s => s.Member.Node["when"]));
        Condition(map, "visible_if", Either(shown));
        return new SeedNode(page.File, page.Line, map);
    }

    /// <summary>One field for all uses of its key: shown when any use is, wanted when a shown use wants it.</summary>
    private static SeedNode Merged(List<Use> uses)
    {
        var map = uses[0].Field.Entries.ToDictionary(e => e.Key, e => e.Value);
        if (uses.Count == 1 && uses[0].Member is null)
            return uses[0].Field;
        Condition(map, "visible_if", Either([.. uses.Select(u => u.Shown)]));
        if (uses.All(u => u.Field.FlagOf("required")))
            return new SeedNode(uses[0].Field.File, uses[0].Field.Line, map);
        map.Remove("required");
        List<SeedNode?> wanted = [.. uses.Where(u => u.Field.FlagOf("required") || u.Field["required_if"] is not null).Select(u => Both(u.Shown, u.Field["required_if"]))];
        if (wanted.Contains(null))
            map["required"] = new SeedNode(uses[0].Field.File, uses[0].Field.Line, (object)true);
        Condition(map, "required_if", wanted.Count == 0 || wanted.Contains(null) ? null : Either(wanted));
        return new SeedNode(uses[0].Field.File, uses[0].Field.Line, map);
    }

    private bool IsCommitment(SeedNode field) =>
        dictionary.Elements.GetValueOrDefault(field.TextOf("key") ?? "")?.Type == FieldType.Commitment;

    private IEnumerable<SeedNode> Materials()
    {
        var brought = _members.SelectMany(m => m.Brought.Where(x => FirstToBring(m, x.TextOf("code")!)).Select(x => Material(m, x)));
        var waived = _members.SelectMany(m => m.Service.ListOf("materials").Except(m.Brought).Select(x => (Member: m, Material: x)))
            .GroupBy(x => x.Material.TextOf("title")).Select(g => g.First()).Select(x => With(x.Material, ("code", Text($"{x.Member.Code}-{x.Material.TextOf("code")}")), ("required_if", null)));
        return brought.Concat(waived);
    }

    private SeedNode Material(Member member, SeedNode material)
    {
        var sharers = Sharers(member, material.TextOf("code")!);
        var always = sharers.Any(s => s.Member.Node["when"] is null && s.Material["required_if"] is null);
        var optional = material.TextOf("necessity") == "optional" && material["required_if"] is null;
        return With(material, ("code", Text(CodeOf(member, material.TextOf("code")!))),
            ("required_if", always || optional ? null : Either([.. sharers.Select(s => Both(s.Member.Node["when"], s.Material["required_if"]))])));
    }

    /// <summary>The code in the bundle: shared ones have their own.</summary>
    private string CodeOf(Member member, string code) => Shared(member, code)?.TextOf("code") ?? $"{member.Code}-{code}";

    private SeedNode? Shared(Member member, string code) => bundle.ListOf("shared_materials").FirstOrDefault(s => s.TextsOf("of").Contains($"{member.Code}/{code}"));

    private List<(Member Member, SeedNode Material)> Sharers(Member member, string code)
    {
        var all = _members.SelectMany(m => m.Brought.Select(x => (Member: m, Material: x)));
        var own = CodeOf(member, code);
        return [.. all.Where(x => CodeOf(x.Member, x.Material.TextOf("code")!) == own)];
    }

    private bool FirstToBring(Member member, string code) => Sharers(member, code) is [var first, ..] && first.Member == member && first.Material.TextOf("code") == code;

    private SeedNode Described() => Map(bundle,
        ("questions", List(bundle.ListOf("questions").Select(q => Text(q.TextOf("key") ?? "")))),
        ("visits", bundle["guide"]?["visits"] ?? Number(0)),
        ("figures_source", bundle["figures_source"]),
        ("members", List(_members.Select(Describe))));

    private SeedNode Describe(Member member) => With(member.Node,
        ("title", member.Service["title"]),
        ("department", member.Service["department"]),
        ("handler", member.Service["handler"]),
        ("party", member.Service["party"]),
        ("days", member.Node["promised_days"] ?? (member.Service["clock"]?["officer_days"] is { } officer && member.Service["rule_set"] is null ? officer : member.Service["clock"]?["promised_days"])),
        ("keys", List(member.Service.ListOf("pages").SelectMany(p => p.ListOf("fields")).SelectMany(f => f.ListOf("columns").Prepend(f))
            .Where(f => f["computed"] is null && dictionary.Elements.GetValueOrDefault(f.TextOf("key") ?? "")?.Type != FieldType.Group).Select(f => f["key"]!))),
        ("handed", Number(member.Service.ListOf("materials").Count(m => m.TextOf("necessity") != "optional"))),
        ("needed", List(member.Brought.Where(m => m.TextOf("necessity") != "optional").Select(m => m["code"]!))),
        ("materials", Map(member.Node, [.. member.Brought.Select(m => (m.TextOf("code")!, (SeedNode?)Text(CodeOf(member, m.TextOf("code")!))))])));

    private SeedNode Text(string text) => new(bundle.File, bundle.Line, (object)text);

    private SeedNode Number(int number) => new(bundle.File, bundle.Line, (object)(decimal)number);

    private SeedNode List(IEnumerable<SeedNode> items) => new(bundle.File, bundle.Line, items.ToList());

    private static SeedNode Map(SeedNode at, params (string Key, SeedNode? Value)[] entries) =>
        new(at.File, at.Line, entries.Where(e => e.Value is not null).ToDictionary(e => e.Key, e => e.Value!));

    private static SeedNode With(SeedNode node, params (string Key, SeedNode? Value)[] changes)
    {
        var map = node.Entries.ToDictionary(e => e.Key, e => e.Value);
        foreach (var (key, value) in changes)
            Condition(map, key, value);
        return new SeedNode(node.File, node.Line, map);
    }

    private static void Condition(Dictionary<string, SeedNode> map, string key, SeedNode? value)
    {
        if (value is null)
            map.Remove(key);
        else
            map[key] = value;
    }

    private static SeedNode? Both(SeedNode? one, SeedNode? other) =>
        one is null ? other : other is null ? one : Operation("all", [one, other]);

    /// <summary>Any of these; null, which means always, when one of them is.</summary>
    private static SeedNode? Either(List<SeedNode?> conditions)
    {
        if (conditions.Count == 0 || conditions.Contains(null))
            return null;
        var distinct = conditions.OfType<SeedNode>().DistinctBy(c => c.ToJson()).ToList();
        return distinct.Count == 1 ? distinct[0] : Operation("any", distinct);
    }

    private static SeedNode Operation(string name, List<SeedNode> operands) =>
        new(operands[0].File, operands[0].Line, new Dictionary<string, SeedNode> { [name] = new(operands[0].File, operands[0].Line, operands) });

    /// <summary>A place at which a key is asked.</summary>
    /// <param name="Field">The field there.</param>
    /// <param name="Member">Null for the questionnaire.</param>
    /// <param name="Page">Its page.</param>
    /// <param name="OnPage">When its page is there: the field's own condition may read what the page asks.</param>
    /// <param name="Shown">When it is shown.</param>
    private sealed record Use(SeedNode Field, Member? Member, SeedNode? Page, SeedNode? OnPage, SeedNode? Shown)
    {
        public string Key => Field.TextOf("key") ?? "";
    }

    private sealed class Member(SeedNode node, SeedNode service)
    {
        public SeedNode Node => node;

        public SeedNode Service => service;

        public string Code { get; } = node.TextOf("code")!;

        public IReadOnlyList<string> After { get; } = node.TextsOf("after");

        /// <summary>The materials that the applicant uploads: those that a page of the form takes.</summary>
        public List<SeedNode> Brought { get; } = [.. service.ListOf("materials").Where(m => service.ListOf("pages").Any(p => p.TextsOf("materials").Contains(m.TextOf("code"))))];
    }
}
