using System.Security.Claims;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace GaoXin.Portal.Identity;

/// <summary>
/// The session cookie. Only the sign-in pages of this capability use it, with an account id that a sign-in request of
/// this capability just answered. Every sign-in makes a new ticket, so a cookie planted before is worth nothing.
/// </summary>
public interface IPortalSession
{
    /// <summary>Signs the account in, after all its factors.</summary>
    Task SignIn(Guid accountId, CancellationToken ct);

    /// <summary>Signs out and forgets half-finished sign-ins.</summary>
    Task SignOut();

    /// <summary>Remembers for 5 minutes, in a protected cookie, who passed the first factor.</summary>
    Task BeginSecondFactor(Guid accountId);

    /// <summary>Who passed the first factor; null when nobody or too long ago.</summary>
    Task<Guid?> PendingSecondFactor();

    /// <summary>Builds the claims anew, for example after 实名.</summary>
    Task Refresh(CancellationToken ct);

    /// <summary>Starts to act for an enterprise, or stops with null.</summary>
    Task ActFor(ActingFor? enterprise, CancellationToken ct);
}

internal sealed class PortalSession(IHttpContextAccessor http, UserManager<PortalUser> users, IUserClaimsPrincipalFactory<PortalUser> claims, TimeProvider clock)
    : IPortalSession
{
    public static readonly TimeSpan StaffIdle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan CitizenIdle = TimeSpan.FromHours(2);
    private static readonly TimeSpan SecondFactor = TimeSpan.FromMinutes(5);
    private static readonly string[] Kept = [PortalClaims.ActingFor, PortalClaims.ActingForName];

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("There is no web request.");

    public async Task SignIn(Guid accountId, CancellationToken ct)
    {
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await Issue(accountId, null);
    }

    public async Task SignOut()
    {
        await Context.SignOutAsync(IdentityConstants.ApplicationScheme);
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
    }

    public Task BeginSecondFactor(Guid accountId)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, accountId.ToString())], IdentityConstants.TwoFactorUserIdScheme);
        return Context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity),
            new AuthenticationProperties { ExpiresUtc = clock.GetUtcNow() + SecondFactor });
    }

    public async Task<Guid?> PendingSecondFactor()
    {
        var result = await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return Guid.TryParse(result.Principal?.FindFirstValue(ClaimTypes.Name), out var id) ? id : null;
    }

    public Task Refresh(CancellationToken ct) => Issue(Me(), Context.User);

    public Task ActFor(ActingFor? enterprise, CancellationToken ct)
    {
        var carrier = new ClaimsIdentity();
        if (enterprise is not null)
            carrier.AddClaims([new Claim(PortalClaims.ActingFor, enterprise.EnterpriseId.ToString()), new Claim(PortalClaims.ActingForName, enterprise.Name)]);
        return Issue(Me(), new ClaimsPrincipal(carrier));
    }

    /// <summary>Carries what belongs to the session, not to the account, over to rebuilt claims.</summary>
    public static void Carry(ClaimsPrincipal? from, ClaimsPrincipal to)
    {
        var carried = from?.Claims.Where(c => Kept.Contains(c.Type)).Select(c => new Claim(c.Type, c.Value)) ?? [];
        ((ClaimsIdentity)to.Identity!).AddClaims(carried.ToList());
    }

    public static void StopActing(ClaimsIdentity identity)
    {
        foreach (var claim in identity.Claims.Where(c => Kept.Contains(c.Type)).ToList())
            identity.RemoveClaim(claim);
    }

    private Guid Me() => Guid.Parse(Context.User.FindFirstValue(ClaimTypes.NameIdentifier)!);

    private async Task Issue(Guid accountId, ClaimsPrincipal? carryFrom)
    {
        var user = await users.FindByIdAsync(accountId.ToString()) ?? throw new NotFoundException("account");
        var principal = await claims.CreateAsync(user);
        Carry(carryFrom, principal);
        var now = clock.GetUtcNow();
        await Context.SignInAsync(IdentityConstants.ApplicationScheme, principal, new AuthenticationProperties
        {
            IssuedUtc = now,
            ExpiresUtc = now + (user.IsStaff ? StaffIdle : CitizenIdle),
            AllowRefresh = true,
        });
        Context.User = principal;
    }
}
