using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Helping;

/// <summary>帮办岗: everybody who ever helped, those on duty first, with the cases in their hands.</summary>
[ForStaff(Roles.HallManager)]
public sealed record GetHelperRoster : IQuery<IReadOnlyList<RosterLine>>;

/// <summary>A helper on the roster.</summary>
public sealed record RosterLine(Guid StaffId, string Name, string Phone, IReadOnlyList<string> Skills, int Open, int Capacity, bool OnDuty);

internal sealed class GetHelperRosterHandler(PortalDbContext db) : IRequestHandler<GetHelperRoster, IReadOnlyList<RosterLine>>
{
    private const int Most = 200;

    public async Task<IReadOnlyList<RosterLine>> Handle(GetHelperRoster request, CancellationToken ct) =>
        await db.HelperDuties.AsNoTracking().OrderByDescending(d => d.OnDuty).ThenBy(d => d.Name).ThenBy(d => d.StaffId).Take(Most)
            .Select(d => new RosterLine(d.StaffId, d.Name, d.Phone, d.Skills, db.Set<CaseHelp>().Count(h => h.HelperId == d.StaffId && h.EndedAt == null), d.Capacity, d.OnDuty))
            .ToListAsync(ct);
}
