using System.Globalization;
using System.Security.Claims;
using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>
/// The session cookie. Only the sign-in pages of this capability use it, with an account id that a sign-in request of
/// this capability just answered. Every sign-in opens a new session, so a cookie planted before is worth nothing; the
/// cookie counts only while its row in <c>identity.sessions</c> is open.
/// </summary>
public interface IPortalSession
{
    /// <summary>Signs the account in, after all its factors.</summary>
    Task SignIn(Guid accountId, CancellationToken ct);

    /// <summary>Ends the session, every copy of its cookie with it, and forgets half-finished sign-ins.</summary>
    Task SignOut();

    /// <summary>Remembers for 5 minutes, in a protected cookie, who passed the first factor.</summary>
    Task BeginSecondFactor(Guid accountId);

    /// <summary>Who passed the first factor; null when nobody or too long ago.</summary>
    Task<Guid?> PendingSecondFactor();

    /// <summary>Builds the claims anew, for example after 实名.</summary>
    Task Refresh(CancellationToken ct);

    /// <summary>Starts to act for an enterprise, or stops with null.</summary>
    Task ActFor(ActingFor? enterprise, CancellationToken ct);

    /// <summary>Opens a session for a program without cookies (小程序): a token to be sent as <c>Authorization: Bearer</c>.</summary>
    Task<SessionToken> SignInForToken(Guid accountId, CancellationToken ct);

    /// <summary>Who a token stands for; null when it is none of ours, its time is over or its session was ended.</summary>
    Task<ClaimsPrincipal?> OfToken(string token, CancellationToken ct);
}

/// <summary>A session of a program. The token opens what the session opens: never log it.</summary>
/// <param name="Token">What to send.</param>
/// <param name="ExpiresAt">When it ends whatever happens.</param>
public sealed record SessionToken(string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"SessionToken until {ExpiresAt:O}";
}

internal sealed class PortalSession(
    IHttpContextAccessor http, UserManager<PortalUser> users, IUserClaimsPrincipalFactory<PortalUser> claims, IMediator mediator, KnownDevice device,
    OpenSessions sessions, IDataProtectionProvider protection, IOptions<SessionOptions> options, TimeProvider clock)
    : IPortalSession
{
    private const string TokenPurpose = "identity.session-token";
    private static readonly TimeSpan SecondFactor = TimeSpan.FromMinutes(5);
    private static readonly string[] Acting = [PortalClaims.ActingFor, PortalClaims.ActingForName];
    private static readonly string[] OfTheSession = [PortalClaims.Session, PortalClaims.SessionEnd];

    private TicketDataFormat Tickets => new(protection.CreateProtector(TokenPurpose));

    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("There is no web request.");

    public async Task SignIn(Guid accountId, CancellationToken ct)
    {
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await End(ct);
        var user = await users.FindByIdAsync(accountId.ToString()) ?? throw new NotFoundException("account");
        var session = await mediator.Send(new StartSession(accountId, user.IsStaff, Context.Request.Headers.UserAgent), ct);
        var carrier = new ClaimsIdentity([new Claim(PortalClaims.Session, session.Id.ToString()), new Claim(PortalClaims.SessionEnd, session.ExpiresAt.ToString("O"))]);
        await Issue(user, new ClaimsPrincipal(carrier));
        device.Remember(user.IsStaff ? KnownDevice.OfStaff(user.NormalizedUserName!) : KnownDevice.OfPhone(user.PhoneHash!));
    }

    public async Task<SessionToken> SignInForToken(Guid accountId, CancellationToken ct)
    {
        var user = await users.FindByIdAsync(accountId.ToString()) ?? throw new NotFoundException("account");
        var session = await mediator.Send(new StartSession(accountId, user.IsStaff, Context.Request.Headers.UserAgent), ct);
        var principal = await claims.CreateAsync(user);
        ((ClaimsIdentity)principal.Identity!).AddClaims([new Claim(PortalClaims.Session, session.Id.ToString()), new Claim(PortalClaims.SessionEnd, session.ExpiresAt.ToString("O"))]);
        var ticket = new AuthenticationTicket(principal, new AuthenticationProperties { ExpiresUtc = session.ExpiresAt }, TokenPurpose);
        return new SessionToken(Tickets.Protect(ticket), session.ExpiresAt);
    }

    public async Task<ClaimsPrincipal?> OfToken(string token, CancellationToken ct)
    {
        if (Tickets.Unprotect(token) is not { Principal: { } principal } ticket || ticket.Properties.ExpiresUtc <= clock.GetUtcNow()
            || principal.HasClaim(PortalClaims.Kind, PortalClaims.Staff) || OpenSessions.IdOf(principal) is not { } session || !Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var account))
            return null;
        return await sessions.See(session, account, staff: false, ct) ? principal : null;
    }

    public async Task SignOut()
    {
        await End(Context.RequestAborted);
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

    public async Task Refresh(CancellationToken ct) => await Issue(await Me(), Context.User);

    public async Task ActFor(ActingFor? enterprise, CancellationToken ct)
    {
        var carrier = new ClaimsIdentity(Context.User.Claims.Where(c => OfTheSession.Contains(c.Type)));
        if (enterprise is not null)
            carrier.AddClaims([new Claim(PortalClaims.ActingFor, enterprise.EnterpriseId.ToString()), new Claim(PortalClaims.ActingForName, enterprise.Name)]);
        await Issue(await Me(), new ClaimsPrincipal(carrier));
    }

    /// <summary>Carries what belongs to the session, not to the account, over to rebuilt claims.</summary>
    public static void Carry(ClaimsPrincipal? from, ClaimsPrincipal to)
    {
        var carried = from?.Claims.Where(c => Acting.Contains(c.Type) || OfTheSession.Contains(c.Type)).Select(c => new Claim(c.Type, c.Value)) ?? [];
        ((ClaimsIdentity)to.Identity!).AddClaims(carried.ToList());
    }

    public static void StopActing(ClaimsIdentity identity)
    {
        foreach (var claim in identity.Claims.Where(c => Acting.Contains(c.Type)).ToList())
            identity.RemoveClaim(claim);
    }

    private async Task<PortalUser> Me() =>
        await users.FindByIdAsync(Context.User.FindFirstValue(ClaimTypes.NameIdentifier)!) ?? throw new NotFoundException("account");

    /// <summary>The session of this request ends: by signing out, or because another one takes its place in this browser.</summary>
    private async Task End(CancellationToken ct)
    {
        if (OpenSessions.IdOf(Context.User) is { } session)
            await mediator.Send(new EndSession { SessionId = session }, ct);
    }

    private async Task Issue(PortalUser user, ClaimsPrincipal carryFrom)
    {
        var principal = await claims.CreateAsync(user);
        Carry(carryFrom, principal);
        var now = clock.GetUtcNow();
        var idle = now + options.Value.Idle(user.IsStaff);
        var end = DateTimeOffset.Parse(principal.FindFirstValue(PortalClaims.SessionEnd)!, CultureInfo.InvariantCulture);
        await Context.SignInAsync(IdentityConstants.ApplicationScheme, principal, new AuthenticationProperties
        {
            IssuedUtc = now,
            ExpiresUtc = idle < end ? idle : end,
            AllowRefresh = true,
        });
        Context.User = principal;
    }
}
