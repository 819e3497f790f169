namespace GaoXin.Portal.Identity;

/// <summary>Limits per client address, section <c>Identity:Limits</c>. Roomy, because a hall's wireless network is one address.</summary>
internal sealed class IdentityLimits
{
    public const string Section = "Identity:Limits";

    /// <summary>Codes asked for in 10 minutes from one address.</summary>
    public int CodesPerAddressIn10Minutes { get; set; } = 60;

    /// <summary>Sign-in tries in 10 minutes from one address.</summary>
    public int TriesPerAddressIn10Minutes { get; set; } = 120;

    public PaceRule CodesPerAddress => new("code-address", TimeSpan.Zero, TimeSpan.FromMinutes(10), CodesPerAddressIn10Minutes);

    public PaceRule TriesPerAddress => new("try-address", TimeSpan.Zero, TimeSpan.FromMinutes(10), TriesPerAddressIn10Minutes);
}
