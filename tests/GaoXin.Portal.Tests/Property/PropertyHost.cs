using System.Globalization;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Property;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GaoXin.Portal.Tests.Property;

/// <summary>A host whose register every test fills with units of its own.</summary>
public sealed class PropertyHost : PortalHost
{
    internal const string Department = "real-estate-registration";
    private static readonly byte[] Proof = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();
    private static int _serial;
    private readonly TestRegister _register = new();

    protected override void Configure(IDictionary<string, string?> settings) => settings["Portal:DemoMode"] = "true";

    protected override void Configure(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<IPropertyRegister>(_register));

    internal bool RegisterIsSilent { set => _register.Silent = value; }

    internal async Task<(TestUser User, string IdNumber)> NewPerson()
    {
        var serial = Interlocked.Increment(ref _serial);
        var body = string.Create(CultureInfo.InvariantCulture, $"410102{1980 + serial % 20}{serial / 900 % 12 + 1:00}{serial / 9 % 28 + 1:00}{serial % 900 + 100:000}");
        var (number, phone) = (body + ResidentId.CheckCharacter(body), string.Create(CultureInfo.InvariantCulture, $"197{serial:00000000}"));
        return (await InScope(async services =>
        {
            var cipher = services.GetRequiredService<PersonalDataCipher>();
            var account = PortalUser.ForPhone(cipher.Protect(phone, PortalUser.PhonePurpose), cipher.Hash(phone, PortalUser.PhoneKind), TestSettings.Now);
            account.RealNameVerified(cipher.Protect("演示甲", PortalUser.NamePurpose), cipher.Protect(number, PortalUser.IdNumberPurpose), cipher.Hash(number, PortalUser.IdNumberKind), "test", TestSettings.Now);
            var db = services.GetRequiredService<PortalDbContext>();
            db.Add(account);
            await db.SaveChangesAsync();
            return TestUsers.Citizen(account.Id);
        }), number);
    }

    /// <summary>A unit in the register, owned by a person.</summary>
    internal RegisteredUnit Register(string owner, Action<RegisteredUnit>? shape = null)
    {
        var serial = Interlocked.Increment(ref _serial);
        var unit = new RegisteredUnit
        {
            Number = string.Create(CultureInfo.InvariantCulture, $"410172001002GB00001F{serial:00000000}"),
            Location = "郑州高新区演示大道 1 号",
            Area = "86.40",
            Use = "residence",
            CertificateNo = string.Create(CultureInfo.InvariantCulture, $"豫（2024）郑州市不动产权第{serial:0000000}号"),
            OwnerIdNumbers = [owner],
        };
        shape?.Invoke(unit);
        _register.Units[unit.Number] = unit;
        return unit;
    }

    /// <summary>Fills a form, page by page, and answers the draft and what is to mend on the last page saved.</summary>
    internal async Task<(Guid Draft, IReadOnlyList<FieldProblem> Problems)> Fill(TestUser citizen, string service, IReadOnlyDictionary<string, string?> answers)
    {
        var draft = await As(citizen).Send(new StartCase(service));
        var problems = new List<FieldProblem>();
        foreach (var page in (await As(citizen).Send(new Portal.Catalogue.GetServiceDefinition(service)))!.Pages)
        {
            var shown = await As(citizen).Send(new GetFormPage(draft, page.Id));
            foreach (var material in shown.Materials.Where(m => m.Files.Count == 0))
                await As(citizen).Send(new UploadAttachment(draft, material.Material.Code, "演示.pdf", Proof));
            var keys = page.Fields.Select(f => f.Key).ToHashSet();
            var saved = await As(citizen).Send(new SaveFormPage
            {
                CaseId = draft,
                PageId = page.Id,
                Version = shown.Version,
                Values = answers.Where(a => keys.Contains(a.Key.Split('/')[0])).ToDictionary(a => a.Key, a => a.Value),
            });
            problems.AddRange(saved.Problems);
        }

        return (draft, problems);
    }

