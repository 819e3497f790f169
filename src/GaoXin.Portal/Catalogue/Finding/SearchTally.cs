namespace GaoXin.Portal.Catalogue.Finding;

/// <summary>
/// Searches of this instance since they were last written down, in memory and for half a minute at most. A search itself writes
/// nothing: words searched for by thousands at once would wait for one row, and pages come from the page cache. What is lost
/// when an instance dies is half a minute of counts.
/// </summary>
internal sealed class SearchTally
{
    private const int MostTexts = 2000;
    private readonly Lock _gate = new();
    private Dictionary<string, int> _counts = [];

    /// <summary>Counts what was typed. Longer text is a story, not a word to search for.</summary>
    public void Add(string typed)
    {
        var text = typed.Trim();
        if (text.Length is 0 or > SearchVocabulary.LongestQuery)
            return;
        lock (_gate)
        {
            if (_counts.Count < MostTexts || _counts.ContainsKey(text))
                _counts[text] = _counts.GetValueOrDefault(text) + 1;
        }
    }

    /// <summary>Takes everything counted; whoever fails to write it down gives it back.</summary>
    public IReadOnlyDictionary<string, int> Take()
    {
        lock (_gate)
        {
            var taken = _counts;
            _counts = [];
            return taken;
        }
    }

    public void GiveBack(IReadOnlyDictionary<string, int> counts)
    {
        lock (_gate)
        {
            foreach (var (text, count) in counts)
                _counts[text] = _counts.GetValueOrDefault(text) + count;
        }
    }
}
