namespace GaoXin.Portal.Identity;

/// <summary>
/// FOR CAPABILITIES ONLY, NEVER FOR PAGES: slows guessing at a short secret of somebody else, for example the end of a phone number
/// or a withdrawal code. Tries count for the thing together with the network they come from, so nobody is locked out by another network.
/// What is typed is the key, so things that do not exist wait like those that do.
/// </summary>
public interface IGuessing
{
    /// <summary>Takes a try before anything is compared; false when there is none left. Send it in a command that does not throw afterwards, or the try is not counted.</summary>
    Task<bool> Take(GuessRule rule, string thing, CancellationToken ct);

    /// <summary>The guess was right: the tries at this thing from this network begin anew, and this one counts nowhere.</summary>
    Task Right(GuessRule rule, string thing, CancellationToken ct);
}

/// <summary>So many tries at one thing from one network. No number of tries from other networks locks it for this one.</summary>
/// <param name="Kind">Separates the counters, for example <c>complaint-proof</c>.</param>
/// <param name="Tries">At one thing from one network in <paramref name="Window"/>.</param>
/// <param name="Window">How long the tries count, from the first of them.</param>
public sealed record GuessRule(string Kind, int Tries, TimeSpan Window)
{
    /// <summary>At all things together from one network in the window: who counts numbers up is stopped too.</summary>
    public int TriesOfNetwork { get; init; } = int.MaxValue;

    /// <summary>After so many wrong tries at one thing in a day, wherever they come from, each network has one try in a window: slower, never locked.</summary>
    public int SlowAfter { get; init; } = int.MaxValue;

    /// <summary>
    /// After so many wrong tries at one thing in a day this secret is not taken any more until the next: only for a secret so short that
    /// many networks together would find it and a longer one stays open, or for what nobody needs more often than that.
    /// </summary>
    public int RestAfter { get; init; } = int.MaxValue;
}

internal sealed class Guessing(Pacing pacing, ClientAddress address) : IGuessing
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public async Task<bool> Take(GuessRule rule, string thing, CancellationToken ct)
    {
        var wrong = await pacing.Count(Everywhere(rule), thing, ct);
        if (wrong >= rule.RestAfter)
            return false;
        var tries = wrong >= rule.SlowAfter ? 1 : rule.Tries;
        if (!await pacing.Take(OfNetwork(rule), address.Key, ct) || !await pacing.Take(Here(rule, tries), Who(thing), ct))
            return false;
        await pacing.Take(Everywhere(rule), thing, ct);
        return true;
    }

    public async Task Right(GuessRule rule, string thing, CancellationToken ct)
    {
        await pacing.GiveBack(OfNetwork(rule), address.Key, ct);
        await pacing.Clear(Here(rule, rule.Tries), Who(thing), ct);
        await pacing.GiveBack(Everywhere(rule), thing, ct);
    }

    private static PaceRule Here(GuessRule rule, int tries) => new(rule.Kind, TimeSpan.Zero, rule.Window, tries);

    private static PaceRule OfNetwork(GuessRule rule) => new($"{rule.Kind}-network", TimeSpan.Zero, rule.Window, rule.TriesOfNetwork);

    private static PaceRule Everywhere(GuessRule rule) => new($"{rule.Kind}-all", TimeSpan.Zero, Day, int.MaxValue);

    private string Who(string thing) => $"{thing} network {address.Key}";
}
