using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Licences;

/// <summary>
/// One line of a licence. A <paramref name="Personal"/> value is encrypted at rest and masked on the public page as a
/// name; what the law makes public on the licence (法定代表人, 经营者) is not personal in this sense.
/// </summary>
public sealed record LicenceFact(string Label, string Value, bool Personal = false);

/// <summary>Where one version of a licence stands.</summary>
public enum LicenceState
{
    /// <summary>有效.</summary>
    Valid,

    /// <summary>已被新版代替.</summary>
    Superseded,

    /// <summary>已撤销.</summary>
    Revoked,

    /// <summary>已过有效期.</summary>
    Expired,

    /// <summary>已注销: given up by its holder.</summary>
    Cancelled,
}

/// <summary>A licence was issued (已发证). <paramref name="Version"/> above 1 replaces the version before.</summary>
public sealed record LicenceIssued(Guid LicenceId, Guid CaseId, string Kind, int Version) : IPublicEvent;

/// <summary>A licence was revoked (已撤销).</summary>
public sealed record LicenceRevoked(Guid LicenceId, Guid CaseId, string Kind) : IPublicEvent;
