using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary>
/// Conditions of one form: they read known keys of the right type, do not turn in circles, and can come true. What can
/// come true is judged by the choices each key may have, which is sound for the conditions people write.
/// </summary>
internal sealed class ConditionLint(SeedNode root, ServiceDefinition service, SeedFaults faults)
{
    private readonly Dictionary<string, FieldUse> _fields = service.AllFields().ToDictionary(f => f.Key);

    /// <summary>For each key the conditions that must hold for it to show: its own, its group's and its page's.</summary>
    private readonly Dictionary<string, List<Expression>> _shownIf = [];

    public void Check()
    {
        foreach (var (page, pageNode) in service.Pages.Zip(root.ListOf("pages")))
        {
            foreach (var (field, node) in page.Fields.Zip(pageNode.ListOf("fields")))
            {
                Remember(field, [page.VisibleIf]);
                Remember(field.Columns, [page.VisibleIf, field.VisibleIf]);
                CheckExpressions(field, node);
                foreach (var (column, columnNode) in field.Columns.Zip(node.ListOf("columns")))
                    CheckExpressions(column, columnNode);
            }

            CheckOperands(page.VisibleIf, pageNode["visible_if"]);
        }

        foreach (var (material, node) in service.Materials.Zip(root.ListOf("materials")))
            CheckOperands(material.RequiredIf, node["required_if"]);
        if (faults.Count == 0)
            CheckShowing();
    }

    private void Remember(IEnumerable<FieldUse> fields, Expression?[] above)
    {
        foreach (var field in fields)
            Remember(field, above);
    }

    private void Remember(FieldUse field, Expression?[] above) => _shownIf[field.Key] = [.. above.Append(field.VisibleIf).OfType<Expression>()];

    private void CheckExpressions(FieldUse field, SeedNode node)
    {
        CheckOperands(field.VisibleIf, node["visible_if"]);
        CheckOperands(field.RequiredIf, node["required_if"]);
        CheckOperands(field.Computed, node["computed"]);
        CheckOperands(field.Prefill?.Value, node["prefill"]?["value"]);
        CheckOperands(field.ChoicesFrom?.Where, node["choices_from"]?["where"]);
    }

    private void CheckOperands(Expression? expression, SeedNode? node)
    {
        if (expression is null || node is null)
            return;
        foreach (var key in expression.Reads.Where(k => k != Facts.Today && !_fields.ContainsKey(k)).Distinct())
            faults.Add(node, $"The condition reads \"{key}\", which this form does not ask", Nearest.Fix(key, _fields.Keys));
        foreach (var comparison in All(expression).OfType<Operation>())
            CheckComparison(comparison, node);
        foreach (var rows in All(expression).OfType<RowOperation>().Where(r => _fields.GetValueOrDefault(r.Group) is { } f && f.Element.Type != FieldType.Group))
            faults.Add(node, $"\"{rows.Group}\" is not a group", "count, sum, some, every and first-row work on groups");
    }

    private void CheckComparison(Operation comparison, SeedNode node)
    {
        if (comparison.Operands is not [Fact fact, ..] || !_fields.TryGetValue(fact.Key, out var field))
            return;
        var literals = comparison.Operands.Skip(1).OfType<Literal>().SelectMany(l => l.Value as IReadOnlyList<object?> ?? [l.Value]).ToList();
        if (comparison.Rule.Name is "eq" or "ne" or "in" or "contains" && Choices(field) is { } choices)
        {
            foreach (var wrong in literals.Select(Values.Text).Where(v => v is not null && !choices.Contains(v)))
                faults.Add(node, $"\"{wrong}\" is not a choice of \"{fact.Key}\"", Nearest.Fix(wrong!, choices));
        }

        if (comparison.Rule.Name is "gt" or "ge" or "lt" or "le" or "between" && !HasOrder(field.Element.Type))
            faults.Add(node, $"\"{fact.Key}\" is of type {field.Element.Type} and has no order", "compare numbers or days");
    }

