using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>领取: takes a case of the own department for oneself. Refused when a colleague has it, or when it is decided or over.</summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record ClaimCase(Guid CaseId) : ICommand;

/// <summary>领下一件: claims the open, unclaimed case of the own department that is due first, of the 绿色通道 before all others; null when there is none.</summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record ClaimNextCase : ICommand<Guid?>;

/// <summary>放回: gives a claimed case back to the list.</summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record ReleaseCase(Guid CaseId) : ICommand;

internal sealed class ClaimCaseHandler(PortalDbContext db, ICurrentUser user, CaseJournal journal, TimeProvider clock) : IRequestHandler<ClaimCase, Unit>
{
    public async Task<Unit> Handle(ClaimCase request, CancellationToken ct)
    {
        var claimed = await db.LockForStaff(request.CaseId, user, ct);
        if (claimed.ClaimedBy == user.Id)
            return Unit.Value;
        if (!CaseTransitions.Workable(claimed.State))
            throw new RefusedException(CaseRefusals.AlreadyOver());
        claimed.Claim(user.Id, clock.GetUtcNow());
        journal.Record(claimed, "Claimed");
        return Unit.Value;
    }
}

internal sealed class ClaimNextCaseHandler(PortalDbContext db, ICurrentUser user, CaseJournal journal, TimeProvider clock) : IRequestHandler<ClaimNextCase, Guid?>
{
    public async Task<Guid?> Handle(ClaimNextCase request, CancellationToken ct)
    {
        var department = user.DepartmentCode;
        var claimed = await First($"""
            SELECT * FROM cases.cases
            WHERE department = {department} AND green_channel AND state IN ('Submitted', 'Accepted', 'InReview') AND claimed_by IS NULL AND referred
            ORDER BY due_on, id LIMIT 1 FOR UPDATE SKIP LOCKED
            """, ct) ?? await First($"""
            SELECT * FROM cases.cases
            WHERE department = {department} AND state IN ('Submitted', 'Accepted', 'InReview') AND claimed_by IS NULL AND referred
            ORDER BY due_on, id LIMIT 1 FOR UPDATE SKIP LOCKED
            """, ct);
        if (claimed is null)
            return null;
        claimed.Claim(user.Id, clock.GetUtcNow());
        journal.Record(claimed, "Claimed");
        return claimed.Id;
    }

    private async Task<Case?> First(FormattableString unclaimed, CancellationToken ct) => (await db.Cases.FromSql(unclaimed).ToListAsync(ct)).SingleOrDefault();
}

internal sealed class ReleaseCaseHandler(PortalDbContext db, ICurrentUser user, CaseJournal journal) : IRequestHandler<ReleaseCase, Unit>
{
    public async Task<Unit> Handle(ReleaseCase request, CancellationToken ct)
    {
        var released = await db.LockClaimed(request.CaseId, user, ct);
        released.Release();
        journal.Record(released, "Released");
        return Unit.Value;
    }
}
