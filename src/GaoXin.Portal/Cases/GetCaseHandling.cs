using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>Whose case it is and who handled it: the officer of the last decision, or of a round of correction when one is named.</summary>
[ForSystem]
public sealed record GetCaseHandling(Guid CaseId, int? CorrectionRound = null) : IQuery<CaseHandling>;

/// <summary>The facts. Nothing personal but ids.</summary>
/// <param name="ServiceCode">The item.</param>
/// <param name="ServiceTitle">Its title.</param>
/// <param name="Department">The deciding department.</param>
/// <param name="ApplicantId">The applicant's account.</param>
/// <param name="HandledBy">The officer; null when the rules or the applicant ended it.</param>
/// <param name="Revocations">How often a decision was taken back: the case can end once more after each.</param>
/// <param name="BundleId">The 一件事 it is a part of; null when it was filed alone.</param>
/// <param name="At">When the round was asked for, or the case ended.</param>
public sealed record CaseHandling(string ServiceCode, string ServiceTitle, string Department, Guid ApplicantId, Guid? HandledBy, int Revocations, Guid? BundleId, DateTimeOffset At);

internal sealed class GetCaseHandlingHandler(PortalDbContext db) : IRequestHandler<GetCaseHandling, CaseHandling>
{
    public async Task<CaseHandling> Handle(GetCaseHandling request, CancellationToken ct)
    {
        var found = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == request.CaseId, ct);
        var decisions = await db.Set<CaseDecision>().AsNoTracking().Where(d => d.CaseId == found.Id).OrderBy(d => d.At).Select(d => new { d.Action, d.DecidedBy }).ToListAsync(ct);
        var asked = request.CorrectionRound is { } round
            ? await db.CorrectionItems.Where(i => i.CaseId == found.Id && i.Round == round).OrderBy(i => i.RequestedAt).Select(i => new { i.RequestedBy, i.RequestedAt }).FirstOrDefaultAsync(ct)
            : null;
        var decidedBy = decisions is [.., { Action: not CaseAction.Revoke, DecidedBy: var by }] ? by : (Guid?)null;
        return new CaseHandling(found.ServiceCode, found.ServiceTitle, found.Department, found.ApplicantId, asked?.RequestedBy ?? decidedBy, decisions.Count(d => d.Action == CaseAction.Revoke), found.BundleId,
            asked?.RequestedAt ?? found.ClosedAt ?? found.DecidedAt ?? found.CreatedAt);
    }
}
