using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Cases.Forms;

/// <summary>Makes the shown fields of a page from the answers.</summary>
internal sealed class FieldViews(
    CaseFile file, Answers answers, IReadOnlyDictionary<string, ValueOrigin> origins, IReadOnlyDictionary<string, string> remarks, bool correcting, bool mayCommit)
{
    private readonly HashSet<string> _byStaff = [.. file.Revision.FilledByStaff];
    private readonly IFacts _facts = Facts.Of(file.Service, answers, file.AppliedOn);

    public IReadOnlyList<FieldView> Of(FormPage page) => [.. page.Fields.Select(use => One(use, use.Key, null, _facts))];

    private FieldView One(FieldUse use, string path, AnswerRow? row, IFacts scope)
    {
        var origin = origins.GetValueOrDefault(path);
        return new FieldView
        {
            Path = path,
            Use = use,
            Value = row is null ? file.Form.Visible[use.Key] ?? answers[use.Key] : row[use.Key],
            Origin = origin,
            Wanted = use.Required || (use.RequiredIf?.Holds(scope) ?? false),
            Visible = use.VisibleIf?.Holds(scope) ?? true,
            ReadOnly = use.Computed is not null || origin is { Lock: LockLevel.Locked, Disputed: false } || (correcting && !IsOpen(path))
                || (!mayCommit && OwnActs.Holds(use)),
            ByStaff = _byStaff.Contains(path),
            Remark = remarks.GetValueOrDefault(path),
            Choices = Choices(use),
            Rows = use.Element.Type == FieldType.Group ? Rows(use) : [],
        };
    }

    private bool IsOpen(string path) => remarks.Keys.Any(r => AnswerPath.IsIn(path, r));

    private IReadOnlyList<RowView> Rows(FieldUse group) =>
        [.. answers.Rows(group.Key).Select((row, i) => Row(group, Computed(group, row), i + 1))];

    private RowView Row(FieldUse group, AnswerRow row, int number)
    {
        var scope = Facts.OfRow(file.Service, answers, row, file.AppliedOn);
        return new RowView(row.Id, number, [.. group.Columns.Select(c => One(c, $"{group.Key}/{row.Id}/{c.Key}", row, scope))]);
    }

    /// <summary>The row with its computed columns.</summary>
    private AnswerRow Computed(FieldUse group, AnswerRow row) => file.Form.Visible.Rows(group.Key).FirstOrDefault(r => r.Id == row.Id) is { } visible
        ? visible.Values.Aggregate(row, (r, v) => r.With(v.Key, v.Value))
        : row;

    private IReadOnlyList<Choice> Choices(FieldUse use) => use.ChoicesFrom is { } from
        ? [.. RowChoices.Of(from, file.Service, answers, file.AppliedOn), .. use.Element.Choices, new Choice(ChoicesFrom.Other, "其他人")]
        : use.Element.Choices;
}

/// <summary>What a helper leaves to the applicant: to promise and confirm (告知承诺).</summary>
internal static class OwnActs
{
    public static bool Holds(FieldUse use) => use.Element.Type == FieldType.Commitment;

    /// <summary>The paths of a page that a helper may write for the applicant.</summary>
    public static Func<string, bool> Others(FormPage page)
    {
        var own = page.Fields.SelectMany(f => f.Columns.Prepend(f)).Where(Holds).Select(f => f.Key).ToHashSet();
        return path => !own.Contains(path.Split('/')[^1]);
    }
}

/// <summary>The rows of a group offered as choices.</summary>
internal static class RowChoices
{
    public static IEnumerable<Choice> Of(ChoicesFrom from, ServiceDefinition service, Answers answers, DateOnly today) =>
        answers.Rows(from.Group)
            .Where(r => from.Where?.Holds(Facts.OfRow(service, answers, r, today)) ?? true)
            .Where(r => r[from.Label] is not null)
            .Select(r => new Choice(r.Id, r[from.Label]!));
}
