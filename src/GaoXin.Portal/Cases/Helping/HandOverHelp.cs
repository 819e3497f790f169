using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Helping;

/// <summary>转给同事: gives one of the helper's own cases to the next who can. What the applicant agreed to ends with it. Refused: nobody else can.</summary>
[ForStaff(Roles.Helper)]
public sealed record HandOverHelp(Guid CaseId) : ICommand;

/// <summary>
/// 让某人下岗: no new cases come, and the open ones go to those who can follow them, up to 200 a press. The answer is how many stay,
/// because nobody else can or there are more: the page says so.
/// </summary>
[ForStaff(Roles.HallManager)]
public sealed record TakeOffDuty(Guid StaffId) : ICommand<int>;

internal sealed class HandOverHelpHandler(PortalDbContext db, ICurrentUser user, HelperAssignment assignment) : IRequestHandler<HandOverHelp, Unit>
{
    public async Task<Unit> Handle(HandOverHelp request, CancellationToken ct)
    {
        var helped = await db.LockCase(request.CaseId, ct).OrNotFound("case");
        var present = await db.CaseHelps.SingleOrDefaultAsync(h => h.CaseId == helped.Id && h.HelperId == user.Id && h.EndedAt == null, ct).OrNotFound("case");
        if (!await assignment.HandOver(helped, present, ct))
            throw new RefusedException(CaseRefusals.NobodyElse());
        return Unit.Value;
    }
}

internal sealed class TakeOffDutyHandler(PortalDbContext db, HelperAssignment assignment) : IRequestHandler<TakeOffDuty, int>
{
    private const int Batch = 200;

    public async Task<int> Handle(TakeOffDuty request, CancellationToken ct)
    {
        var helper = request.StaffId;
        if (await db.HelperDuties.Where(d => d.StaffId == helper).ExecuteUpdateAsync(u => u.SetProperty(d => d.OnDuty, false), ct) == 0)
            throw new NotFoundException("helper");
        // All cases before the lock of the choice: who asks for a helper holds one case and waits for that lock.
        var ids = await db.CaseHelps.Where(h => h.HelperId == helper && h.EndedAt == null).OrderBy(h => h.CaseId).Select(h => h.CaseId).Take(Batch).ToListAsync(ct);
        var cases = await db.Cases.FromSql($"SELECT * FROM cases.cases WHERE id = ANY ({ids}) ORDER BY id FOR UPDATE").ToListAsync(ct);
        var helps = await db.CaseHelps.Where(h => ids.Contains(h.CaseId) && h.HelperId == helper && h.EndedAt == null).ToDictionaryAsync(h => h.CaseId, ct);
        foreach (var helped in cases.Where(c => helps.ContainsKey(c.Id)))
            await assignment.HandOver(helped, helps[helped.Id], ct);
        return await db.CaseHelps.CountAsync(h => h.HelperId == helper && h.EndedAt == null, ct);
    }
}
