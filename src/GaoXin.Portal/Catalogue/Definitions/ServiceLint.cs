using System.Text.RegularExpressions;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary>What must hold in a service beyond its schema.</summary>
internal sealed class ServiceLint(SeedSet seeds, IReadOnlyList<IKnownFacts> facts, SeedFaults faults)
{
    private readonly DefinedDictionary _dictionary = seeds.Once(DefinedDictionary.Of);
    private readonly IReadOnlyList<string> _departments = ReferenceSeeds.Codes(seeds, DepartmentSeeds.KindName);
    private readonly ItemLint _items = new(seeds, faults);
    private readonly IReadOnlyList<string> _themes = ReferenceSeeds.Codes(seeds, ThemeSeeds.KindName);

    public void Check(SeedFile file)
    {
        var before = faults.Count;
        var service = new ServiceReader(_dictionary.Elements, faults).Read(file.Root, file.Hash);
        Known(file.Root["department"], _departments, "department");
        Known(file.Root["theme"], _themes, "theme");
        _items.Check(file.Root, service);
        CheckHandlerAndRules(file, service);
        CheckPages(file.Root);
        CheckFields(file.Root);
        CheckMaterials(file.Root, service);
        CheckEnd(file.Root);
        CheckTemplates(file.Root, service);
        if (faults.Count == before)
            new ConditionLint(file.Root, service, faults).Check();
    }

    private void Known(SeedNode? node, IReadOnlyList<string> known, string what)
    {
        if (node?.Text is { } code && !known.Contains(code))
            faults.Add(node, $"There is no {what} \"{code}\"", Nearest.Fix(code, known), new SeedWords($"没有“{code}”", "请从列表里选"));
    }

    private void CheckHandlerAndRules(SeedFile file, ServiceDefinition service)
    {
        var handlers = facts.Select(f => f.Handler).Append(ServiceDefinition.Generic).Append(ServiceDefinition.OneThing).Distinct().ToList();
        // A program composed without any handler, such as a check of files alone, can not know their codes.
        if (handlers.Count > 2)
            Known(file.Root["handler"], handlers, "handler");
        var rules = seeds.Of(RuleSeeds.KindName).Where(f => f.Root.TextOf("set") == service.RuleSet).ToList();
        if (service.RuleSet is { } set && rules.Count == 0)
            faults.Add(file.Root["rule_set"]!, $"There is no rule set \"{set}\"", Nearest.Fix(set, seeds.Of(RuleSeeds.KindName).Select(f => f.Root.TextOf("set") ?? "").Distinct()));
        var published = facts.Where(f => f.Handler == service.Handler).SelectMany(f => f.Names).ToList();
        if (published.Count == 0 && service.Handler != ServiceDefinition.Generic)
            return;
        var known = published.Concat(service.AllFields().Select(f => f.Key)).Append(Facts.Today).ToHashSet();
        foreach (var rule in rules.SelectMany(f => f.Root.ListOf("rules")))
            CheckRule(rule, known);
    }

    private void CheckRule(SeedNode rule, HashSet<string> known)
    {
        var when = new ExpressionReader(new SeedFaults()).Optional(rule["when"]);
        foreach (var unknown in (when?.Reads ?? []).Where(k => !known.Contains(k)).Distinct())
            faults.Add(rule["when"]!, $"The rule {rule.TextOf("id")} reads \"{unknown}\", which is neither a fact of the handler nor a field of the form", Nearest.Fix(unknown, known));
    }

    private void CheckPages(SeedNode root)
    {
        foreach (var twice in root.ListOf("pages").GroupBy(p => p.TextOf("id")).Where(g => g.Count() > 1))
            faults.Add(twice.Last()["id"]!, $"The page \"{twice.Key}\" is there twice", "give each page an id of its own");
        foreach (var empty in root.ListOf("pages").Where(p => p.ListOf("fields").Count == 0 && p.ListOf("materials").Count == 0))
            faults.Add(empty, $"The page \"{empty.TextOf("id")}\" asks nothing", "add fields or materials, or take the page away");
        var keys = new Dictionary<string, SeedNode>();
        foreach (var key in root.ListOf("pages").SelectMany(p => p.ListOf("fields")).SelectMany(f => f.ListOf("columns").Prepend(f)).Select(f => f["key"]!))
        {
            if (!keys.TryAdd(key.Text!, key))
                faults.Add(key, $"\"{key.Text}\" is asked twice, first in line {keys[key.Text!].Line}", "ask once; later pages can read the answer");
        }
    }

    private void CheckFields(SeedNode root)
    {
        foreach (var field in root.ListOf("pages").SelectMany(p => p.ListOf("fields")))
        {
            CheckUse(field, null);
            foreach (var column in field.ListOf("columns"))
                CheckUse(column, field);
        }
    }

    private void CheckUse(SeedNode field, SeedNode? group)
    {
        if (!_dictionary.Elements.TryGetValue(field.TextOf("key") ?? "", out var element))
            return;
        var key = field["key"]!;
        var isGroup = element.Type == FieldType.Group;
        if (isGroup && group is not null)
            faults.Add(key, $"\"{element.Key}\" is a group inside the group \"{group.TextOf("key")}\"", "groups are one level deep: make it a page of its own");
        else if (isGroup != field["columns"] is not null)
            faults.Add(key, isGroup ? $"The group \"{element.Key}\" has no columns" : $"\"{element.Key}\" is of type {element.Type} but used as a group",
                isGroup ? "add columns:" : "use an element of type group, or take the columns away");
        if (field["rows"] is { } rows && rows.NumberOf("min") > rows.NumberOf("max"))
            faults.Add(rows, "The fewest rows are more than the most", "swap min and max");
        if (field["computed"] is not null && (field["prefill"] is not null || field.FlagOf("required")))
            faults.Add(field["computed"]!, $"\"{element.Key}\" is computed, so it is neither typed nor prefilled", "take required and prefill away");
        CheckPrefill(field, element);
        CheckChoicesFrom(field, element);
    }

