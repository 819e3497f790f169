using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>The facts of 变更 for the lint of rules.</summary>
internal sealed class CompanyChangeFacts : IKnownFacts
{
    public string Handler => CompanyChangeHandler.HandlerCode;

    public IReadOnlyCollection<string> Names => SetupFacts.OfChange;
}

/// <summary>The facts of 个转企 for the lint of rules.</summary>
internal sealed class ConversionFacts : IKnownFacts
{
    public string Handler => ConversionHandler.HandlerCode;

    public IReadOnlyCollection<string> Names { get; } = [.. SetupFacts.OfCompany, .. EntityMarksAnswer.FactNames];
}

/// <summary>The facts of 个体工商户变更 for the lint of rules.</summary>
internal sealed class BusinessChangeFacts : IKnownFacts
{
    public string Handler => BusinessChangeHandler.HandlerCode;

    public IReadOnlyCollection<string> Names => SetupFacts.OfBusinessChange;
}

/// <summary>The facts of 个体工商户注销 for the lint of rules.</summary>
internal sealed class BusinessDeregistrationFacts : IKnownFacts
{
    public string Handler => BusinessDeregistrationHandler.HandlerCode;

    public IReadOnlyCollection<string> Names => EntityMarksAnswer.FactNames;
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

/// <summary>The facts of 普通注销 for the lint of rules.</summary>
internal sealed class DeregistrationFacts : IKnownFacts
{
    public string Handler => DeregistrationHandler.HandlerCode;

    public IReadOnlyCollection<string> Names { get; } = [.. LiquidationFiling.FactNames, .. EntityMarksAnswer.FactNames, DeregistrationHandler.Objections];
}

/// <summary>The facts of 简易注销 for the lint of rules.</summary>
internal sealed class SimpleDeregistrationFacts : IKnownFacts
{
    public string Handler => SimpleDeregistrationHandler.HandlerCode;

    public IReadOnlyCollection<string> Names { get; } = ["notice.problems", .. EntityMarksAnswer.FactNames];
}
