using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Licences;

/// <summary>
/// One licence with all its versions (一照版本), for its holders and for staff. A holder sees the versions issued to him.
/// Not there and not yours answer alike.
/// </summary>
[ForSignedIn]
public sealed record GetLicenceHistory(Guid LicenceId) : IQuery<LicenceHistory>;

/// <summary>A licence and its versions, the newest first.</summary>
public sealed record LicenceHistory(
    LicenceSummary Licence, string Identifier, string VerifyCode, string Issuer, IReadOnlyList<LicenceFact> Facts, IReadOnlyList<LicenceSummary> Versions);

internal sealed class GetLicenceHistoryHandler(PortalDbContext db, ICurrentUser user, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<GetLicenceHistory, LicenceHistory>
{
    public async Task<LicenceHistory> Handle(GetLicenceHistory request, CancellationToken ct)
    {
        var visible = (user.IsStaff ? db.IssuedLicences : db.LicencesOf(user.Id)).AsNoTracking();
        var licence = await visible.SingleOrDefaultAsync(l => l.Id == request.LicenceId, ct).OrNotFound("licence");
        var versions = await visible.Where(l => l.Kind == licence.Kind && l.HolderKey == licence.HolderKey)
            .OrderByDescending(l => l.Version).ToListAsync(ct);
        var facts = licence.Facts.Select(f => f.Open(cipher)).Select(f => f.Personal && user.IsStaff ? f with { Value = Masking.Name(f.Value) } : f);
        var today = clock.Today();
        return new LicenceHistory(GetMyLicencesHandler.Summary(licence, today), licence.Identifier, licence.VerifyCode, licence.Issuer,
            [.. facts], [.. versions.Select(v => GetMyLicencesHandler.Summary(v, today))]);
    }
}
