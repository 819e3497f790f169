namespace GaoXin.Portal.Tests.Architecture;

/// <summary>The table of docs/architecture/capabilities.md: each capability and what it may use.</summary>
internal sealed class CapabilityMap(IReadOnlyDictionary<string, IReadOnlySet<string>> allowed)
{
    public IEnumerable<string> Names => allowed.Keys;

    public IEnumerable<(string From, string To)> Edges => allowed.SelectMany(p => p.Value.Select(to => (p.Key, to)));

    public bool Allows(string from, string to) => allowed.TryGetValue(from, out var targets) && targets.Contains(to);

    /// <summary>Reads rows like <c>| Cases | Catalogue, Identity |</c>; a hyphen means nothing.</summary>
    public static CapabilityMap Parse(string markdown)
    {
        var rows = markdown.Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith('|') && l.EndsWith('|'))
            .Select(l => l.Trim('|').Split('|').Select(c => c.Trim()).ToArray())
            .Where(c => c is [var name, _] && name != "Capability" && !name.StartsWith('-'));
        return new CapabilityMap(rows.ToDictionary(
            c => c[0],
            c => (IReadOnlySet<string>)c[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(t => t != "-").ToHashSet()));
    }

    /// <summary>A way around in a circle, or null.</summary>
    public string? Cycle()
    {
        foreach (var start in Names)
        {
            var reached = new HashSet<string>();
            var open = new Queue<string>(allowed[start]);
            while (open.TryDequeue(out var next))
            {
                if (next == start)
                    return $"{start} reaches itself";
                if (reached.Add(next) && allowed.TryGetValue(next, out var further))
                    foreach (var target in further)
                        open.Enqueue(target);
            }
        }

        return null;
    }
}
