using System.Text.Json;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>An entry of the register (登记簿) with what was filed for it. Of entities older than the portal the filed record may be missing.</summary>
internal sealed record RegisteredEntity(MarketEntity Entity, CompanySetup? Company, IndividualBusinessSetup? Business)
{
    /// <summary>The public name; an individual business without one is listed under its operator's masked name.</summary>
    public string ListedAs => Entity.Name ?? (Business is null ? null : IndividualBusinessSetupHandler.UnnamedSubject(Business)) ?? Entity.Type;

    /// <summary>法定代表人 or 经营者 as filed.</summary>
    public (string Name, string Number)? Representative =>
        Company?.LegalRepresentative is { Identity: { } number } person ? (person.Name, number)
        : Business is not null ? (Business.Operator.Name, Business.Operator.Number)
        : null;
}

/// <summary>Reads and amends the register. An amendment is compare-and-set: it holds only for the version it was made from.</summary>
internal sealed class EntityRegister(PortalDbContext db, NameRegister names, SetupResult result, PersonalDataCipher cipher, TimeProvider clock)
{
    private const string WithoutRecord = "{}";

    public async Task<RegisteredEntity?> Find(string creditCode, CancellationToken ct) =>
        await db.MarketEntities.AsNoTracking().SingleOrDefaultAsync(e => e.CreditCode == creditCode, ct) is { } entity ? await Read(entity, ct) : null;

    /// <summary>The entry, locked until the transaction ends.</summary>
    public async Task<RegisteredEntity> Lock(Guid entityId, CancellationToken ct)
    {
        var entity = await db.MarketEntities.FromSql($"SELECT * FROM registration.entities WHERE id = {entityId} FOR UPDATE").AsNoTracking().SingleAsync(ct);
        return await Read(entity, ct);
    }

    /// <summary>Enters what is filed now as the next version, from today on; the licence items follow from it.</summary>
    public Task<RegisteredEntity> Amend(RegisteredEntity from, CompanySetup next, Guid caseId, CancellationToken ct) => Amend(from, result.Read(next), caseId, ct);

    public Task<RegisteredEntity> Amend(RegisteredEntity from, IndividualBusinessSetup next, Guid caseId, CancellationToken ct) => Amend(from, result.Read(next), caseId, ct);

    private async Task<RegisteredEntity> Amend(RegisteredEntity from, SetupRecord record, Guid caseId, CancellationToken ct)
    {
        var entity = from.Entity;
        if ((record.Name?.Full, record.Kind) != (entity.Name, entity.Kind))
            await Rename(entity, record, caseId, ct);
        var (secret, hash) = (cipher.Protect(record.RepresentativeName, MarketEntity.RepresentativePurpose), cipher.Hash(record.RepresentativeNumber, MarketEntity.RepresentativeKind));
        string[] codes = [.. record.Scope.Items.Select(i => i.Code)];
        var (industry, name) = (record.Scope.IndustryCode ?? entity.IndustryCode, record.Name?.Full);
        var changed = await Unmoved(entity).ExecuteUpdateAsync(e => e
            .SetProperty(x => x.Version, x => x.Version + 1)
            .SetProperty(x => x.Kind, record.Kind)
            .SetProperty(x => x.Name, name)
            .SetProperty(x => x.Type, record.Type)
            .SetProperty(x => x.Capital, record.Capital)
            .SetProperty(x => x.Domicile, record.Premises.Full)
            .SetProperty(x => x.AddressKey, AddressLibrary.KeyOf(record.Premises.Full))
            .SetProperty(x => x.ScopeCodes, codes)
            .SetProperty(x => x.ScopeText, record.Scope.LicenceText)
            .SetProperty(x => x.IndustryCode, industry)
            .SetProperty(x => x.RepresentativeSecret, secret)
            .SetProperty(x => x.RepresentativeHash, hash), ct);
        await NextVersion(entity, changed, caseId, record.Kind, record.Json, ct);
        return await Lock(entity.Id, ct);
    }

    /// <summary>What was filed before the version that a case made; null when that is not the last version, or nothing was filed before.</summary>
    public async Task<SetupRecord?> Before(RegisteredEntity entity, Guid caseId, CancellationToken ct)
    {
        var last = await db.MarketEntityVersions.AsNoTracking().Where(v => v.EntityId == entity.Entity.Id).OrderByDescending(v => v.Number).Take(2).ToListAsync(ct);
        return last is [var made, var before] && made.CaseId == caseId && cipher.Unprotect(before.Details, MarketEntityVersion.Purpose) is var details && details != WithoutRecord
            ? result.Read(before.Kind, details)
            : null;
    }

