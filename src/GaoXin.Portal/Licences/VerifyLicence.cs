using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Licences;

/// <summary>
/// Verifies a licence (核验) by the code printed on it. The stored file is read and its signature checked at this moment.
/// A code that was never given answers <see cref="LicenceOutcome.Unknown"/>, a malformed one too.
/// </summary>
[ForAnyone]
public sealed record VerifyLicence(string Code) : IQuery<LicenceCheck>;

/// <summary>The answer of a verification; <paramref name="Licence"/> is null when it is altered or unknown.</summary>
public sealed record LicenceCheck(LicenceOutcome Outcome, DateTimeOffset CheckedAt, VerifiedLicence? Licence)
{
    /// <summary>For an altered licence: the identifier of the one it claims to be.</summary>
    public string? Identifier { get; init; }
}

/// <summary>How a verification ended.</summary>
public enum LicenceOutcome
{
    /// <summary>有效.</summary>
    Valid,

    /// <summary>已撤销.</summary>
    Revoked,

    /// <summary>已有新版.</summary>
    Superseded,

    /// <summary>已过有效期.</summary>
    Expired,

    /// <summary>已注销.</summary>
    Cancelled,

    /// <summary>内容被改过.</summary>
    Altered,

    /// <summary>查不到.</summary>
    Unknown,
}

/// <summary>What everybody may see of a licence. Personal values are masked.</summary>
public sealed record VerifiedLicence
{
    /// <summary>For example 营业执照（电子）.</summary>
    public required string Title { get; init; }

    /// <summary>For example 统一社会信用代码.</summary>
    public required string NumberLabel { get; init; }

    /// <summary>The holder's number.</summary>
    public required string Number { get; init; }

    /// <summary>The holder's name.</summary>
    public required string HolderName { get; init; }

    /// <summary>The printed lines.</summary>
    public required IReadOnlyList<LicenceFact> Facts { get; init; }

    /// <summary>电子证照标识.</summary>
    public required string Identifier { get; init; }

    /// <summary>Counts from 1.</summary>
    public required int Version { get; init; }

    /// <summary>发证机关.</summary>
    public required string Issuer { get; init; }

    /// <summary>发证日期.</summary>
    public required DateOnly IssuedOn { get; init; }

    /// <summary>First day of validity.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day of validity; null means 长期.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>撤销日期.</summary>
    public DateOnly? RevokedOn { get; init; }

    /// <summary>注销日期.</summary>
    public DateOnly? CancelledOn { get; init; }

    /// <summary>What else everybody should know of the holder today, for example 歇业; null when there is nothing.</summary>
    public string? Standing { get; init; }

    /// <summary>The day another version took its place.</summary>
    public DateOnly? SupersededOn { get; init; }

    /// <summary>Last day of the sealing certificate.</summary>
    public required DateOnly CertificateValidTo { get; init; }
}

internal sealed class VerifyLicenceHandler(LicenceInspection inspection, TimeProvider clock) : IRequestHandler<VerifyLicence, LicenceCheck>
{
    public async Task<LicenceCheck> Handle(VerifyLicence request, CancellationToken ct) =>
        VerifyCode.TryParse(request.Code, out var code)
            ? await inspection.ByCode(code, ct)
            : new LicenceCheck(LicenceOutcome.Unknown, clock.GetUtcNow(), null);
}
