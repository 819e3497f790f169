using System.Text.Json;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Appointments.Schedules;

/// <summary>
/// One version of a zone's opening hours from a day on (开放时间), as a hall manager stored it after seeing whom it moves. A
/// version never changes and never goes (trigger): another one for the same day or later comes after it.
/// </summary>
internal sealed class ZoneHours
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Zone { get; init; }

    public required int Version { get; init; }

    public required DateOnly EffectiveFrom { get; init; }

    /// <summary>The hours as a file under <c>schedules/hours</c> would say them.</summary>
    public required string Content { get; init; }

    public required string Reason { get; init; }

    /// <summary>How many appointments it moved or ended.</summary>
    public required int Affected { get; init; }

    public required Guid StoredBy { get; init; }

    public required DateTimeOffset StoredAt { get; init; }

    public OpeningHours Hours => PlanReader.Hours(SeedNode.FromJson(Content));

    public static string ContentOf(OpeningHours hours) => JsonSerializer.Serialize(new
    {
        code = hours.Code,
        version = hours.Version,
        effective_from = hours.EffectiveFrom,
        title = hours.Title,
        working_days = hours.WorkingDays.Select(Words),
        saturdays = hours.Saturdays.Select(Words),
        sundays = hours.Sundays.Select(Words),
    });

    private static object Words(Session session) => new { from = SessionLines.Clock(session.From), to = SessionLines.Clock(session.To), kind = session.Kind.ToString().ToLowerInvariant() };
}

/// <summary>The hours of a zone over time: those of the files, and after them what was stored for the zone alone. The latest that has begun counts.</summary>
internal sealed class ZoneSchedule(IEnumerable<OpeningHours> ofFiles, IEnumerable<OpeningHours> own)
{
    private readonly List<OpeningHours> _versions =
        [.. ofFiles.Select(h => (h, Own: false)).Concat(own.Select(h => (h, Own: true))).OrderBy(v => v.h.EffectiveFrom).ThenBy(v => v.Own).ThenBy(v => v.h.Version).Select(v => v.h)];

    /// <summary>In the order of their days.</summary>
    public IReadOnlyList<OpeningHours> Versions => _versions;

    /// <summary>The hours in force on a day; null before the first version.</summary>
    public OpeningHours? On(DateOnly day) => _versions.FindLast(v => v.EffectiveFrom <= day);

    /// <summary>The same with one version more.</summary>
    public ZoneSchedule With(OpeningHours added) => new(_versions, [added]);
}

/// <summary>The hours of all zones, as files and stored versions say now. Read anew each time: a cache of a minute would bring withdrawn times back.</summary>
internal sealed class ZoneSchedules(BookingPlan plan, ILookup<string, ZoneHours> stored)
{
    public ZoneSchedule Of(string zone) => new(plan.HoursOf(zone), StoredOf(zone).Select(h => h.Hours));

    /// <summary>What was stored for a zone, in the order of the versions.</summary>
    public IEnumerable<ZoneHours> StoredOf(string zone) => stored[zone];
}

internal sealed class ZoneHoursConfiguration : IEntityTypeConfiguration<ZoneHours>
{
    public void Configure(EntityTypeBuilder<ZoneHours> builder)
    {
        builder.ToTable("zone_hours", "appointments");
        builder.Property(h => h.Zone).HasMaxLength(60);
        builder.Property(h => h.Content).HasColumnType("jsonb");
        builder.Property(h => h.Reason).HasMaxLength(200);
        builder.Ignore(h => h.Hours);
        builder.HasIndex(h => new { h.Zone, h.Version }).IsUnique();
    }
}

internal static class ZoneHoursSet
{
    extension(PortalDbContext db)
    {
        public DbSet<ZoneHours> ZoneHours => db.Set<ZoneHours>();

        public async Task<ZoneSchedules> ZoneSchedules(BookingPlan plan, CancellationToken ct)
        {
            var stored = await db.ZoneHours.AsNoTracking().OrderBy(h => h.Zone).ThenBy(h => h.Version).ToListAsync(ct);
            return new ZoneSchedules(plan, stored.ToLookup(h => h.Zone));
        }
    }
}
