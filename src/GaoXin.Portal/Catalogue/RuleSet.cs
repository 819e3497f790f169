namespace GaoXin.Portal.Catalogue;

/// <summary>Decision rules (智能审批规则) of one kind of case, in force from a day (law by application date).</summary>
public sealed record RuleSet
{
    /// <summary>For example <c>company-setup</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Counts up from 1.</summary>
    public required int Version { get; init; }

    /// <summary>SHA-256 of the content.</summary>
    public required string Hash { get; init; }

    /// <summary>First day of force.</summary>
    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>All rules; each is evaluated, there is no short cut.</summary>
    public required IReadOnlyList<DecisionRule> Rules { get; init; }

    /// <summary>Evaluates every rule over the facts.</summary>
    public IReadOnlyList<RuleResult> Evaluate(IFacts facts) => [.. Rules.Select(r => r.Evaluate(facts))];
}

/// <summary>One rule: when <see cref="When"/> holds the rule passes, else <see cref="Otherwise"/> follows.</summary>
public sealed record DecisionRule
{
    /// <summary>For example <c>R-031</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it asks, in plain words.</summary>
    public required string Title { get; init; }

    /// <summary>The condition to pass.</summary>
    public required Expression When { get; init; }

    /// <summary>Refer or Fail. Never an automatic refusal: a fail blocks at submit with the fix.</summary>
    public required RuleOutcome Otherwise { get; init; }

    /// <summary>What to say when it does not pass; <c>{fact}</c> stands for the value of a fact that <see cref="When"/> reads.</summary>
    public required string Message { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Fix { get; init; }

    /// <summary>Law and article.</summary>
    public string? Basis { get; init; }

    /// <summary>Evaluates the rule and keeps what it read.</summary>
    public RuleResult Evaluate(IFacts facts)
    {
        var read = When.Reads.Distinct().ToDictionary(k => k, k => Values.Text(facts[k]));
        var outcome = When.Holds(facts) ? RuleOutcome.Pass : Otherwise;
        return new RuleResult(Id, Title, outcome, outcome == RuleOutcome.Pass ? null : Told(read), Fix, Basis, read);
    }

    private string Told(Dictionary<string, string?> read) => read.Aggregate(Message, (told, fact) => told.Replace($"{{{fact.Key}}}", fact.Value, StringComparison.Ordinal));
}

/// <summary>How a rule ended.</summary>
public enum RuleOutcome
{
    /// <summary>通过.</summary>
    Pass,

    /// <summary>要人看: an officer decides.</summary>
    Refer,

    /// <summary>要改: the applicant mends it before submitting.</summary>
    Fail,
}

/// <summary>The result of one rule with the facts it read, enough to replay it.</summary>
public sealed record RuleResult(
    string RuleId, string Title, RuleOutcome Outcome, string? Message, string? Fix, string? Basis, IReadOnlyDictionary<string, string?> Facts);
