using GaoXin.Portal.Cases.Prefill;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>The task list (任务清单) of the applicant's own draft or correction, for the applicant and for whom the applicant lets fill it in: what is done, what comes next.</summary>
[ForFilers]
public sealed record GetTaskList(Guid CaseId) : IQuery<TaskList>;

/// <summary>The task list.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="ServiceCode">The service.</param>
/// <param name="ServiceTitle">Its name.</param>
/// <param name="Subject">The name of what is founded or asked for, when it is known.</param>
/// <param name="State">Where the case stands.</param>
/// <param name="KeptUntil">The draft is removed after this day.</param>
/// <param name="Groups">The tasks by group, in order.</param>
/// <param name="FieldsAsked">Visible fields.</param>
/// <param name="FieldsPrefilled">Of these, filled from shared data.</param>
public sealed record TaskList(
    Guid CaseId, string ServiceCode, string ServiceTitle, string? Subject, CaseState State, DateOnly KeptUntil,
    IReadOnlyList<TaskGroup> Groups, int FieldsAsked, int FieldsPrefilled)
{
    /// <summary>
    /// What the rules say already of what is known from the start, for example the age: told before anything is typed.
    /// </summary>
    public IReadOnlyList<string> Early { get; init; } = [];

    /// <summary>一件事: what the answers so far call for; null for a single service.</summary>
    public BundlePlan? Plan { get; init; }

    /// <summary>Materials outside the guide that are asked for in a correction; each has a page of its own.</summary>
    public IReadOnlyList<ExtraTask> Extra { get; init; } = [];

    /// <summary>All tasks.</summary>
    public IEnumerable<TaskLine> Tasks => Groups.SelectMany(g => g.Tasks);

    /// <summary>The first task that is not done; null when the form is complete.</summary>
    public TaskLine? Next => Tasks.FirstOrDefault(t => t.Status != TaskStatus.Done);
}

/// <summary>A group of tasks.</summary>
public sealed record TaskGroup(string Title, IReadOnlyList<TaskLine> Tasks);

/// <summary>A material outside the guide, by its code.</summary>
public sealed record ExtraTask(string Code, string Title);

/// <summary>One task: a page of the form.</summary>
public sealed record TaskLine(string PageId, string Title, string? Note, TaskStatus Status);

/// <summary>The status of a task.</summary>
public enum TaskStatus
{
    /// <summary>未开始.</summary>
    NotStarted,

    /// <summary>填了一半.</summary>
    Started,

    /// <summary>有问题: filled in, but something is to be mended or asked for in a correction.</summary>
    Attention,

    /// <summary>已填好.</summary>
    Done,
}

internal sealed class GetTaskListHandler(PortalDbContext db, ICurrentUser user, CaseFiles files, RuleCheck rules, PersonalDataCipher cipher, TimeProvider clock) : IRequestHandler<GetTaskList, TaskList>
{
    public async Task<TaskList> Handle(GetTaskList request, CancellationToken ct)
    {
        var file = await files.OpenForFiling(request.CaseId, user, ct);
        var problems = await files.Problems(file, ct);
        var remarks = await db.CorrectionItems.Where(i => i.CaseId == request.CaseId && i.ResolvedAt == null).Select(i => i.Path).ToListAsync(ct);
        var groups = file.Form.Pages.GroupBy(p => p.Group)
            .Select(g => new TaskGroup(g.Key, [.. g.Select(p => Line(file, p, problems, remarks))])).ToList();
        var (asked, prefilled) = FilingEffort.Expected(file, clock.GetUtcNow());
        return new TaskList(file.Case.Id, file.Service.Code, file.Service.Title, file.Handler.Subject(file.Context()), file.Case.State,
            file.Case.DraftKeptUntil, groups, asked, prefilled)
        {
            Extra = remarks.Select(AnswerPath.Material).OfType<string>().Any(CaseException.IsExtra) ? await Extra(file.Case, remarks, ct) : [],
            Plan = BundlePlan.Of(file.Service, file.Form.Visible, file.AppliedOn),
            Early = file.Case.State == CaseState.Draft ? await rules.Early(file, ct) : [],
        };
    }

    private async Task<IReadOnlyList<ExtraTask>> Extra(Case of, List<string> remarks, CancellationToken ct) =>
        [.. (await db.OutsideRequests(of.Id, cipher, ct)).Where(o => remarks.Contains(AnswerPath.OfMaterial(o.Code))).Select(o => new ExtraTask(o.Code, o.What))];

    private static TaskLine Line(CaseFile file, FormPage page, IReadOnlyList<FieldProblem> problems, List<string> remarks)
    {
        var of = problems.Where(p => page.Has(p.Path) && !p.IsWarning).ToList();
        var visited = file.Revision.PageVersions.ContainsKey(page.Id);
        var status = remarks.Any(page.Has) ? TaskStatus.Attention
            : of.Count == 0 && (visited || file.Case.State != CaseState.Draft) ? TaskStatus.Done
            : visited ? TaskStatus.Started
            : TaskStatus.NotStarted;
        var note = status switch
        {
            TaskStatus.Started => of[0].Message,
            TaskStatus.Attention => "请按要求修改",
            _ => null,
        };
        return new TaskLine(page.Id, page.Task, note, status);
    }
}

/// <summary>How many fields a form asks for, and how many of them came from shared data.</summary>
internal static class FilingEffort
{
    /// <summary>The same for a form that is not finished: with the values that its open pages will be shown with.</summary>
    public static (int Asked, int Prefilled) Expected(CaseFile file, DateTimeOffset now)
    {
        var (answers, origins) = DerivedValues.Fill(file.Service, file.Form.Pages, file.Form.All, file.Revision.Origins, now);
        return Of(file.WithAnswers(answers), origins);
    }

    /// <summary>The effort of the form as it is.</summary>
    public static (int Asked, int Prefilled) Of(CaseFile file) => Of(file, file.Revision.Origins);

    /// <summary>Counts visible, not computed fields that hold a value or are wanted; a shared value that the person changed counts as typed.</summary>
    private static (int Asked, int Prefilled) Of(CaseFile file, IReadOnlyDictionary<string, ValueOrigin> origins)
    {
        var paths = new List<string>();
        foreach (var use in file.Form.Pages.SelectMany(p => p.Fields).Where(f => f.Computed is null && file.Form.Shows(f)))
        {
            if (use.Element.Type != FieldType.Group)
                paths.Add(use.Key);
            else
                paths.AddRange(file.Form.Visible.Rows(use.Key).SelectMany(r => file.Form.ColumnsOf(use, r).Where(c => c.Computed is null).Select(c => $"{use.Key}/{r.Id}/{c.Key}")));
        }

        return (paths.Count, paths.Count(p => origins.GetValueOrDefault(p) is { Changed: false } && file.Form.Visible.At(p) is not null));
    }
}
