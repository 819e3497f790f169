namespace GaoXin.Portal.Catalogue;

/// <summary>
/// A condition or computed value of a definition: a small typed tree written in YAML, compiled at load, evaluated only
/// here. There is no script escape hatch.
/// </summary>
public abstract class Expression
{
    /// <summary>The keys it reads, for the cycle check and for what a page must send along.</summary>
    public abstract IEnumerable<string> Reads { get; }

    /// <summary>The value: text, a decimal, a bool, a day, a list, or null.</summary>
    public abstract object? Evaluate(IFacts facts);

    /// <summary>True when the value is true.</summary>
    public bool Holds(IFacts facts) => Evaluate(facts) is true;

    /// <summary>The tree as plain maps, lists and scalars: what is stored and sent to the page's show-and-hide script.</summary>
    public abstract object ToPlain();
}

/// <summary>What an expression reads: answers of a form, or the facts of a decision.</summary>
public interface IFacts
{
    /// <summary>The value of a key: text, a decimal, a bool, a day, a list of <see cref="IFacts"/> rows, or null.</summary>
    object? this[string key] { get; }
}
