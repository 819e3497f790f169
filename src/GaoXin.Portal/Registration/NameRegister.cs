using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Registration;

/// <summary>What the register says about a name: the same one if there is one, and those that are similar.</summary>
internal sealed record NameFinding(FoundName? Same, IReadOnlyList<FoundName> Similar);

/// <summary>An existing name with the reason in words.</summary>
internal sealed record FoundName(string Name, string Reason);

/// <summary>The names taken at this registration authority: looking, reserving, giving back.</summary>
internal sealed class NameRegister(PortalDbContext db, ReferenceFiles files, IOptions<PortalOptions> options, TimeProvider clock)
{
    private const int MostCandidates = 300;
    private const int YearsAfterwards = 1;
    private readonly Dictionary<(CompanyName, EntityKind, Guid?), NameFinding> _found = [];

    private string Authority => options.Value.RegistrationAuthorityCode;

    /// <summary>
    /// Compares with the names in force; the case's own reservation does not count. Within one request the register is read
    /// once for a name: the check of the form and the facts of the rules ask the same. Who holds a name is not decided here
    /// but by <see cref="Reserve"/>.
    /// </summary>
    public async Task<NameFinding> Look(CompanyName name, EntityKind kind, Guid? ownCase, CancellationToken ct) =>
        _found.TryGetValue((name, kind, ownCase), out var known) ? known : _found[(name, kind, ownCase)] = await Compare(name, kind, ownCase, ct);