    private void CheckPrefill(SeedNode field, DataElement element)
    {
        if (field["prefill"] is not { } prefill)
            return;
        if ((prefill.TextOf("source") == Prefill.Derived) != prefill["value"] is not null)
            faults.Add(prefill, "A derived value needs value:, and only a derived one has it", "write {source: derived, lock: editable, value: ...}");
        if (prefill["from"] is not { Text: { } from } node)
            return;
        if (!_dictionary.Elements.TryGetValue(from, out var source))
            faults.Add(node, $"The dictionary has no element \"{from}\"", Nearest.Fix(from, _dictionary.Elements.Keys));
        else if (source.Type != element.Type && element.Type is not (FieldType.Text or FieldType.Telephone))
            faults.Add(node, $"\"{from}\" is of type {source.Type}, \"{element.Key}\" of type {element.Type}", "prefill from an element of the same type");
    }

    private void CheckChoicesFrom(SeedNode field, DataElement element)
    {
        if (field["choices_from"] is not { } choices)
            return;
        if (element.Type != FieldType.Text)
            faults.Add(choices, $"\"{element.Key}\" is of type {element.Type}; rows can be offered for text only", "use an element of type text");
        if (_dictionary.Elements.GetValueOrDefault(choices.TextOf("group") ?? "")?.Type != FieldType.Group)
            faults.Add(choices, $"\"{choices.TextOf("group")}\" is not a group", "name a group of this form");
    }

    private void CheckMaterials(SeedNode root, ServiceDefinition service)
    {
        var materials = root.ListOf("materials");
        foreach (var twice in materials.GroupBy(m => m.TextOf("code")).Where(g => g.Count() > 1))
            faults.Add(twice.Last()["code"]!, $"The material \"{twice.Key}\" is there twice", "give each material a code of its own",
                new SeedWords($"材料编码“{twice.Key}”用了两次", "每份材料用自己的编码"));
        var codes = materials.Select(m => m.TextOf("code") ?? "").ToHashSet();
        var shown = root.ListOf("pages").SelectMany(p => p.ListOf("materials")).ToList();
        foreach (var unknown in shown.Where(m => !codes.Contains(m.Text ?? "")))
            faults.Add(unknown, $"There is no material \"{unknown.Text}\"", Nearest.Fix(unknown.Text ?? "", codes));
        if (shown.Count == 0 && root.ListOf("pages").Count == 0)
            return;
        foreach (var (promised, node) in service.Materials.Zip(materials).Where(p => !p.First.Deferrable && (p.First.RequiredIf?.Reads.Contains(MaterialDefinition.LaterKey) ?? false)))
            faults.Add(node["required_if"]!, $"\"{promised.Code}\" can be left out by a promise and is not flagged so", "say necessity: deferrable, or take the promise out of required_if:");
        foreach (var (hidden, node) in service.Materials.Zip(materials).Where(p => p.First.IsBrought && !shown.Any(s => s.Text == p.First.Code)))
            faults.Add(node["code"]!, $"The material \"{hidden.Code}\" can not be uploaded on any page", "add it to materials: of a page, or say by waiver: why nobody brings it",
                new SeedWords($"“{hidden.Title}”要申请人交，网上表单里却没有地方传", "请写明免提交方式，或请技术人员在表单里加上"));
    }

    private void CheckEnd(SeedNode root)
    {
        if (root.ListOf("pages").Count > 0 && root["result"] is null)
            faults.Add(root["code"]!, "The service has no end: nothing says what a decision leads to", "add result: with kind and title, or result: notice");
    }

    private void CheckTemplates(SeedNode root, ServiceDefinition service)
    {
        foreach (var (_, name) in root["templates"]?.Entries ?? [])
        {
            var path = $"seeds/templates/{name.Text}.liquid";
            if (!seeds.Texts.TryGetValue(path, out var text))
            {
                faults.Add(name, $"There is no template {path}", Nearest.Fix(name.Text ?? "", seeds.Texts.Keys.Select(k => Path.GetFileNameWithoutExtension(k))));
                continue;
            }

            foreach (var (token, line) in TemplateTokens.Of(text).Where(t => Facts.FieldsOf(service).GetValueOrDefault(t.Token) is null))
                faults.Add(path, line, $"The form of \"{service.Code}\" has no field \"{token}\"", Nearest.Fix(token, service.AllFields().Select(f => f.Key)));
        }
    }
}

/// <summary>The fields of the form that a template prints, written as <c>{{ form["company.name.full"] }}</c>.</summary>
internal static partial class TemplateTokens
{
    public static IEnumerable<(string Token, int Line)> Of(string text) =>
        text.Split('\n').SelectMany((line, index) => Token().Matches(line).Select(m => (m.Groups[1].Value, index + 1)));

    [GeneratedRegex("""form\[["']([^"']+)["']\]""")]
    private static partial Regex Token();
}
