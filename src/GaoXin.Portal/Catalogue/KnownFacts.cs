namespace GaoXin.Portal.Catalogue;

/// <summary>
/// The facts a case handler publishes to decision rules, so that a rule that reads an unknown fact does not load. The
/// capability that owns the handler registers one with the container. Besides these, rules may read the keys of the form
/// and <c>today</c>.
/// </summary>
public interface IKnownFacts
{
    /// <summary>The handler's code, for example <c>registration.company</c>.</summary>
    string Handler { get; }

    /// <summary>The names of all facts, for example <c>name.exactMatches</c>.</summary>
    IReadOnlyCollection<string> Names { get; }
}
