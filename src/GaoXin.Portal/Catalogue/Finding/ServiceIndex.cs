namespace GaoXin.Portal.Catalogue.Finding;

/// <summary>A service that fits a query, best first.</summary>
internal sealed record Hit(IndexedService Service, double Score);

/// <summary>
/// The services in force, ready to be searched. Immutable and built from data alone, so that every instance ranks alike.
/// A service scores by the best of its names (title, aliases): how much of the query the name holds, how much of the name the
/// query holds; and by all its words together. Rare parts weigh more; a part that only sounds alike counts less.
/// </summary>
internal sealed class ServiceIndex
{
    // Weights, tuned on the half of the queries that may be looked at; see SearchRankingTests.
    private const double Unknown = 0.4;
    private const double Single = 0.5;
    private const double Latin = 1.5;
    private const double Sounds = 0.7;
    private const double NameShare = 0.25;
    private const double AliasFactor = 0.9;
    private const double SpeltAliasFactor = 0.75;
    private const double ReadingFactor = 0.97;
    private const double WholeShare = 0.35;

    // Below these a service is no answer, only perhaps a neighbour.
    private const double LeastCovered = 0.5;
    private const double LeastOfBest = 0.4;

    private readonly SearchVocabulary _vocabulary;
    private readonly List<Field> _fields = [];
    private readonly Dictionary<string, int> _order;
    private readonly Dictionary<string, List<int>> _postings = [];
    private readonly Dictionary<string, double> _weights;

    public ServiceIndex(IEnumerable<IndexedService> services, SearchVocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        Services = [.. services.OrderBy(s => vocabulary.SoundsOf(s.Title), StringComparer.Ordinal).ThenBy(s => s.Code, StringComparer.Ordinal)];
        _order = Services.Select((s, i) => (s.Code, i)).ToDictionary(s => s.Code, s => s.i);
        var holders = new Dictionary<string, int>();
        foreach (var service in Services)
            AddService(service, holders);
        _weights = holders.ToDictionary(h => h.Key, h => Kind(h.Key) * Math.Log(1 + ((double)Services.Count / h.Value)));
        foreach (var field in _fields)
            field.Weight = field.Grams.Sum(Weight);
    }

    /// <summary>All services by title.</summary>
    public IReadOnlyList<IndexedService> Services { get; }

    public SearchVocabulary Vocabulary => _vocabulary;

    /// <summary>The stages of life and business that have services.</summary>
    public IReadOnlyList<LifeEventCount> LifeEvents { get; init; } = [];

    /// <summary>The names of departments by code.</summary>
    public IReadOnlyDictionary<string, string> Departments { get; init; } = new Dictionary<string, string>();

    /// <summary>The services that fit, best first; empty when none does.</summary>
    public IReadOnlyList<Hit> Search(string query)
    {
        if (Letters(query) is { } letters && Spelt(letters) is { Count: > 0 } spelt)
            return spelt;
        var scores = Scores(query);
        var best = scores.Select(s => s.Score).DefaultIfEmpty().Max();
        return Ranked(scores.Where(s => s.Covered >= LeastCovered && s.Score >= LeastOfBest * best));
    }

    /// <summary>The services that come nearest, best first.</summary>
    public IReadOnlyList<Hit> Nearest(string query, int count) => [.. Ranked(Scores(query).Where(s => s.Covered > 0)).Take(count)];

    /// <summary>True when every part of the query is a word of the catalogue, so that it says nothing about who typed it.</summary>
    public bool KnowsAll(string query) => query.Length > 0 && Grams.Of(query).All(_postings.ContainsKey);

    /// <summary>True when a pair that the catalogue does not know begins with a family name.</summary>
    public bool MayNameSomebody(string query) =>
        Grams.Of(query).Any(g => g.Length == 2 && _vocabulary.IsSurname(g[0]) && !_postings.ContainsKey(g));

    /// <summary>The query as letters to spell with; null when it is Chinese, or a Latin word of the catalogue.</summary>
    public string? Letters(string query)
    {
        var words = Grams.Of(query).Where(g => SearchVocabulary.IsLatin(g[0])).ToList();
        return words.Count > 0 && !words.Exists(_postings.ContainsKey) ? query.Replace(" ", "", StringComparison.Ordinal) : null;
    }

    private void AddService(IndexedService service, Dictionary<string, int> holders)
    {
        var names = service.Aliases.Prepend(service.Title).Select(_vocabulary.Normal).ToList();
        for (var i = 0; i < names.Count; i++)
            AddField(new Field(service, i == 0 ? FieldKind.Title : FieldKind.Alias, names[i], Grams.Of(names[i])));
        var whole = new Field(service, FieldKind.Whole, "", names.Append(_vocabulary.Normal(service.Summary)).SelectMany(Grams.Of).ToHashSet());
        AddField(whole);
        foreach (var gram in whole.Grams)
            holders[gram] = holders.GetValueOrDefault(gram) + 1;
    }

