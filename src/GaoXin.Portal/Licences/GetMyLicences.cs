using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Licences;

/// <summary>The signed-in person's licences (我的证照), the newest first: of each only the last version, 50 at most.</summary>
[ForCitizens]
public sealed record GetMyLicences : IQuery<IReadOnlyList<LicenceSummary>>;

/// <summary>A licence in a list.</summary>
public sealed record LicenceSummary(
    Guid Id, string Title, string NumberLabel, string Number, string HolderName, int Version, DateOnly IssuedOn, DateOnly? ValidTo, LicenceState State);

internal sealed class GetMyLicencesHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<GetMyLicences, IReadOnlyList<LicenceSummary>>
{
    private const int Most = 50;

    public async Task<IReadOnlyList<LicenceSummary>> Handle(GetMyLicences request, CancellationToken ct)
    {
        var licences = await db.LicencesOf(user.Id).AsNoTracking().Where(l => l.SupersededBy == null)
            .OrderByDescending(l => l.IssuedAt).ThenByDescending(l => l.Id).Take(Most).ToListAsync(ct);
        return [.. licences.Select(l => Summary(l, clock.Today()))];
    }

    public static LicenceSummary Summary(IssuedLicence licence, DateOnly today) => new(
        licence.Id, licence.Title, licence.NumberLabel, licence.HolderKey, licence.HolderName, licence.Version, licence.IssuedAt.Day(),
        licence.ValidTo, licence.StateOn(today));
}
