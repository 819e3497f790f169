using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation.Staff;

/// <summary>流程改进任务: of the own unit, or all of them for the supervisor and the auditor; open ones first, what is due first in front.</summary>
[ForStaff(Roles.UnitLiaison, Roles.ComplaintSupervisor, Roles.Auditor)]
public sealed record GetImprovements(bool Done = false, string? Cursor = null) : IQuery<Page<ImprovementLine>>;

/// <summary>A task.</summary>
/// <param name="Id">The task.</param>
/// <param name="Title">The item.</param>
/// <param name="Unit">The department that owns it.</param>
/// <param name="Ratings">差评 on the item in the days before it opened.</param>
/// <param name="OpenedAt">When it opened.</param>
/// <param name="DueAt">When it is due.</param>
/// <param name="DoneAt">When it ended; null while it is open.</param>
/// <param name="Outcome">What is different now.</param>
/// <param name="MayFinish">This member of staff may end it.</param>
public sealed record ImprovementLine(Guid Id, string Title, string Unit, int Ratings, DateTimeOffset OpenedAt, DateTimeOffset DueAt, DateTimeOffset? DoneAt, string? Outcome, bool MayFinish);

/// <summary>Ends a task of the own unit (办结改进任务): what is different now. It has an end of its own, whatever becomes of the ratings.</summary>
[ForStaff(Roles.UnitLiaison)]
public sealed record FinishImprovement(Guid Id, string? Outcome) : ICommand;

internal sealed class FinishImprovementValidator : AbstractValidator<FinishImprovement>
{
    public FinishImprovementValidator() => RuleFor(c => c.Outcome).Must(t => (t ?? "").Trim().Length >= 20).WithMessage("请写流程改了什么，至少 20 个字。").MaximumLength(1000).WithMessage("最多写 1000 个字。")
        .Must(t => !PublicText.IsPersonal(t ?? "")).WithMessage(EvaluationRefusals.PersonalData().Message);
}

internal sealed class GetImprovementsHandler(PortalDbContext db, ICurrentUser user, EvaluationRulebooks rulebooks, IMediator mediator) : IRequestHandler<GetImprovements, Page<ImprovementLine>>
{
    private const int PageSize = 20;

    public async Task<Page<ImprovementLine>> Handle(GetImprovements request, CancellationToken ct)
    {
        var (unit, seesAll, liaison) = (user.DepartmentCode, user.IsInRole(Roles.ComplaintSupervisor) || user.IsInRole(Roles.Auditor), user.IsInRole(Roles.UnitLiaison));
        var tasks = db.ImprovementTasks.AsNoTracking().Where(t => seesAll || t.Unit == unit).Where(t => request.Done == (t.DoneAt != null));
        if (EventCursor.Read(request.Cursor) is ({ } at, var id))
            tasks = request.Done ? tasks.Where(t => t.DoneAt <= at && (t.DoneAt < at || t.Id < id)) : tasks.Where(t => t.DueAt >= at && (t.DueAt > at || t.Id > id));
        tasks = request.Done ? tasks.OrderByDescending(t => t.DoneAt).ThenByDescending(t => t.Id) : tasks.OrderBy(t => t.DueAt).ThenBy(t => t.Id);
        var within = TimeSpan.FromDays((await rulebooks.Rules(ct)).ImprovementWithinDays);
        var (ratings, events) = (db.ServiceRatings, db.ServiceEvents);
        var rows = await tasks.Take(PageSize + 1).Select(t => new
        {
            Task = t,
            Ratings = ratings.Count(r => r.Level >= RatingLevel.Dissatisfied && r.CreatedAt <= t.OpenedAt && r.CreatedAt > t.OpenedAt - within && events.Any(e => e.Id == r.EventId && e.Item == t.Item)),
        }).ToListAsync(ct);
        var units = await mediator.Send(new GetDepartments(), ct);
        var last = rows.Count > PageSize ? rows[PageSize - 1].Task : null;
        return new Page<ImprovementLine>(
            [.. rows.Take(PageSize).Select(r => new ImprovementLine(r.Task.Id, r.Task.ItemTitle, units.TitleOf(r.Task.Unit), r.Ratings, r.Task.OpenedAt, r.Task.DueAt, r.Task.DoneAt, r.Task.Outcome,
                r.Task.DoneAt is null && liaison && r.Task.Unit == unit))],
            last is null ? null : EventCursor.Write(request.Done ? last.DoneAt : last.DueAt, last.Id));
    }
}

internal sealed class FinishImprovementHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<FinishImprovement, Unit>
{
    public async Task<Unit> Handle(FinishImprovement request, CancellationToken ct)
    {
        var (id, unit) = (request.Id, user.DepartmentCode);
        var task = await db.ImprovementTasks.FromSql($"SELECT * FROM evaluation.improvement_tasks WHERE id = {id} AND unit = {unit} FOR UPDATE").SingleOrDefaultAsync(ct).OrNotFound("task");
        task.Finish(request.Outcome!.Trim(), user.Id, clock.GetUtcNow());
        return Unit.Value;
    }
}
