using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Registration.Procedures;
using MediatR;
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

    /// <summary>The code of an entity that other demo registers know too; empty: made from the serial.</summary>
    public string CreditCode { get; set; } = "";

    /// <summary>A second shareholder, who holds forty of a hundred and supervises.</summary>
    public string Partner { get; set; } = "";

    /// <summary>True when the representative can sign in and act for it, with a licence in hand.</summary>
    public bool Acting { get; set; }

    /// <summary>A notice of simple deregistration was published so many days before the first start.</summary>
    public int? NoticeDaysAgo { get; set; }

    /// <summary>What other registers hold against it, for example Abnormal.</summary>
    public List<string> Marks { get; set; } = [];
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

    public string Phone { get; set; } = "";
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
internal sealed class DemoRegister(PortalDbContext db, IMediator mediator, IPeople people, ReferenceFiles files, SetupResult result, PersonalDataCipher cipher,
    IOptions<PortalOptions> options, TimeProvider clock) : IBootstrapStep
{
    public const string File = "registers.yaml";
    private const long Lock = 0x1DE30;
    private const string Street = "410172560";

    /// <summary>Companies from before the five-year rule have until 2032 (784号), so a demo share can change hands without a new term.</summary>
    private static readonly DateOnly LongTerm = new(2030, 6, 30);

    public int Order => 30;

    public async Task Run(CancellationToken ct)
    {
        if (!options.Value.DemoMode)
            return;
        var demo = files.ReadDemo<DemoRegistersFile>(File);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Lock})", ct);
        var known = await db.MarketEntities.Where(e => e.CaseId == null).Select(e => e.CreditCode).ToListAsync(ct);
        var persons = demo.People.ToDictionary(p => p.Name);
        foreach (var entry in demo.Entities.Where(e => !known.Contains(CodeOf(e))))
            await Enter(entry, persons, ct);
        await Restrict(demo.RestrictedPersons, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static EntityKind KindOf(DemoEntity entry) => entry.Kind == "company" ? EntityKind.Company : EntityKind.IndividualBusiness;

    /// <summary>Subject codes of the demo begin with MAX, far from those the counter gives out.</summary>
    private string CodeOf(DemoEntity entry) => entry.CreditCode.Length > 0
        ? entry.CreditCode
        : CreditCode.Compose(KindOf(entry).CodePrefix(), options.Value.RegistrationAuthorityCode, $"MAX{entry.Serial:00000}").Code;

    private async Task Enter(DemoEntity entry, Dictionary<string, DemoPerson> persons, CancellationToken ct)
    {
        var kind = KindOf(entry);
        var established = DateOnly.ParseExact(entry.Established, "yyyy-MM-dd");
        var record = kind == EntityKind.Company ? result.Read(Company(entry, persons, established)) : result.Read(Business(entry, persons, established));
        var entity = new MarketEntity
        {
            CreditCode = CodeOf(entry),
            Kind = kind,
            Type = record.Type,
            RepresentativeSecret = cipher.Protect(record.RepresentativeName, MarketEntity.RepresentativePurpose),
            RepresentativeHash = cipher.Hash(record.RepresentativeNumber, MarketEntity.RepresentativeKind),
            Capital = record.Capital,
            Domicile = record.Premises.Full,
            AddressKey = AddressLibrary.KeyOf(record.Premises.Full),
            ScopeCodes = [.. record.Scope.Items.Select(i => i.Code)],
            ScopeText = record.Scope.LicenceText,
            IndustryCode = record.Scope.IndustryCode!,
            EstablishedOn = established,
        }.Named(record.Name?.Full);
        var held = NameReservation.Of(record.Name!, kind, options.Value.RegistrationAuthorityCode, null, files.Names, established);
        held.HoldFor(entity.Id);
        db.AddRange(entity, held, entity.FirstVersion(cipher.Protect(record.Json, MarketEntityVersion.Purpose)));
        db.AddRange(entry.Marks.Select(m => new EntityMark { CreditCode = entity.CreditCode, Kind = Enum.Parse<EntityMarkKind>(m) }));
        await db.SaveChangesAsync(ct);
        var account = await people.FindAccountByIdNumber(record.RepresentativeNumber, ct) ?? Guid.Empty;
        if (entry.NoticeDaysAgo is { } days)
            db.Add(DeregistrationNotice.Of(entity, entity.Name!, Guid.CreateVersion7(), account, clock.Today().AddDays(-days), await mediator.Send(new GetWorkingCalendar(), ct)));
        if (entry.Acting)
            await Open(entity, record, account, ct);
    }

    /// <summary>Who leads it finds it under 代企业办理, with the licence it would have.</summary>
    private async Task Open(MarketEntity entity, SetupRecord record, Guid account, CancellationToken ct)
    {
        await mediator.Send(new RegisterEnterprise { CreditCode = entity.CreditCode, Name = entity.Name!, LegalRepresentativeIdNumber = record.RepresentativeNumber }, ct);
        if (account != Guid.Empty)
            await mediator.Send(result.Licence(record, entity, Guid.CreateVersion7(), entity.EstablishedOn, [account]), ct);
    }

    private CompanySetup Company(DemoEntity entry, Dictionary<string, DemoPerson> persons, DateOnly established)
    {
        var leader = new Officer(Post.LegalRepresentative, "legalRep.", entry.Representative, persons[entry.Representative].IdNo, null);
        List<Officer> officers = [leader, .. new[] { Post.Director, Post.Manager, Post.FinanceHead, Post.Liaison }.Select(p => leader with { Post = p, IsChosen = true })];
        List<Shareholder> shareholders = [Share("r1", entry.Representative, entry.Partner.Length == 0 ? "100" : "60")];
        if (entry.Partner.Length > 0)
        {
            shareholders.Add(Share("r2", entry.Partner, "40"));
            officers.Add(new Officer(Post.Supervisor, "supervisor.", entry.Partner, persons[entry.Partner].IdNo, null));
        }

        return new CompanySetup
        {
            Name = NameOf(entry),
            Capital = "100",
            ScopeCodes = entry.Scope,
            Premises = PremisesOf(entry),
            Phone = null,
            Shareholders = shareholders,
            Officers = officers,
            LostChoices = [],
            NoSupervisor = entry.Partner.Length == 0,
            Seals = [],
            AppliedOn = established,
        };

        Shareholder Share(string row, string name, string amount) => new()
        {
            RowId = row,
            Name = name,
            IdNumber = persons[name].IdNo,
            Phone = persons[name].Phone,
            Subscribed = amount,
            DueDate = LongTerm,
            Form = "money",
        };
    }

    private IndividualBusinessSetup Business(DemoEntity entry, Dictionary<string, DemoPerson> persons, DateOnly established) => new()
    {
        Name = NameOf(entry),
        Operator = new IndividualBusinessSetup.Person("", entry.Representative, persons[entry.Representative].IdNo, null),
        Family = [],
        Capital = null,
        ScopeCodes = entry.Scope,
        Premises = PremisesOf(entry),
        Phone = null,
        AppliedOn = established,
    };

    private static CompanyName NameOf(DemoEntity entry) => new(entry.Region, entry.TradeName, entry.Industry, entry.Form);

    private Premises PremisesOf(DemoEntity entry) => new("park", null, Street, files.Addresses.Get(entry.Address).Address, entry.Room, "80");

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
