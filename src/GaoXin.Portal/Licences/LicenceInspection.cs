using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences.Sealing;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Licences;

/// <summary>Checks a licence at this moment: file hash, signature, trusted certificate, record against file, state.</summary>
internal sealed class LicenceInspection(PortalDbContext db, SealRegister register, PersonalDataCipher cipher, TimeProvider clock)
{
    public async Task<LicenceCheck> ByCode(string code, CancellationToken ct)
    {
        var licence = await db.IssuedLicences.AsNoTracking().SingleOrDefaultAsync(l => l.VerifyCode == code, ct);
        if (licence is null)
            return Unknown();
        var content = await db.LicenceContents.Where(c => c.LicenceId == licence.Id).Select(c => c.Bytes).SingleOrDefaultAsync(ct);
        return await Check(licence, LicenceContent.Open(content, cipher) ?? [], ct);
    }

    public async Task<LicenceCheck> ByFile(byte[] file, CancellationToken ct)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        var same = await db.IssuedLicences.AsNoTracking().SingleOrDefaultAsync(l => l.Sha256 == hash, ct);
        if (same is not null)
            return await Check(same, file, ct);
        var codes = LicenceMark.Find(file);
        var meant = await db.IssuedLicences.AsNoTracking().Where(l => codes.Contains(l.VerifyCode)).OrderBy(l => l.Id).FirstOrDefaultAsync(ct);
        return meant is null ? Unknown() : Altered(meant);
    }

    private async Task<LicenceCheck> Check(IssuedLicence licence, byte[] file, CancellationToken ct)
    {
        if (Convert.ToHexStringLower(SHA256.HashData(file)) != licence.Sha256)
            return Altered(licence);
        using var certificate = PdfSignature.Check(file);
        if (certificate is null || SealCertificate.ThumbprintOf(certificate) != licence.CertificateThumbprint)
            return Altered(licence);
        if (!register.Trusts(await SealRegister.Find(db, licence.CertificateThumbprint, ct)) || !RecordMatches(licence, file))
            return Altered(licence);
        var outcome = licence.StateOn(clock.Today()) switch
        {
            LicenceState.Revoked => LicenceOutcome.Revoked,
            LicenceState.Cancelled => LicenceOutcome.Cancelled,
            LicenceState.Superseded => LicenceOutcome.Superseded,
            LicenceState.Expired => LicenceOutcome.Expired,
            _ => LicenceOutcome.Valid,
        };
        var standing = await db.HolderStandings.StandingOn(licence.Kind, licence.HolderKey, clock.Today()).Select(s => s.Words).SingleOrDefaultAsync(ct);
        return new LicenceCheck(outcome, clock.GetUtcNow(), Show(licence, certificate, standing));
    }

    /// <summary>The signed file carries the hash of the facts: an edited record does not pass.</summary>
    private bool RecordMatches(IssuedLicence licence, byte[] file)
    {
        try
        {
            var hash = IssuedLicence.HashOf(licence.Identifier, licence.Title, licence.HolderKey, licence.HolderName, licence.Issuer,
                licence.ValidFrom, licence.ValidTo, licence.Facts.Select(f => f.Open(cipher)));
            return file.AsSpan().IndexOf(Encoding.Latin1.GetBytes(LicenceMark.Of(licence.VerifyCode, hash))) >= 0;
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private LicenceCheck Unknown() => new(LicenceOutcome.Unknown, clock.GetUtcNow(), null);

    /// <summary>Nothing of an altered licence is shown but which one it claims to be: the record itself may be what was altered.</summary>
    private LicenceCheck Altered(IssuedLicence licence) => new(LicenceOutcome.Altered, clock.GetUtcNow(), null) { Identifier = licence.Identifier };

    private VerifiedLicence Show(IssuedLicence licence, X509Certificate2 certificate, string? standing) => new()
    {
        Title = licence.Title,
        NumberLabel = licence.NumberLabel,
        Number = licence.HolderKey,
        HolderName = licence.HolderName,
        Facts = [.. licence.Facts.Select(f => f.Open(cipher)).Select(f => f.Personal ? f with { Value = Masking.Name(f.Value) } : f)],
        Identifier = licence.Identifier,
        Version = licence.Version,
        Issuer = licence.Issuer,
        IssuedOn = licence.IssuedAt.Day(),
        ValidFrom = licence.ValidFrom,
        ValidTo = licence.ValidTo,
        RevokedOn = licence.RevokedAt?.Day(),
        CancelledOn = licence.CancelledAt?.Day(),
        Standing = standing,
        SupersededOn = licence.SupersededAt?.Day(),
        CertificateValidTo = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()).Day(),
    };
}
