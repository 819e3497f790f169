namespace GaoXin.Portal.Identity;

/// <summary>
/// Limits for strangers, section <c>Identity:Limits</c>: a device that signed in to the account before has its own. Those per
/// network are roomy, because a hall's wireless network is one address.
/// </summary>
internal sealed class IdentityLimits
{
    public const string Section = "Identity:Limits";

    /// <summary>Codes asked for in 10 minutes from one address.</summary>
    public int CodesPerAddressIn10Minutes { get; set; } = 60;

    /// <summary>Sign-in tries in 10 minutes from one address.</summary>
    public int TriesPerAddressIn10Minutes { get; set; } = 120;

    /// <summary>Staff: tries an hour at one account from all devices that never signed in to it.</summary>
    public int StrangerTriesPerAccountInHour { get; set; } = 60;

    /// <summary>Codes a day for one phone asked for by all devices that never signed in with it, so that nobody's phone is flooded.</summary>
    public int StrangerCodesPerPhoneInDay { get; set; } = 30;

    public PaceRule StrangersPerAccount => new("staff-strangers", TimeSpan.Zero, TimeSpan.FromHours(1), StrangerTriesPerAccountInHour);

    public PaceRule StrangersPerPhone => new("code-strangers", TimeSpan.Zero, TimeSpan.FromDays(1), StrangerCodesPerPhoneInDay);

    public PaceRule CodesPerAddress => new("code-address", TimeSpan.Zero, TimeSpan.FromMinutes(10), CodesPerAddressIn10Minutes);

    public PaceRule TriesPerAddress => new("try-address", TimeSpan.Zero, TimeSpan.FromMinutes(10), TriesPerAddressIn10Minutes);
}
