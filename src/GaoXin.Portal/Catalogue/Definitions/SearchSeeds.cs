using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Catalogue.Definitions;

/// <summary><c>reference/search-words.yaml</c>: everyday words, fillers and the first hot words.</summary>
internal sealed class SearchWordSeeds(TimeProvider clock) : ReferenceSeeds(clock)
{
    public const string KindName = "search-words";

    public override string Name => KindName;

    public override string Pattern => "reference/search-words.yaml";

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        foreach (var file in seeds.Of(Name))
        {
            SearchLint.Once(file.Root.ListOf(Name).Select(n => n["say"]!), faults);
            SearchLint.Once(file.Root.ListOf("fillers"), faults);
            SearchLint.Once(file.Root.ListOf("hot"), faults);
        }
    }
}

/// <summary><c>reference/search-sounds.yaml</c>: characters by sound.</summary>
internal sealed class SearchSoundSeeds(TimeProvider clock) : ReferenceSeeds(clock)
{
    public const string KindName = "search-sounds";

    public override string Name => KindName;

    public override string Pattern => "reference/search-sounds.yaml";

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        foreach (var file in seeds.Of(Name))
        {
            SearchLint.Once(file.Root.ListOf(Name).Select(n => n["sound"]!), faults);
            foreach (var characters in file.Root.ListOf(Name).Select(n => n["characters"]!).Where(n => n.Text!.Distinct().Count() < n.Text!.Length))
                faults.Add(characters, "A character stands here twice", "keep it once a sound");
        }
    }
}

/// <summary><c>reference/search-characters.yaml</c>: traditional forms.</summary>
internal sealed class SearchCharacterSeeds(TimeProvider clock) : ReferenceSeeds(clock)
{
    public const string KindName = "search-characters";

    public override string Name => KindName;

    public override string Pattern => "reference/search-characters.yaml";

    public override void Check(SeedSet seeds, SeedFaults faults)
    {
        var seen = new HashSet<char>();
        foreach (var line in seeds.Of(Name).SelectMany(f => f.Root.ListOf(Name)))
            foreach (var form in line.Text!.Split(' ').SelectMany(g => g[1..]).Where(form => !seen.Add(form)))
                faults.Add(line, $"\"{form}\" has two simplified forms", "keep the commoner one");
    }
}

internal static class SearchLint
{
    public static void Once(IEnumerable<SeedNode> nodes, SeedFaults faults)
    {
        foreach (var twice in nodes.GroupBy(n => n.Text).Where(g => g.Count() > 1))
            faults.Add(twice.Last(), $"\"{twice.Key}\" stands here twice", "keep one");
    }
}

/// <summary><c>reference/official-figures.yaml</c>: published numbers of items.</summary>
internal sealed class OfficialFigureSeeds(TimeProvider clock) : ReferenceSeeds(clock)
{
    public const string KindName = "official-figures";

    public override string Name => KindName;

    public override string Pattern => "reference/official-figures.yaml";
}
