namespace GaoXin.Portal.Identity;

/// <summary>
/// FOR CAPABILITIES ONLY, NEVER FOR PAGES: slows guessing at a short secret of somebody else, for example the end of a phone number
/// or a withdrawal code. Tries count for the thing together with the network they come from, and softly over all networks;
/// what is typed is the key, so things that do not exist wait like those that do.
/// </summary>
public interface IGuessing
{
    /// <summary>Takes a try before anything is compared; false when there is none left. Send it in a command that does not throw afterwards, or the try is not counted.</summary>
    Task<bool> Take(GuessRule rule, string thing, CancellationToken ct);

    /// <summary>The guess was right: the tries from this network begin anew.</summary>
    Task Clear(GuessRule rule, string thing, CancellationToken ct);
}

/// <summary>So many tries from one network and from all together.</summary>
/// <param name="Kind">Separates the counters, for example <c>complaint-look-up</c>.</param>
/// <param name="Tries">From one network, until it was silent for <paramref name="Window"/>.</param>
/// <param name="TriesOfAll">From all networks in a day.</param>
/// <param name="Window">How long it stays locked.</param>
public sealed record GuessRule(string Kind, int Tries, int TriesOfAll, TimeSpan Window);

internal sealed class Guessing(Pacing pacing, ClientAddress address) : IGuessing
{
    public async Task<bool> Take(GuessRule rule, string thing, CancellationToken ct) =>
        await pacing.Take(Here(rule), Who(thing), ct) && await pacing.Take(new PaceRule($"{rule.Kind}-all", TimeSpan.Zero, TimeSpan.FromDays(1), rule.TriesOfAll), thing, ct);

    public Task Clear(GuessRule rule, string thing, CancellationToken ct) => pacing.Clear(Here(rule), Who(thing), ct);

    private static PaceRule Here(GuessRule rule) => new(rule.Kind, TimeSpan.Zero, rule.Window, rule.Tries);

    private string Who(string thing) => $"{thing} network {address.Key}";
}
