using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Identity;

/// <summary>The registry that tells whether a name and an ID number belong together （人口库实名核验）， an outside system.</summary>
public interface IRealNameRegistry
{
    /// <summary>Asks once. Throws when the registry does not answer.</summary>
    Task<RealNameAnswer> Check(string name, ResidentId idNumber, CancellationToken ct);
}

internal static class RealNameRegistries
{
    /// <summary>Asks once; a registry that does not answer is a refusal that says so (<c>identity.real-name-unavailable</c>).</summary>
    public static async Task<RealNameAnswer> Ask(this IRealNameRegistry registry, string name, ResidentId idNumber, CancellationToken ct)
    {
        try
        {
            return await registry.Check(name, idNumber, ct);
        }
        catch (Exception error) when (error is HttpRequestException or TimeoutException or Polly.Timeout.TimeoutRejectedException)
        {
            throw new RefusedException(IdentityRefusals.RealNameUnavailable());
        }
    }
}

/// <summary>The registry's answer.</summary>
/// <param name="Matches">True when name and number belong together.</param>
/// <param name="Method">Which registry answered, kept with the account.</param>
public sealed record RealNameAnswer(bool Matches, string Method);

/// <summary>
/// The simulator of demo mode, labelled on the page: takes every plausible adult's number, and refuses names with 不符 in
/// them so that the refusal can be shown too.
/// </summary>
internal sealed class DemoRealNameRegistry(TimeProvider clock) : IRealNameRegistry
{
    private const int Adult = 18;

    public Task<RealNameAnswer> Check(string name, ResidentId idNumber, CancellationToken ct)
    {
        var today = clock.Today();
        var matches = idNumber.IsPlausibleOn(today) && idNumber.AgeOn(today) >= Adult && !name.Contains("不符", StringComparison.Ordinal);
        return Task.FromResult(new RealNameAnswer(matches, "demo"));
    }
}
