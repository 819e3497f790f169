using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Helping;

/// <summary>Who helps with the signed-in person's own case, and what was agreed to; null when nobody helps and nothing is agreed.</summary>
[ForCitizens]
public sealed record GetCaseHelp(Guid CaseId) : IQuery<CaseHelpView?>;

/// <summary>帮办 as the applicant sees it.</summary>
/// <param name="HelperId">The helper; null when a window fills in the form and nobody helps.</param>
/// <param name="Name">The helper's name.</param>
/// <param name="Phone">The helper's telephone at work.</param>
/// <param name="Agreed">On what ground somebody may see and fill in the form now; null when nobody may.</param>
/// <param name="AgreedUntil">Until when.</param>
public sealed record CaseHelpView(Guid? HelperId, string? Name, string? Phone, ConsentKind? Agreed, DateTimeOffset? AgreedUntil);

internal sealed class GetCaseHelpHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<GetCaseHelp, CaseHelpView?>
{
    public async Task<CaseHelpView?> Handle(GetCaseHelp request, CancellationToken ct)
    {
        var consents = db.ConsentsHolding(clock.GetUtcNow());
        var found = await db.Cases.AsNoTracking().Where(c => c.Id == request.CaseId && c.ApplicantId == user.Id)
            .Select(c => new
            {
                Helper = db.Set<CaseHelp>().Where(h => h.CaseId == c.Id && h.EndedAt == null)
                    .Join(db.Set<HelperDuty>(), h => h.HelperId, d => d.StaffId, (_, d) => new { d.StaffId, d.Name, d.Phone }).FirstOrDefault(),
                Consent = consents.Where(f => f.CaseId == c.Id).Select(f => new { f.Kind, f.ValidUntil }).FirstOrDefault(),
            }).SingleOrDefaultAsync(ct).OrNotFound("case");
        return found.Helper is null && found.Consent is null
            ? null
            : new CaseHelpView(found.Helper?.StaffId, found.Helper?.Name, found.Helper?.Phone, found.Consent?.Kind, found.Consent?.ValidUntil);
    }
}
