using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Hosting;

namespace GaoXin.Portal.Identity;

/// <summary>
/// The two halves of a WebAuthn ceremony. What the second must know of the first (the challenge) travels in a protected
/// cookie of its own: <see cref="SignInManager{TUser}"/> would keep it in the second-factor cookie and wipe out who
/// passed the first factor.
/// </summary>
internal sealed class PasskeyCeremony(IHttpContextAccessor http, IPasskeyHandler<PortalUser> passkeys, IDataProtectionProvider protection, IHostEnvironment environment)
{
    private const string Create = "create";
    private const string Get = "get";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("identity.passkey").ToTimeLimitedDataProtector();

    private string Cookie => PortalCookies.Name("gx-passkey", environment);

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("There is no web request.");

    /// <summary>Options for <c>navigator.credentials.create</c>, as JSON.</summary>
    public async Task<string> OfferCreation(PasskeyUserEntity account)
    {
        var offer = await passkeys.MakeCreationOptionsAsync(account, Context);
        Keep(Create, offer.AttestationState);
        return offer.CreationOptionsJson;
    }

    /// <summary>Options for <c>navigator.credentials.get</c>, as JSON. They name no account: the device offers what it has.</summary>
    public async Task<string> OfferAssertion()
    {
        var offer = await passkeys.MakeRequestOptionsAsync(null, Context);
        Keep(Get, offer.AssertionState);
        return offer.RequestOptionsJson;
    }

    public Task<PasskeyAttestationResult> Attest(string credential) => passkeys.PerformAttestationAsync(
        new PasskeyAttestationContext { HttpContext = Context, CredentialJson = credential, AttestationState = Take(Create) });

    public Task<PasskeyAssertionResult<PortalUser>> Assert(string credential) => passkeys.PerformAssertionAsync(
        new PasskeyAssertionContext { HttpContext = Context, CredentialJson = credential, AssertionState = Take(Get) });

    private void Keep(string ceremony, string? state) => Context.Response.Cookies.Append(Cookie, _protector.Protect($"{ceremony}:{state}", Lifetime), Options());

    /// <summary>The state, once: the cookie goes with it. Null when there is none, it is too old or of the other ceremony.</summary>
    private string? Take(string ceremony)
    {
        if (Context.Request.Cookies[Cookie] is not { } value)
            return null;
        Context.Response.Cookies.Delete(Cookie, Options());
        try
        {
            var state = _protector.Unprotect(value);
            return state.StartsWith(ceremony + ":", StringComparison.Ordinal) ? state[(ceremony.Length + 1)..] : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private CookieOptions Options() => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = PortalCookies.MustBeSecure(Context, environment), IsEssential = true, Path = "/" };
}