    private void AddField(Field field)
    {
        _fields.Add(field);
        foreach (var gram in field.Grams.SelectMany(g => (string?[])[g, _vocabulary.Sound(g)]).OfType<string>().Distinct())
        {
            if (!_postings.TryGetValue(gram, out var at))
                _postings[gram] = at = [];
            at.Add(_fields.Count - 1);
        }
    }

    private List<(IndexedService Service, double Score, double Covered)> Scores(string query)
    {
        var best = new Dictionary<IndexedService, (double Score, double Covered)>(ReferenceEqualityComparer.Instance);
        var readings = _vocabulary.Readings(query);
        for (var i = 0; i < readings.Count; i++)
        {
            foreach (var (service, score, covered) in Score(readings[i]))
            {
                var known = best.GetValueOrDefault(service);
                best[service] = (Math.Max(known.Score, i == 0 ? score : score * ReadingFactor), Math.Max(known.Covered, covered));
            }
        }

        return [.. best.Select(b => (b.Key, b.Value.Score, b.Value.Covered))];
    }

    private IEnumerable<(IndexedService Service, double Score, double Covered)> Score(string reading)
    {
        var (hits, sure) = (new double[_fields.Count], new double[_fields.Count]);
        var total = 0.0;
        foreach (var gram in Grams.Of(reading))
        {
            var weight = Weight(gram);
            total += weight;
            Count(gram, weight, hits, sure);
        }

        if (total <= 0)
            yield break;
        // The fields of a service stand together, the whole of it last.
        var name = 0.0;
        for (var i = 0; i < _fields.Count; i++)
        {
            var field = _fields[i];
            var covered = hits[i] / total;
            if (field.Kind != FieldKind.Whole)
            {
                name = Math.Max(name, covered * (1 - NameShare + (NameShare * Math.Min(1, hits[i] / field.Weight))) * (field.Kind == FieldKind.Alias ? AliasFactor : 1));
                continue;
            }

            if (hits[i] > 0)
                yield return (field.Service, ((1 - WholeShare) * name) + (WholeShare * covered), sure[i] / total);
            name = 0;
        }
    }

    /// <summary>Adds a part of the query to the fields that hold it, or else something that sounds like it.</summary>
    private void Count(string gram, double weight, double[] hits, double[] sure)
    {
        var exact = _postings.GetValueOrDefault(gram);
        foreach (var at in exact ?? [])
        {
            hits[at] += weight;
            sure[at] += weight;
        }

        if (_vocabulary.Sound(gram) is not { } sound || !_postings.TryGetValue(sound, out var alike))
            return;
        var counted = exact?.ToHashSet();
        foreach (var at in alike.Where(at => counted?.Contains(at) != true))
        {
            hits[at] += Sounds * weight;
            // One syllable alone proves nothing.
            if (gram.Length > 1)
                sure[at] += Sounds * weight;
        }
    }

    private IReadOnlyList<Hit> Spelt(string letters) => letters.Length < 2 ? [] : Ranked(_fields
        .Where(f => f.Kind != FieldKind.Whole)
        .Select(f => (f, Range: Pinyin.Find(_vocabulary, f.Text, letters)))
        .Where(f => f.Range is not null)
        .Select(f => (f.f.Service, Score: SpeltScore(f.f, f.Range!.Value)))
        .GroupBy(s => s.Service).Select(g => (g.Key, g.Max(s => s.Score), 1.0)));

    private static double SpeltScore(Field field, Range range) =>
        (field.Kind == FieldKind.Title ? 1 : SpeltAliasFactor) * (0.6 + (0.4 * (range.End.Value - range.Start.Value) / field.Text.Length)) * (range.Start.Value == 0 ? 1.1 : 1);

    private IReadOnlyList<Hit> Ranked(IEnumerable<(IndexedService Service, double Score, double Covered)> scores) =>
        [.. scores.OrderByDescending(s => Math.Round(s.Score, 6)).ThenBy(s => _order.GetValueOrDefault(s.Service.Code)).Select(s => new Hit(s.Service, s.Score))];

    private double Weight(string gram) => _weights.TryGetValue(gram, out var weight) ? weight : Unknown * Kind(gram) * Math.Log(1 + Services.Count);

    private static double Kind(string gram) => SearchVocabulary.IsLatin(gram[0]) ? Latin : gram.Length == 1 ? Single : 1;

    private enum FieldKind
    {
        Title,
        Alias,
        Whole,
    }

    private sealed class Field(IndexedService service, FieldKind kind, string text, IReadOnlySet<string> grams)
    {
        public IndexedService Service => service;

        public FieldKind Kind => kind;

        public string Text => text;

        public IReadOnlySet<string> Grams => grams;

        public double Weight { get; set; }
    }
}
