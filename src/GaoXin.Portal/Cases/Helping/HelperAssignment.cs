using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Helping;

/// <summary>Gives cases their helper. One assignment at a time, so that two cases never go by the same count.</summary>
internal sealed class HelperAssignment(PortalDbContext db, CaseJournal journal, TimeProvider clock)
{
    private const long Lock = 0x6861_6E64;

    /// <summary>The helper of the locked case: the one it has, else the one who is chosen now; null when nobody on duty knows the service.</summary>
    public async Task<HelperDuty?> Assign(Case helped, HelpReason reason, CancellationToken ct)
    {
        var open = await db.CaseHelps.Where(h => h.CaseId == helped.Id && h.EndedAt == null).Select(h => (Guid?)h.HelperId).SingleOrDefaultAsync(ct);
        if (open is { } present)
            return await db.HelperDuties.SingleAsync(d => d.StaffId == present, ct);
        var chosen = await Choose(helped, null, ct);
        if (chosen is not null)
            await Give(helped, chosen, reason, ct);
        return chosen;
    }

    /// <summary>Hands the locked case over to another helper and ends what the applicant agreed to with the one before; false, and nothing changed, when nobody else can.</summary>
    public async Task<bool> HandOver(Case helped, CaseHelp present, CancellationToken ct)
    {
        if (await Choose(helped, present.HelperId, ct) is not { } next)
            return false;
        var now = clock.GetUtcNow();
        present.End(now);
        if (await db.EndConsent(helped.Id, now, ct))
            journal.Record(helped, CaseWords.ConsentEnded);
        await db.SaveChangesAsync(ct);
        await Give(helped, next, HelpReason.HandedOver, ct);
        return true;
    }

    private async Task<HelperDuty?> Choose(Case helped, Guid? notThis, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", ct);
        var loads = await db.HelperDuties.Where(d => d.OnDuty)
            .Select(d => new HelperLoad(d,
                db.Set<CaseHelp>().Count(h => h.HelperId == d.StaffId && h.EndedAt == null),
                db.Set<CaseHelp>().Where(h => h.HelperId == d.StaffId).Max(h => (DateTimeOffset?)h.AssignedAt)))
            .ToListAsync(ct);
        return HelperChoice.Of(loads, helped.ServiceCode, notThis);
    }

    private async Task Give(Case helped, HelperDuty chosen, HelpReason reason, CancellationToken ct)
    {
        var help = new CaseHelp { CaseId = helped.Id, HelperId = chosen.StaffId, Reason = reason, AssignedAt = clock.GetUtcNow() };
        db.Add(help);
        journal.Record(helped, CaseWords.HelperAssigned, new { chosen.StaffId, chosen.Name, Reason = reason.ToString() });
        db.Raise(new HelperAssigned(help.Id, helped.Id), help.AssignedAt);
        // The next count in this transaction has to see this row.
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Somebody helps with a case now (帮办): the applicant is told who.</summary>
public sealed record HelperAssigned(Guid HelpId, Guid CaseId) : IPublicEvent;

/// <summary>一人帮办: a bundle that is filed has a helper from then on.</summary>
internal sealed class HelpWithBundles(PortalDbContext db, HelperAssignment assignment) : IEventHandler<CaseSubmitted>
{
    public async Task Handle(CaseSubmitted fact, CancellationToken ct)
    {
        if (fact.Handler != ServiceDefinition.OneThing)
            return;
        if (await db.LockCase(fact.CaseId, ct) is { } helped && CaseTransitions.Open.Contains(helped.State))
            await assignment.Assign(helped, HelpReason.Filed, ct);
    }
}