    private async Task<NameFinding> Compare(CompanyName name, EntityKind kind, Guid? ownCase, CancellationToken ct)
    {
        var key = NameKey.Of(name);
        var candidates = await Candidates(key, kind, ownCase).ToListAsync(ct);
        var compared = candidates.Select(c => (c.Name, Result: NameSimilarity.Compare(key, new NameKey(c.NameKey, c.TradeName, c.Industry), files.Names))).ToList();
        var same = compared.Where(c => c.Result.Likeness == NameLikeness.Same).Select(c => new FoundName(c.Name, c.Result.Reason)).FirstOrDefault();
        return new NameFinding(same,
            [.. compared.Where(c => c.Result.Likeness == NameLikeness.Similar).OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => new FoundName(c.Name, c.Result.Reason))]);
    }

    /// <summary>
    /// Reserves the name for a case, or answers false when somebody has it. A lapsed reservation gives way here, in the same
    /// transaction, unless its case is still open: an applicant does not lose the name while the office decides. The unique
    /// indexes let only one of many through. A case keeps one name: another one frees the first.
    /// </summary>
    public async Task<bool> Reserve(CompanyName name, EntityKind kind, Guid caseId, CancellationToken ct)
    {
        _found.Clear();
        var today = clock.Today();
        var row = NameReservation.Of(name, kind, Authority, caseId, files.Names, today);
        var own = await db.Names.Where(n => n.CaseId == caseId && n.ReleasedAt == null).FirstOrDefaultAsync(ct);
        if (own?.NameKey == row.NameKey)
            return await Prolong(own.Id, row.ExpiresOn, ct);
        await Release(caseId, ct);
        await ReleaseExpired(row, today, ct);
        return await Insert(row, ct) == 1;
    }

    /// <summary>Gives the name of a case back; a name that an entity holds stays.</summary>
    public Task<int> Release(Guid caseId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Names.Where(n => n.CaseId == caseId && n.ReleasedAt == null && n.EntityId == null)
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.ReleasedAt, now), ct);
    }

    /// <summary>Makes the case's reservation the entity's own name.</summary>
    public async Task Hold(CompanyName name, EntityKind kind, Guid caseId, Guid entityId, CancellationToken ct)
    {
        if (!await Reserve(name, kind, caseId, ct))
            throw new RefusedException(RegistrationRefusals.NameTaken(name.Full));
        await db.Names.Where(n => n.CaseId == caseId && n.ReleasedAt == null)
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.EntityId, entityId).SetProperty(x => x.ExpiresOn, (DateOnly?)null), ct);
    }

    /// <summary>
    /// The entity bears another name from today, or has ended: the old one stays taken for a year (名称规定 17), unless the new one
    /// differs in nothing that must be unique.
    /// </summary>
    public async Task GiveUp(Guid entityId, string? newCore, CancellationToken ct)
    {
        var (now, until) = (clock.GetUtcNow(), clock.Today().AddYears(YearsAfterwards));
        _found.Clear();
        var held = db.Names.Where(n => n.EntityId == entityId && n.ReleasedAt == null && n.ExpiresOn == null);
        await held.Where(n => n.Core == newCore).ExecuteUpdateAsync(n => n.SetProperty(x => x.ReleasedAt, now), ct);
        await held.Where(n => n.Core != newCore).ExecuteUpdateAsync(n => n.SetProperty(x => x.ExpiresOn, until), ct);
    }

    /// <summary>Frees a name that was the entity's own until lately, so that it can bear it again.</summary>
    public Task<int> TakeBack(Guid entityId, CompanyName name, CancellationToken ct)
    {
        var (now, key) = (clock.GetUtcNow(), NameKey.Of(name).Full);
        _found.Clear();
        return db.Names.Where(n => n.EntityId == entityId && n.ReleasedAt == null && n.NameKey == key).ExecuteUpdateAsync(n => n.SetProperty(x => x.ReleasedAt, now), ct);
    }

    private IQueryable<NameReservation> Candidates(NameKey key, EntityKind kind, Guid? ownCase)
    {
        var (today, authority) = (clock.Today(), Authority);
        var (core, bigrams, open, changes) = (key.Core, key.Bigrams, db.SetupApplications, db.RegisterProcedures);
        var sound = files.Names.Sound(key.TradeName);
        var letters = NameReservation.LettersOf(key.Full);
        return db.Names.AsNoTracking()
            .Where(n => n.Authority == authority && n.Kind == kind && n.ReleasedAt == null)
            .Where(n => n.ExpiresOn == null || n.ExpiresOn >= today || open.Any(a => a.CaseId == n.CaseId) || changes.Any(p => p.CaseId == n.CaseId && p.EndedAt == null))
            .Where(n => ownCase == null || n.CaseId == null || n.CaseId != ownCase)
            .Where(n => n.Core == core || n.NameKey == key.Full || n.Letters == letters || n.Sound == sound || n.Bigrams.Any(b => bigrams.Contains(b)))
            .OrderByDescending(n => n.Core == core || n.NameKey == key.Full).ThenByDescending(n => n.TradeName == key.TradeName).ThenBy(n => n.Name)
            .Take(MostCandidates);
    }

    /// <summary>A row that was not released holds the name by the unique indexes, whatever its last day; a released one is gone.</summary>
    private async Task<bool> Prolong(Guid id, DateOnly? until, CancellationToken ct) =>
        await db.Names.Where(n => n.Id == id && n.ReleasedAt == null)
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.ExpiresOn, x => x.EntityId == null && x.ExpiresOn < until ? until : x.ExpiresOn), ct) == 1;

    private Task<int> ReleaseExpired(NameReservation wanted, DateOnly today, CancellationToken ct)
    {
        var (now, open, changes) = (clock.GetUtcNow(), db.SetupApplications, db.RegisterProcedures);
        return db.Names.Where(n => n.Authority == wanted.Authority && n.Kind == wanted.Kind && n.ReleasedAt == null && n.ExpiresOn < today)
            .Where(n => n.Core == wanted.Core || n.NameKey == wanted.NameKey)
            .Where(n => !open.Any(a => a.CaseId == n.CaseId) && !changes.Any(p => p.CaseId == n.CaseId && p.EndedAt == null))
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.ReleasedAt, now), ct);
    }

    private Task<int> Insert(NameReservation row, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        INSERT INTO registration.names (id, authority, kind, case_id, name, name_key, trade_name, industry, core, letters, sound, bigrams, reserved_on, expires_on)
        VALUES ({row.Id}, {row.Authority}, {row.Kind.ToString()}, {row.CaseId}, {row.Name}, {row.NameKey}, {row.TradeName}, {row.Industry},
                {row.Core}, {row.Letters}, {row.Sound}, {row.Bigrams}, {row.ReservedOn}, {row.ExpiresOn})
        ON CONFLICT DO NOTHING
        """, ct);
}
