using System.Globalization;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GaoXin.Portal.Tests.Appointments;

/// <summary>A host with slots of the delivered plan. Every test makes persons and slots of its own.</summary>
public sealed class AppointmentHost : PortalHost
{
    public const string Service = "social-card-application";
    public const string Group = "social-cards";
    public const string EstateService = "estate-inheritance-transfer";
    public const string EstateGroup = "estate-inheritance";
    public const string Unit = "410172001001GB00001F00010001";
    private static int _person;
    private static int _slot;

    protected override void Configure(IServiceCollection services) => services.AddSingleton<ISmsGateway>(new RecordedSms());

    internal static string NewUnit() => string.Create(CultureInfo.InvariantCulture, $"410172001001GB00001F{Interlocked.Increment(ref _person):00000000}");

    internal static string NewIdNumber()
    {
        var n = Interlocked.Increment(ref _person);
        var body = string.Create(CultureInfo.InvariantCulture, $"4101{n / 1000 % 90 + 10:00}{1940 + n / 90_000:0000}0315{n % 1000:000}");
        return body + ResidentId.CheckCharacter(body);
    }

    /// <summary>Accounts with real names.</summary>
    internal async Task<IReadOnlyList<TestUser>> NewCitizens(int count)
    {
        var accounts = new List<Guid>();
        foreach (var chunk in Enumerable.Range(0, count).Chunk(2000))
        {
            await InScope(async services =>
            {
                var (db, cipher) = (services.GetRequiredService<PortalDbContext>(), services.GetRequiredService<PersonalDataCipher>());
                foreach (var _ in chunk)
                {
                    var (phone, id) = (string.Create(CultureInfo.InvariantCulture, $"198{Interlocked.Increment(ref _person):00000000}"), NewIdNumber());
                    var user = PortalUser.ForPhone(cipher.Protect(phone, PortalUser.PhonePurpose), cipher.Hash(phone, PortalUser.PhoneKind), Clock.GetUtcNow());
                    user.RealNameVerified(cipher.Protect("演示市民", PortalUser.NamePurpose), cipher.Protect(id, PortalUser.IdNumberPurpose), cipher.Hash(id, PortalUser.IdNumberKind), "demo", Clock.GetUtcNow());
                    db.Add(user);
                    accounts.Add(user.Id);
                }

                await db.SaveChangesAsync();
            });
        }

        return [.. accounts.Select(a => TestUsers.Citizen(a))];
    }

    /// <summary>A pre-checked case of a person, as another capability tells it.</summary>
    internal async Task<Guid> Admit(TestUser user, string service, string? unit = null)
    {
        var id = Guid.CreateVersion7();
        await As(TestUsers.System).Send(new AdmitCase { CaseId = id, CaseNumber = CaseNumberOf(Interlocked.Increment(ref _person)), Service = service, AccountId = user.Id, PropertyUnit = unit ?? NewUnit() });
        return id;
    }

    internal static string CaseNumberOf(int ordinal)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"GX20261122{ordinal:000000}");
        return body + CheckCharacter.Of(body);
    }

    internal async Task<TestUser> NewCitizen() => (await NewCitizens(1)).Single();

    /// <summary>A slot of its own with so many public seats, on a day from now, released already.</summary>
    internal async Task<Slot> NewSlot(int seats, string group = Group, int inDays = 3, SeatPool pool = SeatPool.Open, Release? release = null, DateTimeOffset? starts = null)
    {
        // Far from the minutes of the plan, and unique.
        var at = starts ?? (Clock.Today().AddDays(inDays).At(new TimeOnly(8, 0)) + TimeSpan.FromMilliseconds(Interlocked.Increment(ref _slot)));
        return await InDatabase(async db =>
        {
            var day = at.Day();
            release ??= await db.Releases.SingleOrDefaultAsync(r => r.ServiceGroup == group && r.FromDay <= day && r.ToDay >= day);
            if (release is null)
                db.Add(release = new Release { ServiceGroup = group, FromDay = day, ToDay = day, Mode = ReleaseMode.Open, OpensAt = Clock.GetUtcNow().AddDays(-20) });
            var slot = new Slot { ReleaseId = release.Id, ServiceGroup = group, Zone = "test", Day = day, StartsAt = at, EndsAt = at.AddMinutes(30), Session = SessionKind.Day };
            db.Add(slot);
            db.AddRange(Enumerable.Range(1, seats).Select(l => new Seat { SlotId = slot.Id, Lane = l, Pool = pool, ReleaseAt = release.OpensAt }));
            await db.SaveChangesAsync();
            return slot;
        });
    }

    internal Task<HeldSeat> Hold(TestUser user, Slot slot, string? key = null, string? unit = null, string? service = null) => As(user).Send(new HoldSeat
    {
        SlotId = slot.Id,
        Service = service ?? (slot.ServiceGroup == EstateGroup ? EstateService : Service),
        Key = key ?? Guid.NewGuid().ToString("N"),
        PropertyUnit = slot.ServiceGroup == EstateGroup ? unit ?? NewUnit() : null,
    });

    internal async Task<Guid> Book(TestUser user, Slot slot, string? unit = null)
    {
        var held = await Hold(user, slot, unit: unit);
        await As(user).Send(new ConfirmAppointment(held.AppointmentId));
        return held.AppointmentId;
    }

    /// <summary>Tries, and answers the code of the refusal, or null.</summary>
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

    internal Task<AppointmentState> StateOf(Guid id) => InDatabase(db => db.Appointments.Where(a => a.Id == id).Select(a => a.State).SingleAsync());

    internal async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