    private void CheckShowing()
    {
        foreach (var (page, node) in service.Pages.Zip(root.ListOf("pages")))
        {
            var own = page.Fields.SelectMany(f => f.Columns.Prepend(f)).Select(f => f.Key).ToHashSet();
            if (page.VisibleIf?.Reads.FirstOrDefault(own.Contains) is { } inside)
                faults.Add(node["visible_if"]!, $"The page \"{page.Id}\" waits for \"{inside}\", which it asks itself: nobody reaches it", "ask that question on an earlier page");
            else if (page.VisibleIf is { } condition && !CanHold([condition], []))
                faults.Add(node["visible_if"]!, $"The page \"{page.Id}\" can never show: nobody reaches it", "mend the condition, or take the page away");
            else
                CheckFields(page, node);
        }
    }

    private void CheckFields(FormPage page, SeedNode pageNode)
    {
        foreach (var (field, node) in page.Fields.Zip(pageNode.ListOf("fields")).SelectMany(p => p.First.Columns.Zip(p.Second.ListOf("columns")).Prepend(p)))
        {
            if (Circle(field.Key, []) is { } circle)
                faults.Add(node, $"The conditions turn in a circle: {string.Join(" -> ", circle)}", "let one of them depend on an earlier answer only");
            else if (field.Required && !CanHold(_shownIf[field.Key], []))
                faults.Add(node, $"\"{field.Key}\" is required but can never show", "mend visible_if of the field or its page");
        }
    }

    private List<string>? Circle(string key, List<string> path)
    {
        if (path.Contains(key))
            return [.. path.SkipWhile(k => k != key), key];
        if (!_fields.TryGetValue(key, out var field))
            return null;
        List<string> longer = [.. path, key];
        var reads = (field.VisibleIf?.Reads ?? []).Concat(field.Computed?.Reads ?? []).Where(k => k != field.Key || field.Computed is null);
        return reads.Distinct().Select(k => Circle(k, longer)).FirstOrDefault(c => c is not null && c[0] == path.Append(key).First());
    }

    /// <summary>False when the conditions can not all be true at once.</summary>
    private bool CanHold(IEnumerable<Expression> conditions, HashSet<string> asked)
    {
        var allowed = new Dictionary<string, HashSet<string>>();
        return conditions.SelectMany(Conjuncts).All(c => c switch
        {
            Literal { Value: false } => false,
            Operation { Rule.Name: "any" } any => any.Operands.Any(o => CanHold([o], asked)),
            Operation { Rule.Name: "eq" or "in", Operands: [Fact fact, Literal literal] } => Narrow(allowed, fact.Key, literal) && CanShow(fact.Key, asked),
            Operation { Rule.Name: "present" or "contains" or "gt" or "ge" or "lt" or "le" or "between", Operands: [Fact fact, ..] } => CanShow(fact.Key, asked),
            _ => true,
        });
    }

    /// <summary>A key whose own field can never show has no value.</summary>
    private bool CanShow(string key, HashSet<string> asked) =>
        !_shownIf.TryGetValue(key, out var conditions) || !asked.Add(key) || CanHold(conditions, asked);

    private static bool Narrow(Dictionary<string, HashSet<string>> allowed, string key, Literal literal)
    {
        var values = (literal.Value as IReadOnlyList<object?> ?? [literal.Value]).Select(v => Values.Text(v) ?? "").ToHashSet();
        if (!allowed.TryAdd(key, values))
            allowed[key].IntersectWith(values);
        return allowed[key].Count > 0;
    }

    private static IEnumerable<Expression> Conjuncts(Expression condition) =>
        condition is Operation { Rule.Name: "all" } all ? all.Operands.SelectMany(Conjuncts) : [condition];

    private static IEnumerable<Expression> All(Expression expression) => expression switch
    {
        Operation operation => operation.Operands.SelectMany(All).Prepend(operation),
        RowOperation { Where: { } where } rows => All(where).Prepend(rows),
        _ => [expression],
    };

    private static HashSet<string>? Choices(FieldUse field) => field switch
    {
        { Element.Type: FieldType.YesNo or FieldType.Commitment } => ["yes", "no"],
        { ChoicesFrom: not null } => [.. field.Element.Choices.Select(c => c.Value), ChoicesFrom.Other],
        { Element.Choices.Count: > 0 } => [.. field.Element.Choices.Select(c => c.Value)],
        _ => null,
    };

    private static bool HasOrder(FieldType type) =>
        type is FieldType.Integer or FieldType.Number or FieldType.Money or FieldType.Percentage or FieldType.Date;
}
