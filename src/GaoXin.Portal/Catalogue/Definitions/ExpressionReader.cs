using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary>
/// Compiles a condition or computed value. A map with one key is an operator; <c>{fact: key}</c>, <c>{text: x}</c> and
/// <c>{list: [..]}</c> say what they are where the position does not.
/// </summary>
internal sealed class ExpressionReader(SeedFaults faults)
{
    private static readonly Dictionary<string, RowQuestion> Rows =
        Enum.GetValues<RowQuestion>().ToDictionary(RowOperation.Name);

    private static readonly IEnumerable<string> Names = [.. Operator.All.Keys, .. Rows.Keys, "fact", "text", "list"];

    /// <summary>Reads an optional expression.</summary>
    public Expression? Optional(SeedNode? node) => node is null ? null : Value(node);

    /// <summary>Reads a value; a bare text is a key.</summary>
    public Expression Value(SeedNode node)
    {
        if (node.IsScalar)
            return node.Value is string key ? new Fact(key) : new Literal(node.Value);
        if (!node.IsMap || node.Entries.Count() != 1)
            return Wrong(node, "An expression is one operator with its operands", "write it as {eq: [key, value]}");
        var (name, operand) = node.Entries.First();
        return name switch
        {
            "fact" => new Fact(operand.Text ?? ""),
            "text" => new Literal(operand.Text ?? ""),
            "list" => LiteralOf(operand),
            _ when Rows.TryGetValue(name, out var question) => RowsOf(question, operand),
            _ when Operator.All.TryGetValue(name, out var rule) => Operation(rule, operand),
            _ => Wrong(node, $"There is no operator \"{name}\"", Nearest.Fix(name, Names)),
        };
    }

    private Expression Operation(Operator rule, SeedNode node)
    {
        var operands = node.IsList ? node.Items : [node];
        if (operands.Count < rule.Fewest || operands.Count > rule.Most)
            return Wrong(node, $"\"{rule.Name}\" has {operands.Count} operands", $"give {Wanted(rule)}");
        return new Operation(rule, [.. operands.Select((o, i) => Operand(rule, o, i))]);
    }

    private Expression Operand(Operator rule, SeedNode node, int position)
    {
        if (rule.Style is OperandStyle.Conditions || (rule.Style is OperandStyle.Choice && position == 0))
            return Condition(node);
        return rule.Style is OperandStyle.KeyThenLiterals && position > 0 && !node.IsMap ? LiteralOf(node) : Value(node);
    }

    private Expression Condition(SeedNode node)
    {
        var condition = Value(node);
        if (condition is Operation { Rule.IsCondition: true } or RowOperation { Question: RowQuestion.Some or RowQuestion.Every }
            or Operation { Rule.Name: "if" } or Literal { Value: bool })
            return condition;
        return Wrong(node, "A condition is expected here", "write a comparison, for example {eq: [key, value]}");
    }

    private Expression RowsOf(RowQuestion question, SeedNode node)
    {
        var parts = node.IsList ? node.Items : [node];
        var wantsColumn = question == RowQuestion.Sum;
        var mustHaveCondition = question is RowQuestion.Some or RowQuestion.Every;
        var fewest = 1 + (wantsColumn || mustHaveCondition ? 1 : 0);
        var most = 2 + (wantsColumn ? 1 : 0);
        if (parts.Count < fewest || parts.Count > most || parts[0].Text is null)
            return Wrong(node, $"\"{RowOperation.Name(question)}\" is not complete", wantsColumn ? "write sum: [group, column]" : "write it as [group, condition]");
        var where = parts.Count > fewest || mustHaveCondition ? Condition(parts[^1]) : null;
        return new RowOperation(question, parts[0].Text!, wantsColumn ? parts[1].Text : null, where);
    }

    private static Literal LiteralOf(SeedNode node) =>
        node.IsList ? new Literal((IReadOnlyList<object?>)[.. node.Items.Select(i => i.Value)]) : new Literal(node.Value);

    private Literal Wrong(SeedNode node, string message, string fix)
    {
        faults.Add(node, message, fix);
        return new Literal(null);
    }

    private static string Wanted(Operator rule) => rule.Most == int.MaxValue ? $"at least {rule.Fewest}"
        : rule.Fewest == rule.Most ? $"exactly {rule.Fewest}" : $"{rule.Fewest} to {rule.Most}";
}
