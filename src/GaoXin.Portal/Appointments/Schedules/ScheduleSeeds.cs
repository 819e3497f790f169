using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Appointments.Schedules;

/// <summary>A definition file as loaded.</summary>
internal sealed class ScheduleFile
{
    public required string Path { get; init; }

    public required string Kind { get; init; }

    public string Hash { get; private set; } = "";

    public string Content { get; private set; } = "";

    public DateTimeOffset LoadedAt { get; private set; }

    public void Replace(SeedFile file, DateTimeOffset now) => (Hash, Content, LoadedAt) = (file.Hash, file.Root.ToJson(), now);
}

/// <summary>A kind of file under <c>seeds/schedules</c>; each file is stored whole.</summary>
internal abstract class ScheduleSeeds(TimeProvider clock) : ISeedKind
{
    public abstract string Name { get; }

    public abstract string Pattern { get; }

    protected TimeProvider Clock => clock;

    public abstract void Check(SeedSet seeds, SeedFaults faults);

    public async Task<int> Store(SeedSet seeds, PortalDbContext db, SeedFaults faults, CancellationToken ct)
    {
        var stored = await db.ScheduleFiles.Where(f => f.Kind == Name).ToDictionaryAsync(f => f.Path, ct);
        var changed = 0;
        foreach (var file in seeds.Of(Name))
        {
            var old = stored.GetValueOrDefault(file.Path);
            stored.Remove(file.Path);
            if (old?.Hash == file.Hash)
                continue;
            if (old is not null && !MayChange(old, faults, file))
                continue;
            if (old is null)
                db.Add(old = new ScheduleFile { Path = file.Path, Kind = Name });
            old.Replace(file, clock.GetUtcNow());
            changed++;
        }

        db.RemoveRange(stored.Values.Where(MayGo));
        return changed;
    }

    /// <summary>Whether a stored file may be replaced; records a fault otherwise.</summary>
    protected virtual bool MayChange(ScheduleFile old, SeedFaults faults, SeedFile file) => true;

    /// <summary>Whether a stored file that is no longer there may be forgotten.</summary>
    protected virtual bool MayGo(ScheduleFile old) => true;

    protected static void Twice(IEnumerable<SeedNode> codes, SeedFaults faults)
    {
        foreach (var twice in codes.GroupBy(c => c.Text).Where(g => g.Count() > 1))
            faults.Add(twice.Last(), $"\"{twice.Key}\" stands here twice", "keep one");
    }
}

/// <summary><c>schedules/groups.yaml</c>: what can be booked.</summary>
internal sealed class GroupSeeds(TimeProvider clock) : ScheduleSeeds(clock)
{
    public const string KindName = "booking-groups";

    // Kinds of other capabilities, by the names of their files' schemas.
    private const string Services = "service";
    private const string Zones = "zones";

    public override string Name => KindName;

    public override string Pattern => "schedules/groups.yaml";

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        var groups = seeds.Of(Name).SelectMany(f => f.Root.ListOf("groups")).ToList();
        Twice(groups.Select(g => g["code"]!), faults);
        Twice(groups.SelectMany(g => g.ListOf("services")).Select(s => s["code"]!), faults);
        var items = seeds.Of(Services).GroupBy(f => f.Root.TextOf("code") ?? "").ToDictionary(g => g.Key, g => g.Any(f => f.Root["nature"]?.FlagOf("bookable") == true));
        var signed = seeds.Of(Services).Where(f => f.Root["clock"]?.FlagOf("from_signing") == true).Select(f => f.Root.TextOf("code") ?? "").ToHashSet();
        var hours = seeds.Of(HoursSeeds.KindName).Select(f => f.Root.TextOf("code") ?? "").Distinct().ToList();
        var zones = seeds.Of(Zones).SelectMany(f => f.Root.ListOf(Zones)).Select(z => z.TextOf("code") ?? "").ToList();
        foreach (var node in seeds.Of(Name).SelectMany(f => (f.Root["zone_hours"]?.Entries ?? []).Select(e => e.Value).Append(f.Root["usual_hours"])))
            Known(node, hours, "opening hours", faults);
        foreach (var node in seeds.Of(Name).Select(f => f.Root["zone_hours"]).Where(n => zones.Count > 0 && n?.Entries.Any(e => !zones.Contains(e.Key)) == true))
            faults.Add(node!, $"There is no zone \"{node!.Entries.First(e => !zones.Contains(e.Key)).Key}\"", "name zones as reference/zones.yaml does");
        foreach (var group in groups)
        {
            if (zones.Count > 0)
                Known(group["zone"], zones, "zone", faults);
            foreach (var unsigned in group.ListOf("services").Where(s => s.FlagOf("needs_case") && items.ContainsKey(s.TextOf("code") ?? "") && !signed.Contains(s.TextOf("code") ?? "")))
                faults.Add(unsigned["needs_case"]!, $"The cases of {unsigned.TextOf("code")} are never pre-checked, so nobody could book", "write from_signing: true under the item's clock, or take needs_case away");
            foreach (var service in group.ListOf("services").Select(s => s["code"]!))
            {
                Known(service, items.Keys, "item", faults);
                if (items.TryGetValue(service.Text ?? "", out var bookable) && !bookable)
                    faults.Add(service, $"The item {service.Text} does not say that it can be booked", "write bookable: true under its nature");
            }
        }
    }

    private static void Known(SeedNode? node, IReadOnlyCollection<string> known, string what, SeedFaults faults)
    {
        if (node is not null && !known.Contains(node.Text ?? ""))
            faults.Add(node, $"There is no {what} \"{node.Text}\"", Nearest.Fix(node.Text ?? "", known));
    }
}

