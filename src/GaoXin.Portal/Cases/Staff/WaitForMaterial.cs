using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// 只等补交: everything else has been looked at, only what was promised for later is missing. The clock stands still until it comes.
/// Refused: nothing is promised (<c>case.nothing-promised</c>), or the case is not under review.
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record WaitForMaterial(Guid CaseId) : ICommand;

internal sealed class WaitForMaterialHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock) : IRequestHandler<WaitForMaterial, Unit>
{
    /// <summary>The kind of the event.</summary>
    public const string Waits = "WaitsForMaterial";

    public async Task<Unit> Handle(WaitForMaterial request, CancellationToken ct)
    {
        var waiting = await db.LockClaimed(request.CaseId, user, ct);
        var promised = await db.MaterialPromises.AnyAsync(p => p.CaseId == waiting.Id && p.Kind == PromiseKind.Later && p.EndedAt == null, ct);
        if (!promised || waiting is not { State: CaseState.InReview, DueOn: not null })
            throw new RefusedException(CaseRefusals.NothingPromised());
        journal.Record(waiting, Waits);
        await caseClock.Pause(waiting, CasePromises.Waiting, await files.Definition(waiting.ServiceCode, waiting.ServiceVersion, ct), ct);
        return Unit.Value;
    }
}
