using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using Microsoft.Extensions.Logging;

namespace GaoXin.Portal.Cases.Prefill;

/// <summary>Whose data is asked for: the applicant, checked by real name. Never log it.</summary>
public sealed record PrefillSubject(Guid UserId, string Name, string IdNumber, string Phone, Guid? EnterpriseId)
{
    /// <summary>The id only, so that a log line holds no personal data.</summary>
    public override string ToString() => $"PrefillSubject {UserId}";
}

/// <summary>
/// A source of shared data (数据共享来源): an outside system behind one door. Answers by dictionary key, for example
/// <c>person.name</c>; a field that takes another key's value says so (<c>from</c>). Rows of a group are answered by path, for
/// example <c>shareholders/r2/shareholder.name</c>; a plain key fills the first row. Each has a time limit; a source that is
/// down leaves an empty, editable field.
/// </summary>
public interface IPrefillSource
{
    /// <summary>The code that definitions name, for example <c>person-register</c>.</summary>
    string Code { get; }

    /// <summary>The name people read, for example 公安人口库.</summary>
    string Title { get; }

    /// <summary>What the source knows about the person; empty when it knows nothing.</summary>
    Task<IReadOnlyDictionary<string, string>> Fetch(PrefillSubject subject, CancellationToken ct);
}

/// <summary>Asks every source a form names, at the same time, and fills what is empty.</summary>
internal sealed partial class Prefiller(IEnumerable<IPrefillSource> sources, TimeProvider clock, ILogger<Prefiller> logger)
{
    private const string FirstRow = "r1";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>The answers with shared values filled in, and the origin of each by path.</summary>
    public async Task<(Answers Answers, Dictionary<string, ValueOrigin> Origins)> Fill(
        ServiceDefinition service, Answers answers, PrefillSubject subject, CancellationToken ct)
    {
        var named = service.AllFields().Select(f => f.Prefill?.Source).OfType<string>().ToHashSet();
        var fetched = await Task.WhenAll(sources.Where(s => named.Contains(s.Code)).Select(s => FetchInTime(s, subject, ct)));
        var bySource = fetched.ToDictionary(f => f.Source.Code);
        var origins = new Dictionary<string, ValueOrigin>();
        foreach (var use in service.Pages.SelectMany(p => p.Fields))
        {
            if (use.Element.Type != FieldType.Group)
                answers = FillOne(answers, origins, use, use.Key, bySource);
            else if (use.Columns.Any(c => c.Prefill is not null))
                answers = RowsOf(use, bySource).Aggregate(answers, (all, row) =>
                    use.Columns.Aggregate(all, (a, c) => FillOne(a, origins, c, $"{use.Key}/{row}/{c.Key}", bySource)));
        }

        return (answers, origins);
    }

    /// <summary>The rows that the group's sources know, else the first one.</summary>
    private static IReadOnlyList<string> RowsOf(FieldUse group, Dictionary<string, Fetched> bySource)
    {
        var sources = group.Columns.Select(c => c.Prefill?.Source).OfType<string>().Distinct().Where(bySource.ContainsKey);
        var rows = sources.SelectMany(s => bySource[s].Values.Keys).Select(k => k.Split('/')).Where(p => p.Length == 3 && p[0] == group.Key).Select(p => p[1]).Distinct().ToList();
        return rows.Count > 0 ? rows : [FirstRow];
    }

    /// <summary>The value of the very row, else for a single field and the first row the value of the key.</summary>
    private static string? Known(IReadOnlyDictionary<string, string> values, string path, string key)
    {
        var inRow = path.Contains('/', StringComparison.Ordinal);
        if (inRow && values.TryGetValue(path, out var exact))
            return exact;
        return !inRow || path.Contains($"/{FirstRow}/", StringComparison.Ordinal) ? values.GetValueOrDefault(key) : null;
    }

    private Answers FillOne(Answers answers, Dictionary<string, ValueOrigin> origins, FieldUse use, string path, Dictionary<string, Fetched> bySource)
    {
        if (use.Prefill is not { } prefill || answers.At(path) is not null || !bySource.TryGetValue(prefill.Source, out var fetched))
            return answers;
        if (Known(fetched.Values, path, prefill.KeyFor(use)) is not { } known)
            return answers;
        // In the form answers are kept in: else a save that changes nothing would look like a change. What does not fit is left out.
        var (value, problem) = FieldInput.Normalise(use, known, clock.Today());
        if (value is null || problem is not null)
            return answers;
        origins[path] = new ValueOrigin(prefill.Source, fetched.Source.Title, clock.GetUtcNow(), prefill.Lock);
        return answers.WithAt(path, value);
    }

    private async Task<Fetched> FetchInTime(IPrefillSource source, PrefillSubject subject, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(Limit);
        try
        {
            return new Fetched(source, await source.Fetch(subject, limited.Token).WaitAsync(Limit, ct));
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            SourceFailed(source.Code, error.GetType().Name);
            return new Fetched(source, new Dictionary<string, string>());
        }
    }

    [LoggerMessage(EventId = 200, Level = LogLevel.Warning, Message = "Prefill source {Source} gave nothing: {Reason}")]
    private partial void SourceFailed(string source, string reason);

    private sealed record Fetched(IPrefillSource Source, IReadOnlyDictionary<string, string> Values);
}
