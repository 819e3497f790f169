using System.Security.Cryptography;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace GaoXin.Portal.Identity;

/// <summary>
/// The browser a request comes from: a protected cookie with a random id and the accounts that have signed in here, as
/// keyed hashes. It opens nothing. It keeps limits apart: what strangers try elsewhere does not count for a device that
/// signed in before, so nobody can be locked out of his own account by others.
/// </summary>
internal sealed class KnownDevice(IHttpContextAccessor http, IDataProtectionProvider protection, PersonalDataCipher cipher, IHostEnvironment environment)
{
    private const string CookieName = "gx-device";
    private const string NoBrowser = "local";
    private const int MostAccounts = 5;
    private const int KeyLength = 24;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("identity.device").ToTimeLimitedDataProtector();
    private List<string>? _parts;

    /// <summary>The random id of this browser; it gets one when it has none.</summary>
    public string Id => Parts()[0];

    /// <summary>The key of a citizen's account by the hash of its phone, whether there is such an account or not.</summary>
    public static string OfPhone(byte[] phoneHash) => "phone:" + Convert.ToHexString(phoneHash);

    /// <summary>The key of a staff account by its normalised name, whether there is such an account or not.</summary>
    public static string OfStaff(string normalisedName) => "staff:" + normalisedName;

    /// <summary>True when this account signed in here before.</summary>
    public bool Knows(string account) => Parts().Skip(1).Contains(Key(account));

    /// <summary>The account has just signed in here.</summary>
    public void Remember(string account)
    {
        var key = Key(account);
        Write([Parts()[0], key, .. Parts().Skip(1).Where(k => k != key).Take(MostAccounts - 1)]);
    }

    private string Key(string account) => Convert.ToHexStringLower(cipher.Hash(account, "device-account"))[..KeyLength];

    private List<string> Parts()
    {
        if (_parts is not null)
            return _parts;
        if (http.HttpContext is not { } context)
            return _parts = [NoBrowser];
        if (context.Request.Cookies[PortalCookies.Name(CookieName, environment)] is { } value && Read(value) is { } parts)
            return _parts = parts;
        Write([Guid.NewGuid().ToString("N")]);
        return _parts!;
    }

    private List<string>? Read(string value)
    {
        try
        {
            return [.. _protector.Unprotect(value).Split('.')];
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private void Write(List<string> parts)
    {
        _parts = parts;
        if (http.HttpContext is not { Response.HasStarted: false } context)
            return;
        context.Response.Cookies.Append(PortalCookies.Name(CookieName, environment), _protector.Protect(string.Join('.', parts), Lifetime), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = PortalCookies.MustBeSecure(context, environment),
            IsEssential = true,
            Path = "/",
            MaxAge = Lifetime,
        });
    }
}
