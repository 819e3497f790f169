namespace GaoXin.Portal.Catalogue;

/// <summary>
/// What makes a service an 一件事: services of several departments that are filed as one. The form of such a service is
/// composed of its members' forms when the definition is loaded; every member is pinned to a version.
/// </summary>
public sealed record BundleDefinition
{
    /// <summary>Keys that the questionnaire (情形引导) asks, in order.</summary>
    public required IReadOnlyList<string> Questions { get; init; }

    /// <summary>The members, predecessors before those that wait for them.</summary>
    public required IReadOnlyList<BundleMember> Members { get; init; }

    /// <summary>要跑几次 for the whole.</summary>
    public required int Visits { get; init; }

    /// <summary>Where the figures of separate handling come from.</summary>
    public required string FiguresSource { get; init; }

    /// <summary>The members that the answers call for.</summary>
    public IReadOnlyList<BundleMember> Chosen(IFacts answers) => [.. Members.Where(m => m.When?.Holds(answers) ?? true)];

    /// <summary>The members that get an answer, by its key.</summary>
    public IEnumerable<BundleMember> UsersOf(string key) => Members.Where(m => m.Gets(key));

    /// <summary>What filing as one saves for these members: counted from the definitions, days along the longest path.</summary>
    public BundleComparison Compare(IReadOnlyCollection<BundleMember> chosen)
    {
        var before = new BundleFigures(chosen.Sum(m => m.Keys.Count), chosen.Sum(m => m.Handed), chosen.Sum(m => m.Before.Visits), chosen.Sum(m => m.Before.Days));
        var asked = chosen.SelectMany(m => m.Keys.Where(m.Asks)).Concat(Questions).Distinct().Count();
        var brought = chosen.SelectMany(m => m.Needed.Select(code => m.Materials[code])).Distinct().Count();
        return new BundleComparison(before, new BundleFigures(asked, brought, Visits, LongestPath(chosen)));
    }

    private static int LongestPath(IReadOnlyCollection<BundleMember> chosen)
    {
        var done = new Dictionary<string, int>();
        foreach (var member in chosen)
        {
            var before = member.After.Select(a => done.GetValueOrDefault(a)).DefaultIfEmpty(0).Max();
            done[member.Code] = member.PreReview ? Math.Max(before, member.Days) : before + member.Days;
        }

        return done.Values.DefaultIfEmpty(0).Max();
    }
}

/// <summary>One service of a bundle.</summary>
public sealed record BundleMember
{
    /// <summary>Unique in the bundle.</summary>
    public required string Code { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>Its pinned version.</summary>
    public required int Version { get; init; }

    /// <summary>Its name.</summary>
    public required string Title { get; init; }

    /// <summary>Code of the deciding department.</summary>
    public required string Department { get; init; }

    /// <summary>The code of the service's case handler.</summary>
    public required string Handler { get; init; }

    /// <summary>The outside party that decides, if one does.</summary>
    public string? Party { get; init; }

    /// <summary>Chosen when this holds; null when it is always part (必办).</summary>
    public Expression? When { get; init; }

    /// <summary>Opened only after these are approved, those of them that were chosen.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>预审: opened at the submit and looked at beside its predecessors; approved only after them.</summary>
    public bool PreReview { get; init; }

    /// <summary>Working days that this bundle promises for it, where they are others than the service's own.</summary>
    public int? PromisedDays { get; init; }

    /// <summary>How its decision counts.</summary>
    public JoinPolicy Join { get; init; }

    /// <summary>Fields that nobody is asked for, and where their values come from.</summary>
    public IReadOnlyDictionary<string, FillSource> Fill { get; init; } = new Dictionary<string, FillSource>();

    /// <summary>Materials to bring: the member's code to the bundle's, which several members may share.</summary>
    public IReadOnlyDictionary<string, string> Materials { get; init; } = new Dictionary<string, string>();

    /// <summary>Those of them that are not optional, by the member's code.</summary>
    public IReadOnlyList<string> Needed { get; init; } = [];

    /// <summary>What the service asks when filed alone: keys of fields that a person answers.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Materials that filing alone at a window takes: all but the optional ones.</summary>
    public required int Handed { get; init; }

    /// <summary>Promised working days.</summary>
    public required int Days { get; init; }

    /// <summary>Visits and working days when each thing was handled for itself.</summary>
    public required SeparateHandling Before { get; init; }

    /// <summary>True when the member gets the answer of this key, under its own key or another.</summary>
    public bool Gets(string key) => Asks(key) || Fill.Values.Any(f => f.Key == key);

    /// <summary>True when the merged form asks this key for the member.</summary>
    public bool Asks(string key) => Keys.Contains(key) && !Fill.ContainsKey(key);
}

/// <summary>How a member's decision counts for the whole.</summary>
public enum JoinPolicy
{
    /// <summary>必须有结果: the whole waits for it.</summary>
    Required,