    /// <summary>Enters what was filed before once more as the next version, of an entity that was deregistered too.</summary>
    public async Task<RegisteredEntity> Restore(RegisteredEntity from, SetupRecord before, Guid caseId, CancellationToken ct)
    {
        var entity = from.Entity;
        var ended = entity.Status == EntityStatus.Deregistered;
        if (before.Name is { } name && (ended || name.Full != entity.Name))
            await names.TakeBack(entity.Id, name, ct);
        if (!ended)
            return await Amend(from, before, caseId, ct);
        await db.MarketEntities.Where(e => e.Id == entity.Id && e.Version == entity.Version).ExecuteUpdateAsync(e => e.SetProperty(x => x.Status, EntityStatus.Registered), ct);
        if (before.Name is { } held)
            await names.Hold(held, before.Kind, caseId, entity.Id, ct);
        return await Amend(await Lock(entity.Id, ct), before, caseId, ct);
    }

    /// <summary>注销: the entry stays and says so; the name stays taken for a year.</summary>
    public async Task Deregister(RegisteredEntity from, Guid caseId, CancellationToken ct)
    {
        var entity = from.Entity;
        var current = await db.MarketEntityVersions.AsNoTracking().SingleAsync(v => v.EntityId == entity.Id && v.ValidTo == null, ct);
        var changed = await Unmoved(entity).ExecuteUpdateAsync(e => e
            .SetProperty(x => x.Version, x => x.Version + 1)
            .SetProperty(x => x.Status, EntityStatus.Deregistered), ct);
        await NextVersion(entity, changed, caseId, entity.Kind, cipher.Unprotect(current.Details, MarketEntityVersion.Purpose), ct);
        await names.GiveUp(entity.Id, null, ct);
    }

    /// <summary>A name given up stays taken for a year, also when the entity goes on as another kind with the same trade name.</summary>
    private async Task Rename(MarketEntity entity, SetupRecord record, Guid caseId, CancellationToken ct)
    {
        await names.GiveUp(entity.Id, record.Kind == entity.Kind ? record.Name?.Core : null, ct);
        if (record.Name is { } name)
            await names.Hold(name, record.Kind, caseId, entity.Id, ct);
    }

    private IQueryable<MarketEntity> Unmoved(MarketEntity entity) =>
        db.MarketEntities.Where(e => e.Id == entity.Id && e.Version == entity.Version && e.Status == EntityStatus.Registered);

    private async Task NextVersion(MarketEntity entity, int changed, Guid caseId, EntityKind kind, string details, CancellationToken ct)
    {
        if (changed != 1)
            throw new InvalidOperationException($"Entity {entity.Id} is not at version {entity.Version} any more, or has ended.");
        var today = clock.Today();
        await db.MarketEntityVersions.Where(v => v.EntityId == entity.Id && v.ValidTo == null).ExecuteUpdateAsync(v => v.SetProperty(x => x.ValidTo, today), ct);
        db.Add(new MarketEntityVersion
        {
            EntityId = entity.Id,
            Number = entity.Version + 1,
            Kind = kind,
            CaseId = caseId,
            ValidFrom = today,
            Details = cipher.Protect(details, MarketEntityVersion.Purpose),
        });
        await db.SaveChangesAsync(ct);
    }

    private async Task<RegisteredEntity> Read(MarketEntity entity, CancellationToken ct)
    {
        // The version that was read, not the newest: between two statements somebody else may have made another, even of another kind.
        var secret = await db.MarketEntityVersions.Where(v => v.EntityId == entity.Id && v.Number == entity.Version).Select(v => v.Details).SingleOrDefaultAsync(ct);
        var details = secret is null ? WithoutRecord : cipher.Unprotect(secret, MarketEntityVersion.Purpose);
        if (details == WithoutRecord)
            return new RegisteredEntity(entity, null, null);
        return entity.Kind == EntityKind.Company
            ? new RegisteredEntity(entity, JsonSerializer.Deserialize<CompanySetup>(details, OutboxMessage.Json), null)
            : new RegisteredEntity(entity, null, JsonSerializer.Deserialize<IndividualBusinessSetup>(details, OutboxMessage.Json));
    }
}
