namespace GaoXin.Portal.Persistence.Seeds;

/// <summary>One fault of a definition file: where, what, and how to mend it.</summary>
internal sealed record SeedFault(string File, int Line, string Message, string Fix)
{
    /// <summary>The same in Chinese, for staff who import tables or edit pages; null where only developers meet the fault.</summary>
    public SeedWords? Chinese { get; init; }

    public override string ToString() => $"{File}:{Line}: {Message}. Fix: {Fix}";
}

/// <summary>A fault in the words of staff: what is wrong and how to mend it.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do.</param>
/// <param name="Missing">The key that is missing below the node.</param>
internal sealed record SeedWords(string Message, string Fix, string? Missing = null);

/// <summary>All faults found: a person mends them in one go.</summary>
internal sealed class SeedFaults
{
    private readonly List<SeedFault> _faults = [];

    public int Count => _faults.Count;

    /// <summary>In the order of files and lines.</summary>
    public IReadOnlyList<SeedFault> All =>
        [.. _faults.Distinct().OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line)];

    public void Add(SeedNode at, string message, string fix) => Add(at.File, at.Line, message, fix);

    public void Add(SeedNode at, string message, string fix, SeedWords chinese) => _faults.Add(new SeedFault(at.File, at.Line, message, fix) { Chinese = chinese });

    public void Add(string file, int line, string message, string fix) => _faults.Add(new SeedFault(file, line, message, fix));
}

/// <summary>The definitions can not be loaded; the message lists every fault.</summary>
internal sealed class SeedFaultsException(IReadOnlyList<SeedFault> faults)
    : Exception($"{faults.Count} faults in the definitions:\n{string.Join('\n', faults)}")
{
    public IReadOnlyList<SeedFault> Faults { get; } = faults;
}

/// <summary>The nearest known word, for the fix of a misspelt one.</summary>
internal static class Nearest
{
    /// <summary>"did you mean X" or the list of what there is.</summary>
    public static string Fix(string word, IEnumerable<string> known)
    {
        var all = known.ToList();
        var best = all.OrderBy(k => Distance(word, k)).FirstOrDefault();
        if (best is not null && Distance(word, best) <= Math.Max(2, word.Length / 3))
            return $"did you mean \"{best}\"?";
        return all.Count is > 0 and <= 12 ? $"use one of {string.Join(", ", all)}" : "define it, or use one that is defined";
    }

    /// <summary>The known word that is spelt nearly so, or null.</summary>
    public static string? Of(string word, IEnumerable<string> known) =>
        known.OrderBy(k => Distance(word, k)).FirstOrDefault() is { } best && Distance(word, best) <= Math.Max(1, word.Length / 2) ? best : null;

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
