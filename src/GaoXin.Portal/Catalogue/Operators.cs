
namespace GaoXin.Portal.Catalogue;

/// <summary>How the operands of an operator are written in YAML.</summary>
internal enum OperandStyle
{
    /// <summary>Conditions.</summary>
    Conditions,

    /// <summary>A key first, then literals: eq: [key, value].</summary>
    KeyThenLiterals,

    /// <summary>Keys and numbers: add: [key, 1].</summary>
    Keys,

    /// <summary>A condition, then two values.</summary>
    Choice,
}

/// <summary>An operator over values: its name, its operands, and what it computes. Missing values give null, conditions over them false.</summary>
internal sealed record Operator(string Name, int Fewest, int Most, OperandStyle Style, bool IsCondition, Func<IReadOnlyList<Expression>, IFacts, object?> Compute)
{
    private const int Unlimited = int.MaxValue;

    public static IReadOnlyDictionary<string, Operator> All { get; } = new Operator[]
    {
        new("all", 1, Unlimited, OperandStyle.Conditions, true, (o, f) => !HasOne(o, f, false)),
        new("any", 1, Unlimited, OperandStyle.Conditions, true, (o, f) => HasOne(o, f, true)),
        new("not", 1, 1, OperandStyle.Conditions, true, (o, f) => !o[0].Holds(f)),
        Condition("eq", 2, (v, _) => Values.Same(v[0], v[1])),
        Condition("ne", 2, (v, _) => v[0] is not null && v[1] is not null && !Values.Same(v[0], v[1])),
        Condition("gt", 2, (v, _) => Values.Order(v[0], v[1]) > 0),
        Condition("ge", 2, (v, _) => Values.Order(v[0], v[1]) >= 0),
        Condition("lt", 2, (v, _) => Values.Order(v[0], v[1]) < 0),
        Condition("le", 2, (v, _) => Values.Order(v[0], v[1]) <= 0),
        Condition("between", 3, (v, _) => Values.Order(v[0], v[1]) >= 0 && Values.Order(v[0], v[2]) <= 0),
        Condition("in", 2, (v, _) => v[1] is IReadOnlyList<object?> list && list.Any(x => Values.Same(v[0], x))),
        Condition("contains", 2, (v, _) => Contains(v[0], v[1])),
        Condition("empty", 1, (v, _) => Values.Empty(v[0])),
        Condition("present", 1, (v, _) => !Values.Empty(v[0])),
        Numbers("add", Unlimited, v => v.Sum()),
        Numbers("sub", 2, v => v[0] - v[1]),
        Numbers("mul", Unlimited, v => v.Aggregate(1m, (a, b) => a * b)),
        Numbers("div", 2, v => v[1] == 0 ? null : v[0] / v[1]),
        Numbers("round", 2, v => v[1] is >= 0 and <= 10 ? Math.Round(v[0], (int)v[1], MidpointRounding.AwayFromZero) : null),
        new("if", 3, 3, OperandStyle.Choice, false, (o, f) => o[0].Holds(f) ? o[1].Evaluate(f) : o[2].Evaluate(f)),
        Value("concat", 1, Unlimited, (v, _) => v.Any(Values.Empty) ? null : string.Concat(v.Select(Values.Text))),
        Value("length", 1, 1, (v, _) => v[0] is IReadOnlyCollection<string> many ? many.Count : v[0] is string text ? text.EnumerateRunes().Count() : null),
        Value("years-since", 1, 1, (v, f) => Values.Day(v[0]) is { } day && Values.Day(f[Facts.Today]) is { } today ? Years(day, today) : null),
        Value("add-years", 2, 2, (v, _) => Values.Day(v[0]) is { } day && Values.Number(v[1]) is >= -200 and <= 200 and { } years ? day.AddYears((int)years) : null),
    }.ToDictionary(o => o.Name);

    private static Operator Condition(string name, int count, Func<object?[], IFacts, object?> compute) =>
        new(name, count, count, OperandStyle.KeyThenLiterals, true, (o, f) => compute(Operands(o, f), f));

    private static Operator Value(string name, int fewest, int most, Func<object?[], IFacts, object?> compute) =>
        new(name, fewest, most, OperandStyle.Keys, false, (o, f) => Values.Normal(compute(Operands(o, f), f)));

    private static Operator Numbers(string name, int most, Func<decimal[], decimal?> compute) =>
        new(name, 2, most, OperandStyle.Keys, false, (o, f) =>
        {
            var numbers = o.Select(e => Values.Number(e.Evaluate(f))).ToList();
            return numbers.Contains(null) ? null : Calculate([.. numbers.Select(n => n!.Value)], compute);
        });

    // Loops, not queries: a page evaluates hundreds of these.
    private static bool HasOne(IReadOnlyList<Expression> conditions, IFacts facts, bool holding)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (conditions[i].Holds(facts) == holding)
                return true;
        }

        return false;
    }

    private static object?[] Operands(IReadOnlyList<Expression> operands, IFacts facts)
    {
        var values = new object?[operands.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = operands[i].Evaluate(facts);
        return values;
    }

    private static object? Calculate(decimal[] numbers, Func<decimal[], decimal?> compute)
    {
        try
        {
            return compute(numbers);
        }
        catch (OverflowException)
        {
            // Absurd input, refused by the fields' own limits: no value rather than a fault of the page.
            return null;
        }
    }

    private static bool Contains(object? value, object? part) => value switch
    {
        IReadOnlyList<string> many => many.Any(x => Values.Same(x, part)),
        string text => Values.Text(part) is { Length: > 0 } wanted && text.Contains(wanted, StringComparison.Ordinal),
        _ => false,
    };

    private static int Years(DateOnly from, DateOnly to)
    {
        var years = to.Year - from.Year;
        return from.AddYears(years) > to ? years - 1 : years;
    }
}