    /// <summary>只提意见: a refusal is told, and the whole counts as done without it.</summary>
    Advisory,

    /// <summary>逾期视为同意: no word by the due day counts as yes.</summary>
    AgreedWhenLate,
}

/// <summary>What answers make of a bundle: its chosen members and what filing them as one saves.</summary>
public sealed record BundlePlan(IReadOnlyList<BundleMember> Chosen, BundleComparison Comparison)
{
    /// <summary>The plan of a form; null for a single service.</summary>
    public static BundlePlan? Of(ServiceDefinition service, Answers answers, DateOnly today)
    {
        if (service.Bundle is not { } bundle)
            return null;
        var chosen = bundle.Chosen(Facts.Of(service, answers, today));
        return new BundlePlan(chosen, bundle.Compare(chosen));
    }

    /// <summary>Codes of the departments that get an answer of this page.</summary>
    public IReadOnlyList<string> RecipientsOf(FormPage page) =>
        [.. Chosen.Where(m => page.Fields.SelectMany(f => f.Columns.Prepend(f)).Any(f => m.Gets(f.Key)) || page.Materials.Any(m.Materials.Values.Contains)).Select(m => m.Department).Distinct()];
}

/// <summary>Where a member's field gets its value: an answer of the merged form, a result of a predecessor, or a fixed text.</summary>
/// <param name="Key">The key of the merged form.</param>
/// <param name="Member">The predecessor.</param>
/// <param name="Part"><c>number</c> or <c>holder</c> of what it issued.</param>
/// <param name="Text">The fixed text.</param>
public sealed record FillSource(string? Key, string? Member, string? Part, string? Text)
{
    private const string Result = "result.";

    internal static FillSource Of(Persistence.Seeds.SeedNode node)
    {
        if (node["text"] is { } text)
            return new FillSource(null, null, null, text.Text);
        var path = node.Text ?? "";
        return path.StartsWith(Result, StringComparison.Ordinal) && path.Split('.') is [_, var member, var part]
            ? new FillSource(null, member, part, null)
            : new FillSource(path, null, null, null);
    }
}

/// <summary>Figures of separate handling, as published; see the bundle's source.</summary>
public sealed record SeparateHandling(int Visits, int Days);

/// <summary>Fields to fill in, materials to hand in, visits and working days.</summary>
public sealed record BundleFigures(int Fields, int Materials, int Visits, int Days);

/// <summary>Separate handling against the bundle (减环节、减材料、减跑动、减时限).</summary>
public sealed record BundleComparison(BundleFigures Before, BundleFigures After);

/// <summary>What a predecessor issued: the number on the licence and its holder's name.</summary>
public sealed record MemberResult(string? Number, string? Holder);

/// <summary>Answers of the merged form as one member's own form has them.</summary>
public static class MemberAnswers
{
    /// <summary>The member's part: shared keys as they are, filled ones from their source.</summary>
    public static Answers Of(BundleMember member, ServiceDefinition service, Answers merged, IReadOnlyDictionary<string, MemberResult> results)
    {
        var answers = Answers.Empty;
        merged = Filled(member, merged, results);
        foreach (var field in service.Pages.SelectMany(p => p.Fields))
        {
            if (field.Element.Type == FieldType.Group)
                answers = answers.WithRows(field.Key, merged.Rows(field.Key));
            else
                answers = answers.With(field.Key, merged[field.Key]);
        }

        return answers;
    }

    /// <summary>The merged answers with the member's filled fields, for what reads no more than it knows.</summary>
    public static Answers Filled(BundleMember member, Answers merged, IReadOnlyDictionary<string, MemberResult> results) =>
        member.Fill.Aggregate(merged, (answers, fill) => answers.With(fill.Key, Value(fill.Value, merged, results)));

    private static string? Value(FillSource source, Answers merged, IReadOnlyDictionary<string, MemberResult> results)
    {
        if (source.Text is not null)
            return source.Text;
        if (source.Key is { } key)
            return merged[key];
        return results.GetValueOrDefault(source.Member!) is not { } result ? null : source.Part == "holder" ? result.Holder : result.Number;
    }
}
