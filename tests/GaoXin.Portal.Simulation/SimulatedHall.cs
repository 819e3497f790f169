using System.Globalization;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Simulation;

/// <summary>The production program over a PostgreSQL of its own with a fake clock, and what a simulation adds to it: people and releases.</summary>
public sealed class SimulatedHall : PortalHost
{
    internal const string Service = "social-card-application";
    private const string Group = "social-cards";
    private const int SlotsADay = 4;
    private const int OpenDays = 5;
    private static int _person;

    /// <summary>Accounts with real names; each with its ID number, because the desk types it.</summary>
    internal async Task<IReadOnlyList<(TestUser User, string IdNumber)>> NewPeople(int count)
    {
        var people = new List<(TestUser, string)>();
        await InScope(async services =>
        {
            var (db, cipher) = (services.GetRequiredService<PortalDbContext>(), services.GetRequiredService<PersonalDataCipher>());
            for (var i = 0; i < count; i++)
            {
                var serial = Interlocked.Increment(ref _person);
                var body = string.Create(CultureInfo.InvariantCulture, $"4101{serial / 1000 % 90 + 10:00}{1940 + serial / 90_000:0000}0416{serial % 1000:000}");
                var (number, phone) = (body + ResidentId.CheckCharacter(body), string.Create(CultureInfo.InvariantCulture, $"196{serial:00000000}"));
                var account = PortalUser.ForPhone(cipher.Protect(phone, PortalUser.PhonePurpose), cipher.Hash(phone, PortalUser.PhoneKind), Clock.GetUtcNow());
                account.RealNameVerified(cipher.Protect("演示市民", PortalUser.NamePurpose), cipher.Protect(number, PortalUser.IdNumberPurpose), cipher.Hash(number, PortalUser.IdNumberKind), "demo", Clock.GetUtcNow());
                db.Add(account);
                people.Add((TestUsers.Citizen(account.Id), number));
            }

            await db.SaveChangesAsync();
            return 0;
        });
        return people;
    }

    /// <summary>A week of places two weeks ahead, given out by a policy from now on; a fifth of them for the desk, as the rules say.</summary>
    internal Task<(Release Release, IReadOnlyList<Slot> Slots)> NewWeek(Policy policy, int seats) => InScope(async services =>
    {
        var db = services.GetRequiredService<PortalDbContext>();
        var (now, first) = (Clock.GetUtcNow(), Clock.Today().AddDays(365));
        var release = new Release
        {
            ServiceGroup = Group,
            FromDay = first,
            ToDay = first.AddDays(6),
            Mode = policy switch { Policy.Draw => ReleaseMode.Draw, Policy.WaitingRoom => ReleaseMode.WaitingRoom, _ => ReleaseMode.Open },
            OpensAt = now,
            ClosesAt = policy switch { Policy.Draw => now.AddDays(3), Policy.WaitingRoom => now.AddMinutes(10), _ => null },
        };
        db.Add(release);
        var slots = new List<Slot>();
        foreach (var part in Enumerable.Range(0, SlotsADay * OpenDays))
        {
            var at = first.AddDays(part / SlotsADay).At(new TimeOnly(9 + part % SlotsADay, 0));
            var slot = new Slot { ReleaseId = release.Id, ServiceGroup = Group, Zone = "social-insurance", Day = at.Day(), StartsAt = at, EndsAt = at.AddHours(1), Session = SessionKind.Day };
            slots.Add(slot);
            db.Add(slot);
            var (count, desk) = (seats / (SlotsADay * OpenDays), seats / (SlotsADay * OpenDays) / 5);
            db.AddRange(Enumerable.Range(1, count).Select(lane => new Seat
            {
                SlotId = slot.Id,
                Lane = lane,
                Pool = lane > count - desk ? SeatPool.Desk : policy == Policy.Draw ? SeatPool.Draw : SeatPool.Open,
                ReleaseAt = now,
            }));
        }

        await db.SaveChangesAsync();
        return (release, (IReadOnlyList<Slot>)slots);
    });
}
