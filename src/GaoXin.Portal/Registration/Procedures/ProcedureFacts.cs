using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>The facts of 变更 for the lint of rules.</summary>
internal sealed class CompanyChangeFacts : IKnownFacts
{
    public string Handler => CompanyChangeHandler.HandlerCode;

    public IReadOnlyCollection<string> Names => SetupFacts.OfChange;
}

/// <summary>The facts of 一照多址 for the lint of rules.</summary>
internal sealed class OtherPremisesFacts : IKnownFacts
{
    public string Handler => OtherPremisesHandler.HandlerCode;

    public IReadOnlyCollection<string> Names => SetupFacts.OfPremisesFiling;
}

/// <summary>The facts of 歇业 for the lint of rules.</summary>
internal sealed class SuspensionFacts : IKnownFacts
{
    public string Handler => SuspensionHandler.HandlerCode;

    public IReadOnlyCollection<string> Names { get; } = ["suspension.daysUsed", "suspension.problems"];
}

/// <summary>普通注销 publishes no facts: an officer decides, no rules do.</summary>
internal sealed class DeregistrationFacts : IKnownFacts
{
    public string Handler => DeregistrationHandler.HandlerCode;

    public IReadOnlyCollection<string> Names => [];
}

/// <summary>The facts of 简易注销 for the lint of rules.</summary>
internal sealed class SimpleDeregistrationFacts : IKnownFacts
{
    public string Handler => SimpleDeregistrationHandler.HandlerCode;

    public IReadOnlyCollection<string> Names { get; } = ["marks.known", "notice.problems", .. Enum.GetValues<EntityMarkKind>().Select(NameOf)];

    public static string NameOf(EntityMarkKind kind) => $"marks.{char.ToLowerInvariant(kind.ToString()[0])}{kind.ToString()[1..]}";
}
