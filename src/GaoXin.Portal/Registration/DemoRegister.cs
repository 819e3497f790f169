using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Registration;

/// <summary>The file <c>seeds/demo/registers.yaml</c>: invented entities, premises and persons.</summary>
internal sealed class DemoRegistersFile
{
    public List<DemoEntity> Entities { get; set; } = [];

    public List<DemoPremises> Premises { get; set; } = [];

    public List<DemoRestriction> RestrictedPersons { get; set; } = [];

    public List<DemoPerson> People { get; set; } = [];

    public List<DemoRecord> Shared { get; set; } = [];
}

internal sealed class DemoEntity
{
    public int Serial { get; set; }

    public string Kind { get; set; } = "";

    public string Region { get; set; } = "";

    public string TradeName { get; set; } = "";

    public string Industry { get; set; } = "";

    public string Form { get; set; } = "";

    public string Scope { get; set; } = "";

    /// <summary>Code of a standard address.</summary>
    public string Address { get; set; } = "";

    public string Room { get; set; } = "";

    public string Representative { get; set; } = "";

    public string Established { get; set; } = "";
}

internal sealed class DemoPremises
{
    public string Owner { get; set; } = "";

    public string OwnerIdNo { get; set; } = "";

    public string CertificateNo { get; set; } = "";

    public string Address { get; set; } = "";

    public string Room { get; set; } = "";

    public string Division { get; set; } = "";

    public string Area { get; set; } = "";
}

internal sealed class DemoRestriction
{
    public string IdNo { get; set; } = "";

    public string Name { get; set; } = "";

    public string Reason { get; set; } = "";
}

internal sealed class DemoPerson
{
    public string Name { get; set; } = "";

    public string IdNo { get; set; } = "";
}

/// <summary>What a shared register knows of one person or enterprise.</summary>
internal sealed class DemoRecord
{
    /// <summary>Code of the source, for example <c>household-register</c>.</summary>
    public string Source { get; set; } = "";

    /// <summary>ID number of the person or credit code of the enterprise.</summary>
    public string Of { get; set; } = "";

    /// <summary>Values by dictionary key.</summary>
    public Dictionary<string, string> Values { get; set; } = [];
}

/// <summary>Fills the register with the demo entities at every start in demo mode; what is there stays as it is.</summary>
internal sealed class DemoRegister(PortalDbContext db, ReferenceFiles files, PersonalDataCipher cipher, IOptions<PortalOptions> options) : IBootstrapStep
{
    public const string File = "registers.yaml";
    private const long Lock = 0x1DE30;

    public int Order => 30;

    public async Task Run(CancellationToken ct)
    {
        if (!options.Value.DemoMode)
            return;
        var demo = files.ReadDemo<DemoRegistersFile>(File);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", ct);
        var known = await db.MarketEntities.Where(e => e.CaseId == null).Select(e => e.CreditCode).ToListAsync(ct);
        var persons = demo.People.ToDictionary(p => p.Name, p => p.IdNo);
        foreach (var entry in demo.Entities.Where(e => !known.Contains(CodeOf(e))))
            Enter(entry, persons[entry.Representative]);
        await Restrict(demo.RestrictedPersons, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static EntityKind KindOf(DemoEntity entry) => entry.Kind == "company" ? EntityKind.Company : EntityKind.IndividualBusiness;

    /// <summary>Subject codes of the demo begin with MAX, far from those the counter gives out.</summary>
    private string CodeOf(DemoEntity entry) =>
        CreditCode.Compose(KindOf(entry).CodePrefix(), options.Value.RegistrationAuthorityCode, $"MAX{entry.Serial:00000}").Code;

    private void Enter(DemoEntity entry, string idNumber)
    {
        var kind = KindOf(entry);
        var name = new CompanyName(entry.Region, entry.TradeName, entry.Industry, entry.Form);
        var scope = BusinessScope.Of(entry.Scope, files.Scope);
        var domicile = $"{files.Addresses.Get(entry.Address).Address} {entry.Room}";
        var established = DateOnly.ParseExact(entry.Established, "yyyy-MM-dd");
        var entity = new MarketEntity
        {
            CreditCode = CodeOf(entry),
            Kind = kind,
            Type = kind == EntityKind.Company ? "有限责任公司（自然人独资）" : CompanyType.IndividualBusiness,
            RepresentativeSecret = cipher.Protect(entry.Representative, MarketEntity.RepresentativePurpose),
            RepresentativeHash = cipher.Hash(idNumber, MarketEntity.RepresentativeKind),
            Capital = kind == EntityKind.Company ? 100 : null,
            Domicile = domicile,
            AddressKey = AddressLibrary.KeyOf(domicile),
            ScopeCodes = [.. scope.Items.Select(i => i.Code)],
            ScopeText = scope.LicenceText,
            IndustryCode = scope.IndustryCode!,
            EstablishedOn = established,
        }.Named(name.Full);
        var held = NameReservation.Of(name, kind, options.Value.RegistrationAuthorityCode, null, files.Names, established);
        held.HoldFor(entity.Id);
        db.AddRange(entity, held, entity.FirstVersion(cipher.Protect("{}", MarketEntityVersion.Purpose)));
    }

    private async Task Restrict(IEnumerable<DemoRestriction> restrictions, CancellationToken ct)
    {
        foreach (var restriction in restrictions)
        {
            var hash = cipher.Hash(restriction.IdNo, RestrictedPerson.HashKind);
            if (!await db.RestrictedPersons.AnyAsync(p => p.PersonHash == hash, ct))
                db.Add(new RestrictedPerson { PersonHash = hash, Reason = restriction.Reason });
        }
    }
}
