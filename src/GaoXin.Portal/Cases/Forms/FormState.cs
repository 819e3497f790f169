using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Cases.Forms;

/// <summary>
/// The answers seen through the definition: which pages and fields are visible, what is computed, what is missing. Pure.
/// A hidden field is never validated, submitted, printed or exported: everybody reads <see cref="Visible"/>.
/// </summary>
internal sealed class FormState
{
    private readonly DateOnly _today;

    private FormState(ServiceDefinition service, Answers all, Answers visible, IReadOnlyList<FormPage> pages, DateOnly today)
    {
        Service = service;
        All = all;
        Visible = visible;
        Pages = pages;
        _today = today;
    }

    public ServiceDefinition Service { get; }

    /// <summary>Everything that was saved, of hidden fields too: a field that shows again has its value again.</summary>
    public Answers All { get; }

    /// <summary>The answers of visible fields only, computed values included.</summary>
    public Answers Visible { get; }

    /// <summary>The visible pages in order.</summary>
    public IReadOnlyList<FormPage> Pages { get; }

    /// <summary>Computes until nothing changes: a computed value may show a field that another one reads.</summary>
    public static FormState Of(ServiceDefinition service, Answers answers, DateOnly today)
    {
        var all = answers;
        for (var round = 0; ; round++)
        {
            var facts = Facts.Of(service, answers, today);
            var pages = service.Pages.Where(p => p.VisibleIf?.Holds(facts) ?? true).ToList();
            var visible = Keep(service, pages, answers, facts, today);
            if (round == 3 || visible.SameAs(answers))
                return new FormState(service, all, visible, pages, today);
            answers = visible;
        }
    }

    public FormPage? Page(string id) => Pages.FirstOrDefault(p => p.Id == id);

    /// <summary>The pages before this one and itself: what a page derives may rest on pages nobody has opened yet.</summary>
    public IEnumerable<FormPage> UpTo(FormPage page) => Pages.TakeWhile(p => p.Id != page.Id).Append(page);

    public bool Shows(FieldUse use) => IsVisible(use, Seen());

    public bool Wants(FieldUse use, AnswerRow? row = null) => IsWanted(use, row is null ? Seen() : InRow(row));

    /// <summary>The columns of a group that a row shows.</summary>
    public IEnumerable<FieldUse> ColumnsOf(FieldUse group, AnswerRow row)
    {
        var facts = InRow(row);
        return group.Columns.Where(c => IsVisible(c, facts));
    }

    /// <summary>Problems of one page: malformed and missing values. Cross-field checks are the handler's.</summary>
    public IReadOnlyList<FieldProblem> Problems(FormPage page)
    {
        var problems = new List<FieldProblem>();
        var facts = Seen();
        foreach (var use in page.Fields.Where(f => IsVisible(f, facts)))
        {
            if (use.Element.Type == FieldType.Group)
                AddGroup(problems, use, facts);
            else
                Add(problems, use, use.Key, Visible[use.Key], facts);
        }

        return problems;
    }

    private IFacts Seen() => Facts.Of(Service, Visible, _today);

    private IFacts InRow(AnswerRow row) => Facts.OfRow(Service, Visible, row, _today);

    private void AddGroup(List<FieldProblem> problems, FieldUse group, IFacts facts)
    {
        var rows = Visible.Rows(group.Key);
        var least = IsWanted(group, facts) ? Math.Max(1, group.MinimumRows) : group.MinimumRows;
        if (rows.Count < least)
            problems.Add(new FieldProblem(group.Key, $"{group.Label ?? group.Element.Label}至少要 {least} 个，现在是 {rows.Count} 个"));
        if (rows.Count > group.MaximumRows)
            problems.Add(new FieldProblem(group.Key, $"{group.Label ?? group.Element.Label}最多 {group.MaximumRows} 个，现在是 {rows.Count} 个"));
        foreach (var row in rows)
        {
            var rowFacts = InRow(row);
            foreach (var column in group.Columns.Where(c => IsVisible(c, rowFacts)))
                Add(problems, column, $"{group.Key}/{row.Id}/{column.Key}", row[column.Key], rowFacts);
        }
    }

    private void Add(List<FieldProblem> problems, FieldUse use, string path, string? value, IFacts facts)
    {
        if (use.Computed is not null)
            return;
        var (_, problem) = FieldInput.Normalise(use, value, _today);
        if (problem is not null)
            problems.Add(new FieldProblem(path, problem));
        else if (IsWanted(use, facts) && (string.IsNullOrEmpty(value) || (use.Element.Type == FieldType.Commitment && value != "yes")))
            problems.Add(new FieldProblem(path, FieldInput.Missing(use)));
    }

    private static Answers Keep(ServiceDefinition service, List<FormPage> pages, Answers answers, IFacts facts, DateOnly today)
    {
        var kept = new AnswersBuilder();
        foreach (var use in pages.SelectMany(p => p.Fields).Where(f => IsVisible(f, facts)))
        {
            if (use.Element.Type == FieldType.Group)
                kept.SetRows(use.Key, answers.Rows(use.Key).Select(r => KeepRow(use, r, Facts.OfRow(service, answers, r, today))));
            else
                kept.Set(use.Key, Computed(use, facts) ?? answers[use.Key]);
        }

        return kept.Build();
    }

    private static AnswerRow KeepRow(FieldUse group, AnswerRow row, IFacts facts) =>
        AnswerRow.Of(row.Id, group.Columns.Where(c => IsVisible(c, facts)).Select(c => (c.Key, Computed(c, facts) ?? row[c.Key])));

    private static string? Computed(FieldUse use, IFacts facts) =>
        use.Computed is null ? null : Facts.ToAnswer(use.Computed.Evaluate(facts));

    private static bool IsVisible(FieldUse use, IFacts facts) => use.VisibleIf?.Holds(facts) ?? true;

    private static bool IsWanted(FieldUse use, IFacts facts) => use.Required || (use.RequiredIf?.Holds(facts) ?? false);
}