/// <summary><c>schedules/rules.yaml</c>: the limits, and quotas of weeks.</summary>
internal sealed class BookingRuleSeeds(TimeProvider clock) : ScheduleSeeds(clock)
{
    public const string KindName = "booking-rules";

    public override string Name => KindName;

    public override string Pattern => "schedules/rules.yaml";

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        var groups = seeds.Of(GroupSeeds.KindName).SelectMany(f => f.Root.ListOf("groups")).Select(g => g.TextOf("code") ?? "").ToList();
        foreach (var file in seeds.Of(Name))
        {
            Twice(file.Root.ListOf("rules").Select(r => r["from"]!), faults);
            foreach (var quota in file.Root.ListOf("weekly_quotas"))
            {
                if (!groups.Contains(quota.TextOf("group") ?? ""))
                    faults.Add(quota["group"]!, $"There is no group \"{quota.TextOf("group")}\"", Nearest.Fix(quota.TextOf("group") ?? "", groups));
                foreach (var week in quota.ListOf("quotas").Where(q => q.DayOf("week") is { } day && day.DayOfWeek != DayOfWeek.Monday))
                    faults.Add(week["week"]!, $"{week.TextOf("week")} is not a Monday", "a week is named by its Monday");
            }
        }
    }
}

/// <summary><c>schedules/hours/CODE-VERSION.yaml</c>: opening hours; a version that is in force never changes.</summary>
internal sealed class HoursSeeds(TimeProvider clock) : ScheduleSeeds(clock)
{
    public const string KindName = "opening-hours";
    private static readonly string[] DayKinds = ["working_days", "saturdays", "sundays"];

    public override string Name => KindName;

    public override string Pattern => "schedules/hours/*.yaml";

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        foreach (var file in seeds.Of(Name))
        {
            var name = $"{file.Root.TextOf("code")}-{file.Root.TextOf("version")}";
            if (name != System.IO.Path.GetFileNameWithoutExtension(file.Path))
                faults.Add(file.Root["code"]!, $"The file name does not say {name}", $"name the file {name}.yaml");
            foreach (var kind in DayKinds)
                Order(file.Root.ListOf(kind), faults);
        }
    }

    protected override bool MayChange(ScheduleFile old, SeedFaults faults, SeedFile file)
    {
        if (!InForce(old))
            return true;
        faults.Add(file.Root, "A version of opening hours that is in force never changes", "add the next version with the day it comes into force");
        return false;
    }

    protected override bool MayGo(ScheduleFile old) => !InForce(old);

    private bool InForce(ScheduleFile old) => PlanReader.Hours(SeedNode.FromJson(old.Content)).EffectiveFrom <= Clock.Today();

    private static void Order(IReadOnlyList<SeedNode> sessions, SeedFaults faults)
    {
        var end = "";
        foreach (var session in sessions)
        {
            if (string.CompareOrdinal(session.TextOf("from"), session.TextOf("to")) >= 0)
                faults.Add(session, "The session ends before it begins", "write from before to, as 09:00 and 12:00");
            if (string.CompareOrdinal(session.TextOf("from"), end) < 0)
                faults.Add(session, "The session begins before the one above ends", "put them in order without overlap");
            end = session.TextOf("to") ?? "";
        }
    }
}

/// <summary>The plan as loaded.</summary>
internal sealed class BookingPlans(SeedCache<BookingPlan> cache)
{
    public Task<BookingPlan> Current(PortalDbContext db, CancellationToken ct) => cache.Current(_ => Load(db, ct));

    private static async Task<BookingPlan> Load(PortalDbContext db, CancellationToken ct)
    {
        var files = await db.ScheduleFiles.AsNoTracking().OrderBy(f => f.Path).ToListAsync(ct);
        var nodes = files.ToLookup(f => f.Kind, f => SeedNode.FromJson(f.Content));
        return PlanReader.Read(nodes[GroupSeeds.KindName], nodes[HoursSeeds.KindName], nodes[BookingRuleSeeds.KindName]);
    }
}

internal static class ScheduleFileSet
{
    extension(PortalDbContext db)
    {
        public DbSet<ScheduleFile> ScheduleFiles => db.Set<ScheduleFile>();
    }
}

internal sealed class ScheduleFileConfiguration : IEntityTypeConfiguration<ScheduleFile>
{
    public void Configure(EntityTypeBuilder<ScheduleFile> builder)
    {
        builder.ToTable("schedule_files", "appointments");
        builder.HasKey(f => f.Path);
        builder.Property(f => f.Path).HasMaxLength(200);
        builder.Property(f => f.Kind).HasMaxLength(40);
        builder.Property(f => f.Hash).HasMaxLength(64);
        builder.Property(f => f.Content).HasColumnType("jsonb");
    }
}
