using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary>A list in one file whose entries have a code; it may be corrected in place.</summary>
internal abstract class ReferenceSeeds(TimeProvider clock) : ISeedKind
{
    public abstract string Name { get; }

    public abstract string Pattern { get; }

    public static IReadOnlyList<string> Codes(SeedSet seeds, string kind) =>
        [.. seeds.Of(kind).SelectMany(f => f.Root.ListOf(kind)).Select(n => n.TextOf("code") ?? "")];

    public virtual void Check(SeedSet seeds, SeedFaults faults)
    {
        foreach (var twice in seeds.Of(Name).SelectMany(f => f.Root.ListOf(Name)).GroupBy(n => n.TextOf("code")).Where(g => g.Count() > 1))
            faults.Add(twice.Last()["code"]!, $"The code \"{twice.Key}\" is used twice", "give each entry a code of its own");
    }

    public async Task<int> Store(SeedSet seeds, PortalDbContext db, SeedFaults faults, CancellationToken ct)
    {
        var changed = 0;
        foreach (var file in seeds.Of(Name))
        {
            var name = ListName(file);
            var list = await db.ReferenceLists.FindAsync([name], ct);
            if (list?.Hash == file.Hash)
                continue;
            if (list is null)
                db.Add(list = new ReferenceList { Name = name });
            list.Replace(file.Hash, file.Root.ToJson(), clock.GetUtcNow());
            changed++;
        }

        return changed;
    }

    protected virtual string ListName(SeedFile file) => Name;
}

/// <summary><c>reference/departments.yaml</c>.</summary>
internal sealed class DepartmentSeeds(TimeProvider clock) : ReferenceSeeds(clock)
{
    public const string KindName = "departments";

    public override string Name => KindName;

    public override string Pattern => "reference/departments.yaml";

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        base.Check(seeds, faults);
        var places = Codes(seeds, PlaceSeeds.KindName);
        foreach (var hall in seeds.Of(Name).SelectMany(f => f.Root.ListOf(Name)).Select(d => d["hall"]).OfType<SeedNode>().Where(h => !places.Contains(h.Text ?? "")))
            faults.Add(hall, $"There is no place \"{hall.Text}\"", Nearest.Fix(hall.Text ?? "", places));
    }
}

/// <summary><c>reference/themes.yaml</c>.</summary>
internal sealed class ThemeSeeds(TimeProvider clock) : ReferenceSeeds(clock)
{
    public const string KindName = "themes";

    public override string Name => KindName;

    public override string Pattern => "reference/themes.yaml";
}

/// <summary><c>reference/divisions.yaml</c>.</summary>
internal sealed class DivisionSeeds(TimeProvider clock) : ReferenceSeeds(clock)
{
    public const string KindName = "divisions";

    public override string Name => KindName;

    public override string Pattern => "reference/divisions.yaml";

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        base.Check(seeds, faults);
        var codes = Codes(seeds, Name).ToHashSet();
        foreach (var parent in seeds.Of(Name).SelectMany(f => f.Root.ListOf(Name)).Select(n => n["parent"]).OfType<SeedNode>().Where(p => !codes.Contains(p.Text ?? "")))
            faults.Add(parent, $"There is no division {parent.Text}", Nearest.Fix(parent.Text ?? "", codes));
    }
}

/// <summary><c>reference/life-events.yaml</c>.</summary>
internal sealed class LifeEventSeeds(TimeProvider clock) : ReferenceSeeds(clock)
{
    public const string KindName = "life-events";

    public override string Name => KindName;

    public override string Pattern => "reference/life-events.yaml";
}

/// <summary><c>reference/places.yaml</c>.</summary>
internal sealed class PlaceSeeds(TimeProvider clock) : ReferenceSeeds(clock)
{
    public const string KindName = "places";
    public const string Counters = "counters";

    public override string Name => KindName;

    public override string Pattern => "reference/places.yaml";

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        base.Check(seeds, faults);
        var divisions = Codes(seeds, DivisionSeeds.KindName);
        var items = seeds.Of(ServiceSeeds.KindName).Select(f => f.Root.TextOf("code") ?? "").ToHashSet();
        var named = seeds.Of(Name).SelectMany(f => f.Root.ListOf(Name).Concat(f.Root.ListOf(Counters))).SelectMany(p => p.ListOf("services"));
        foreach (var unknown in named.Where(s => !items.Contains(s.Text ?? "")))
            faults.Add(unknown, $"There is no item \"{unknown.Text}\"", Nearest.Fix(unknown.Text ?? "", items));
        foreach (var place in seeds.Of(Name).SelectMany(f => f.Root.ListOf(Name)))
        {
            if (!divisions.Contains(place.TextOf("division") ?? ""))
                faults.Add(place["division"]!, $"There is no division {place.TextOf("division")}", Nearest.Fix(place.TextOf("division") ?? "", divisions));
        }
    }
}

/// <summary><c>calendars/&lt;year&gt;.yaml</c>: the days the yearly notice declares off or working.</summary>
internal sealed class CalendarSeeds(TimeProvider clock) : ReferenceSeeds(clock)
{
    public const string KindName = "calendars";
    public const string Prefix = "calendar/";

    public override string Name => KindName;

    public override string Pattern => "calendars/*.yaml";

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        foreach (var file in seeds.Of(Name))
        {
            var year = file.Root.NumberOf("year");
            if (file.Root.TextOf("year") != Path.GetFileNameWithoutExtension(file.Path))
                faults.Add(file.Root["year"]!, $"The file name does not say {year}", "name the file after the year");
            var seen = new HashSet<DateOnly>();
            foreach (var (node, works) in Days(file.Root))
                CheckDay(node, works, year, seen, faults);
        }
    }

    public static IEnumerable<(SeedNode Node, bool Works)> Days(SeedNode root) =>
        root.ListOf("off").Select(n => (n, false)).Concat(root.ListOf("work").Select(n => (n, true)));

    protected override string ListName(SeedFile file) => Prefix + file.Root.TextOf("year");

    private static void CheckDay(SeedNode node, bool works, int? year, HashSet<DateOnly> seen, SeedFaults faults)
    {
        if (!DateOnly.TryParse(node.Text, out var day))
            faults.Add(node, $"\"{node.Text}\" is not a day", "write it as 2026-10-01");
        else if (!seen.Add(day))
            faults.Add(node, $"{node.Text} is listed twice", "a day is off or working, not both; keep one");
        else if (day.Year != year && day != new DateOnly(year!.Value - 1, 12, 31))
            faults.Add(node, $"{node.Text} is not in {year}", "put it into the file of its year");
        else if (works && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            faults.Add(node, $"{node.Text} is a {day.DayOfWeek} and works anyway", "make-up working days are weekend days; check the notice");
    }
}
