namespace GaoXin.Portal.Catalogue;

/// <summary>A value written in the definition.</summary>
internal sealed class Literal(object? value) : Expression
{
    public object? Value => value;

    public override IEnumerable<string> Reads => [];

    public override object? Evaluate(IFacts facts) => value;

    public override object ToPlain() => value switch
    {
        IReadOnlyList<object?> list => new Dictionary<string, object> { ["list"] = list.Select(v => Values.Text(v) ?? "").ToList() },
        decimal or bool => value,
        _ => new Dictionary<string, object> { ["text"] = Values.Text(value) ?? "" },
    };
}

/// <summary>The value of a key.</summary>
internal sealed class Fact(string key) : Expression
{
    public string Key => key;

    public override IEnumerable<string> Reads => [key];

    public override object? Evaluate(IFacts facts) => facts[key];

    public override object ToPlain() => new Dictionary<string, object> { ["fact"] = key };
}

/// <summary>An operator over operands.</summary>
internal sealed class Operation(Operator rule, IReadOnlyList<Expression> operands) : Expression
{
    public Operator Rule => rule;

    public IReadOnlyList<Expression> Operands => operands;

    public override IEnumerable<string> Reads => operands.SelectMany(o => o.Reads).Concat(rule.Name == "years-since" ? [Facts.Today] : []);

    public override object? Evaluate(IFacts facts) => rule.Compute(operands, facts);

    public override object ToPlain() => new Dictionary<string, object> { [rule.Name] = operands.Select(o => o.ToPlain()).ToList() };
}

/// <summary>What is computed over the rows of a group.</summary>
internal enum RowQuestion
{
    Count,
    Sum,
    Some,
    Every,
    FirstRow,
}

/// <summary>count, sum, some, every or first-row of a group; the condition sees the row's values first, then the form's.</summary>
internal sealed class RowOperation(RowQuestion question, string group, string? column, Expression? where) : Expression
{
    public RowQuestion Question => question;

    public string Group => group;

    public string? Column => column;

    public Expression? Where => where;

    public override IEnumerable<string> Reads => [group, .. column is null ? [] : new[] { column }, .. where?.Reads ?? []];

    public override object? Evaluate(IFacts facts)
    {
        var rows = facts[group] as IReadOnlyList<IFacts> ?? [];
        var chosen = rows.Where(r => where is null || where.Holds(r));
        return question switch
        {
            RowQuestion.Count => (decimal)chosen.Count(),
            RowQuestion.Sum => chosen.Sum(r => Values.Number(r[column!]) ?? 0),
            RowQuestion.Some => chosen.Any(),
            RowQuestion.Every => rows.All(where!.Holds),
            _ => chosen.Select(r => r[Facts.RowId]).FirstOrDefault(),
        };
    }

    public override object ToPlain()
    {
        var parts = new List<object> { group };
        if (column is not null)
            parts.Add(column);
        if (where is not null)
            parts.Add(where.ToPlain());
        return new Dictionary<string, object> { [Name(question)] = parts };
    }

    public static string Name(RowQuestion question) => question == RowQuestion.FirstRow ? "first-row" : question.ToString().ToLowerInvariant();
}