    internal static Dictionary<string, string?> Sale(RegisteredUnit unit, string seller) => new()
    {
        ["property.unitNo"] = unit.Number,
        ["property.certificateNo"] = unit.CertificateNo,
        ["property.location"] = unit.Location,
        ["property.area"] = unit.Area,
        ["property.use"] = unit.Use,
        ["propertySeller.name"] = "演示甲",
        ["propertySeller.idNo"] = seller,
        ["propertyContract.number"] = "YS2026000001",
        ["propertyContract.price"] = "120",
        ["property.shareForm"] = "sole",
        ["propertyHolders/r1/propertyHolder.name"] = "演示乙",
        ["propertyHolders/r1/propertyHolder.idNo"] = "11010519491231002X",
        ["propertyHolders/r1/propertyHolder.phone"] = "13800000000",
        ["commitment.truthful"] = "yes",
    };

    internal async Task<SubmittedCase> Submit(TestUser citizen, Guid draft)
    {
        var check = await As(citizen).Send(new GetCaseCheck(draft));
        check.Problems.ShouldBeEmpty();
        var submitted = await As(citizen).Send(new SubmitCase(draft, check.ContentHash));
        await DrainOutbox();
        return submitted;
    }

    internal async Task<SubmittedCase> FileSale(TestUser citizen, RegisteredUnit unit, string seller)
    {
        var (draft, problems) = await Fill(citizen, "estate-sale-transfer", Sale(unit, seller));
        problems.ShouldBeEmpty();
        return await Submit(citizen, draft);
    }

    internal async Task<UserSession> Officer(Guid caseId)
    {
        var desk = As(TestUsers.Officer(Department));
        await desk.Send(new ClaimCase(caseId));
        return desk;
    }

    internal async Task<UserSession> PreCheck(Guid caseId)
    {
        var desk = await Officer(caseId);
        await desk.Send(new PreCheckCase(caseId));
        await DrainOutbox();
        return desk;
    }

    /// <summary>A slot of its own with one public seat, on a working day from now.</summary>
    internal async Task<Slot> NewSlot(string group = "estate-transfer", int seats = 4, int inDays = 2)
    {
        var at = Clock.Today().AddDays(inDays).At(new TimeOnly(8, 0)) + TimeSpan.FromSeconds(Interlocked.Increment(ref _serial));
        return await InDatabase(async db =>
        {
            var day = at.Day();
            var release = await db.Releases.SingleOrDefaultAsync(r => r.ServiceGroup == group && r.FromDay <= day && r.ToDay >= day);
            if (release is null)
                db.Add(release = new Release { ServiceGroup = group, FromDay = day, ToDay = day, Mode = ReleaseMode.Open, OpensAt = Clock.GetUtcNow().AddDays(-20) });
            var slot = new Slot { ReleaseId = release.Id, ServiceGroup = group, Zone = "real-estate", Day = day, StartsAt = at, EndsAt = at.AddMinutes(30), Session = SessionKind.Day };
            db.Add(slot);
            db.AddRange(Enumerable.Range(1, seats).Select(l => new Seat { SlotId = slot.Id, Lane = l, Pool = SeatPool.Open, ReleaseAt = release.OpensAt }));
            await db.SaveChangesAsync();
            return slot;
        });
    }

    internal Task<HeldSeat> Hold(TestUser user, Slot slot, Guid? caseId, string? unit = null, string service = "estate-sale-transfer") =>
        As(user).Send(new HoldSeat { SlotId = slot.Id, Service = service, CaseId = caseId, PropertyUnit = unit, Key = Guid.NewGuid().ToString("N") });

    internal static async Task<string?> CodeOf(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Refusals[0].Code;
        }
    }

    private sealed class TestRegister : IPropertyRegister
    {
        public System.Collections.Concurrent.ConcurrentDictionary<string, RegisteredUnit> Units { get; } = new();

        public bool Silent { get; set; }

        public Task<RegisterAnswer> Find(PropertyUnitNumber unit, CancellationToken ct) =>
            Task.FromResult(Silent ? new RegisterAnswer(null, Silent: true) : new RegisterAnswer(Units.GetValueOrDefault(unit.Number)));
    }
}
