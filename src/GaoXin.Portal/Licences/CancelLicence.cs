using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Licences;

/// <summary>
/// Marks the current version of a holder's licence as given up (注销), because what it certified has ended in order. Repeatable;
/// nothing happens when the holder has none here, for example when it is older than the portal.
/// </summary>
[ForSystem]
public sealed record CancelLicence(string Kind, string HolderKey) : ICommand;

internal sealed class CancelLicenceHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<CancelLicence, Unit>
{
    public async Task<Unit> Handle(CancelLicence request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.IssuedLicences
            .Where(l => l.Kind == request.Kind && l.HolderKey == request.HolderKey && l.SupersededBy == null && l.RevokedAt == null && l.CancelledAt == null)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.CancelledAt, now), ct);
        return Unit.Value;
    }
}
