namespace GaoXin.Portal.Kernel;

/// <summary>
/// Understood but impossible: a stable code for machines and a Chinese sentence that says what to do next.
/// <paramref name="Field"/> names the control it belongs to, when there is one.
/// </summary>
public sealed record Refusal(string Code, string Message, string? Field = null);

/// <summary>One or more refusals. The page shows them beside the fields and keeps what was typed (422).</summary>
public sealed class RefusedException : Exception
{
    /// <summary>Refuses with one reason.</summary>
    public RefusedException(Refusal refusal)
        : this([refusal])
    {
    }

    /// <summary>Refuses with several reasons at once, so that a person mends them in one go.</summary>
    public RefusedException(IReadOnlyList<Refusal> refusals)
        : base(string.Join(", ", refusals.Select(r => r.Code))) => Refusals = refusals;

    /// <summary>The reasons, never empty.</summary>
    public IReadOnlyList<Refusal> Refusals { get; }
}

/// <summary>Not there, or not yours: the two look alike (404).</summary>
public sealed class NotFoundException(string what) : Exception($"Not found: {what}");

/// <summary>Shorthand for look-ups filtered by owner.</summary>
public static class FoundExtensions
{
    /// <summary>The value, or <see cref="NotFoundException"/>.</summary>
    public static async Task<T> OrNotFound<T>(this Task<T?> lookup, string what)
        where T : class => await lookup ?? throw new NotFoundException(what);
}
