using System.Globalization;
using System.Security.Claims;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// Which browsers stand in the hall: a kiosk that a manager set up, for a month; and a phone that has just scanned the code
/// on a kiosk, for a quarter of an hour. A protected cookie with an id, so that nobody takes a place in line from home and one
/// phone does not take many.
/// </summary>
internal sealed class HallDevices(IDataProtectionProvider protection, TimeProvider clock, IOptions<PortalOptions> options, IWebHostEnvironment environment)
{
    private const string Cookie = "gx-hall";
    private const string Kiosk = "kiosk";
    private const string Phone = "phone";
    private static readonly TimeSpan KioskLasts = TimeSpan.FromDays(30);
    private static readonly TimeSpan PhoneLasts = TimeSpan.FromMinutes(15);
    private readonly IDataProtector _protector = protection.CreateProtector("hall-device");

    /// <summary>In the demo every device may be a kiosk; the page says so.</summary>
    public bool IsKiosk(HttpContext http) => options.Value.DemoMode || Read(http)?.Kind == Kiosk;

    public bool IsInHall(HttpContext http) => options.Value.DemoMode || Read(http) is not null;

    /// <summary>Which phone it is; null on a kiosk and for who is not in the hall.</summary>
    public string? PhoneOf(HttpContext http) => !IsKiosk(http) && Read(http) is { Kind: Phone } phone ? phone.Id : null;

    public void SetUpKiosk(HttpContext http) => Write(http, Kiosk, KioskLasts);

    public void LetIn(HttpContext http)
    {
        if (Read(http) is null)
            Write(http, Phone, PhoneLasts);
    }

    private (string Kind, string Id)? Read(HttpContext http)
    {
        if (http.Request.Cookies[PortalCookies.Name(Cookie, environment)] is not { } value)
            return null;
        try
        {
            var parts = _protector.Unprotect(value).Split('|');
            return parts.Length == 3 && long.Parse(parts[1], CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds() ? (parts[0], parts[2]) : null;
        }
        catch (Exception error) when (error is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return null;
        }
    }

    private void Write(HttpContext http, string kind, TimeSpan lasts) => http.Response.Cookies.Append(
        PortalCookies.Name(Cookie, environment),
        _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{kind}|{(clock.GetUtcNow() + lasts).ToUnixTimeSeconds()}|{Guid.NewGuid():N}")),
        new CookieOptions
        {
            HttpOnly = true,
            Secure = PortalCookies.MustBeSecure(http, environment),
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
            MaxAge = lasts,
        });
}

internal static class HallVisitors
{
    /// <summary>Signed in, and not as staff.</summary>
    public static bool IsCitizen(this ClaimsPrincipal user) => user.HasClaim(PortalClaims.Kind, PortalClaims.Citizen);
}
