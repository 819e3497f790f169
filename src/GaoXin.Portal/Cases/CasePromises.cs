using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>
/// Promises in place of materials: made with the submit, kept by handing in, stopped when the day passes, checked after the decision. Only
/// materials that the definition flags can be promised: <c>necessity: deferrable</c> for later, <c>source: commitment</c> for good.
/// </summary>
internal sealed class CasePromises(PortalDbContext db, ICurrentUser user, CaseJournal journal, IMediator mediator, TimeProvider clock)
{
    /// <summary>The event beside a promise of a later material.</summary>
    public const string Promised = "MaterialPromised";

    /// <summary>The event of a material that came as promised.</summary>
    public const string HandedIn = "MaterialHandedIn";

    /// <summary>Why the clock stands still when everything else has been looked at.</summary>
    public const string Waiting = "等您补交先办后补的材料";

    /// <summary>How long a broken promise counts.</summary>
    private const int YearsOnRecord = 1;

    /// <summary>
    /// Makes the promises that the submitted answers hold, those that are there already left out. True when an officer has to look: a
    /// material is still to come, or who promises has broken a promise before. Refused: to bring something later, to such a person.
    /// </summary>
    public async Task<bool> Make(CaseFile file, CancellationToken ct)
    {
        if (file.Service.Handler == ServiceDefinition.OneThing)
            return false;
        var wanted = Deferred(file).Select(m => (Kind: PromiseKind.Later, m.Code)).Concat(Committed(file).Select(m => (Kind: PromiseKind.Commitment, m.Code))).ToList();
        if (wanted.Count == 0)
            return false;
        var known = await db.MaterialPromises.Where(p => p.CaseId == file.Case.Id).Select(p => p.MaterialCode).ToListAsync(ct);
        var brought = await db.Attachments.Where(a => a.CaseId == file.Case.Id && a.RemovedAt == null).Select(a => a.MaterialCode).ToListAsync(ct);
        // What a bundle has just copied to its member is not stored yet.
        brought.AddRange(db.Attachments.Local.Where(a => a.CaseId == file.Case.Id && a.RemovedAt == null).Select(a => a.MaterialCode));
        var made = wanted.Where(w => !known.Contains(w.Code) && !brought.Contains(w.Code)).ToList();
        if (made.Count == 0)
            return false;
        var person = await Promiser(file.Case, ct);
        var since = clock.GetUtcNow().AddYears(-YearsOnRecord);
        var broken = await db.MaterialPromises.AnyAsync(p => p.PersonHash == person && p.Outcome == PromiseOutcome.Broken && p.EndedAt > since, ct);
        // Who submits hears it at once; what opens later by itself goes to an officer.
        if (broken && !user.IsSystem && made.Any(m => m.Kind == PromiseKind.Later))
            throw new RefusedException(CaseRefusals.PromisesAreOver());
        var calendar = await mediator.Send(new GetWorkingCalendar(), ct);
        foreach (var (kind, code) in made)
            Add(file, kind, code, person, calendar);
        return broken || made.Any(m => m.Kind == PromiseKind.Later);
    }

    /// <summary>Refuses an approval while something that was promised has not come.</summary>
    public async Task MustHaveCome(Case about, ServiceDefinition service, CancellationToken ct)
    {
        var open = await db.MaterialPromises.AsNoTracking().Where(p => p.CaseId == about.Id && p.Kind == PromiseKind.Later && p.EndedAt == null).ToListAsync(ct);
        if (open.Count > 0)
            throw new RefusedException(CaseRefusals.MaterialStillPromised(open.Select(p => Labels.Of(service, AnswerPath.OfMaterial(p.MaterialCode))), open.Min(p => p.DueOn!.Value)));
    }

    /// <summary>Ends what nobody waits for any more.</summary>
    public async Task Void(Guid caseId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var open in await db.MaterialPromises.Where(p => p.CaseId == caseId && p.EndedAt == null).ToListAsync(ct))
            open.End(PromiseOutcome.Void, now);
    }

    /// <summary>可容缺 and not there: wanted, were it not for the promise to bring it later. Pure.</summary>
    public static IEnumerable<MaterialDefinition> Deferred(CaseFile file)
    {
        if (file.Form.Visible[MaterialDefinition.LaterKey] != "yes")
            return [];
        var (with, without) = (Facts.Of(file.Service, file.Form.Visible, file.AppliedOn), Facts.Of(file.Service, file.Form.Visible.With(MaterialDefinition.LaterKey, null), file.AppliedOn));
        var shown = file.Form.Pages.SelectMany(p => p.Materials).ToHashSet();
        return file.Service.Materials.Where(m => m is { Deferrable: true, IsBrought: true, RequiredIf: { } when } && shown.Contains(m.Code) && !when.Holds(with) && when.Holds(without));
    }

    /// <summary>告知承诺: the commitment stands in for these. Pure.</summary>
    public static IEnumerable<MaterialDefinition> Committed(CaseFile file) =>
        file.Service.Materials.Where(m => m.Waiver == Waiver.Commitment && CaseFiles.Wanted(m, file));

    private void Add(CaseFile file, PromiseKind kind, string code, byte[] person, WorkingCalendar calendar)
    {
        var now = clock.GetUtcNow();
        var promise = new MaterialPromise { CaseId = file.Case.Id, Department = file.Case.Department, Kind = kind, MaterialCode = code, PersonHash = person, MadeAt = now };
        if (kind == PromiseKind.Later)
        {
            // 民法典 203: a period that ends on a day off ends with the next working day.
            promise.HandInBy(calendar.AddWorkingDays(now.Day().AddDays(file.Service.Materials.First(m => m.Code == code).LaterDays), 0), calendar);
            journal.Record(file.Case, Promised, new { Material = code, promise.DueOn });
        }

        db.Add(promise);
    }

    private async Task<byte[]> Promiser(Case of, CancellationToken ct)
    {
        var filed = of.BundleId ?? of.Id;
        return db.ChangeTracker.Entries<CasePerson>().Select(e => e.Entity).FirstOrDefault(p => p.CaseId == filed && p.Role == CasePerson.Applicant)?.PersonHash
            ?? await db.CasePeople.Where(p => p.CaseId == filed && p.Role == CasePerson.Applicant).Select(p => p.PersonHash).FirstAsync(ct);
    }
}
