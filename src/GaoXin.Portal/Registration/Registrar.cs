using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Registration;

/// <summary>Settings of registration, section <c>Portal:Registration</c>.</summary>
internal sealed class RegistrationOptions
{
    public const string Section = "Portal:Registration";

    /// <summary>登记机关 as printed on the licence.</summary>
    public string AuthorityName { get; set; } = "郑州高新技术产业开发区市场监督管理局";
}

/// <summary>Enters a market entity in the register and gives it its credit code.</summary>
internal sealed class Registrar(PortalDbContext db, NameRegister names, PersonalDataCipher cipher, IOptions<PortalOptions> options, TimeProvider clock)
{
    /// <summary>The entity of the case; entered once, found again on a repeat.</summary>
    public async Task<MarketEntity> Enter(SetupRecord setup, Guid caseId, CancellationToken ct)
    {
        if (await db.MarketEntities.SingleOrDefaultAsync(e => e.CaseId == caseId, ct) is { } known)
            return known;
        var code = await db.NextCreditCode(setup.Kind, options.Value.RegistrationAuthorityCode, ct);
        var entity = Entity(setup, caseId, code);
        if (setup.Name is { } name)
            await names.Hold(name, setup.Kind, caseId, entity.Id, ct);
        db.Add(entity);
        db.Add(entity.FirstVersion(cipher.Protect(setup.Json, MarketEntityVersion.Purpose)));
        if (setup.Seals.Count > 0)
            db.Add(new SealOrder { EntityId = entity.Id, CaseId = caseId, Kinds = [.. setup.Seals], Free = true, OrderedAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(ct);
        return entity;
    }

    private MarketEntity Entity(SetupRecord setup, Guid caseId, CreditCode code) => new MarketEntity
    {
        CaseId = caseId,
        CreditCode = code.Code,
        Kind = setup.Kind,
        Type = setup.Type,
        RepresentativeSecret = cipher.Protect(setup.RepresentativeName, MarketEntity.RepresentativePurpose),
        RepresentativeHash = cipher.Hash(setup.RepresentativeNumber, MarketEntity.RepresentativeKind),
        Capital = setup.Capital,
        Domicile = setup.Premises.Full,
        AddressKey = AddressLibrary.KeyOf(setup.Premises.Full),
        ScopeCodes = [.. setup.Scope.Items.Select(i => i.Code)],
        ScopeText = setup.Scope.LicenceText,
        IndustryCode = setup.Scope.IndustryCode ?? throw new InvalidOperationException("A set-up without a business scope was approved."),
        EstablishedOn = clock.Today(),
    }.Named(setup.Name?.Full);
}
