using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>受理: kind, topic and limit are fixed, the citizen is told the date.</summary>
[ForStaff(Roles.ComplaintClerk)]
public sealed record AcceptComplaint : ICommand
{
    /// <summary>The complaint.</summary>
    public Guid Id { get; init; }

    /// <summary>诉求类型.</summary>
    public ComplaintKind Kind { get; init; }

    /// <summary>A topic of the second level.</summary>
    public string? Topic { get; init; }

    /// <summary>How fast it has to be dispatched.</summary>
    public ComplaintUrgency Urgency { get; init; }

    /// <summary>复杂: the long limit.</summary>
    public bool Complex { get; init; }
}

/// <summary>Why a complaint is not accepted (不予受理), each with the right way.</summary>
public enum NotAcceptedReason
{
    /// <summary>诉讼.</summary>
    Litigation,

    /// <summary>仲裁.</summary>
    Arbitration,

    /// <summary>行政复议.</summary>
    Reconsideration,

    /// <summary>信访.</summary>
    Petition,

    /// <summary>纪检监察.</summary>
    Discipline,

    /// <summary>政府信息公开.</summary>
    InformationDisclosure,

    /// <summary>涉密.</summary>
    Secret,

    /// <summary>不在本区.</summary>
    OutsideArea,
}

/// <summary>不予受理: with a reason of the list, and the right way instead.</summary>
[ForStaff(Roles.ComplaintClerk)]
public sealed record RefuseComplaint(Guid Id, NotAcceptedReason? Reason) : ICommand;

/// <summary>派单: exactly one lead unit, any number of co-units, and why.</summary>
[ForStaff(Roles.ComplaintClerk)]
public sealed record DispatchComplaint : ICommand
{
    /// <summary>The complaint.</summary>
    public Guid Id { get; init; }

    /// <summary>主办单位; null takes what the rules propose.</summary>
    public string? Unit { get; init; }

    /// <summary>协办单位.</summary>
    public IReadOnlyList<string> CoUnits { get; init; } = [];

    /// <summary>Why another unit than the rules propose.</summary>
    public string? Why { get; init; }
}

/// <summary>并单: the complaint follows a master about the same matter and keeps its own rating.</summary>
[ForStaff(Roles.ComplaintClerk)]
public sealed record MergeComplaint(Guid Id, string? MasterNumber) : ICommand;

/// <summary>解除并单: it stands again where it was, and its clocks run as if they had never stopped.</summary>
[ForStaff(Roles.ComplaintClerk)]
public sealed record UnmergeComplaint(Guid Id) : ICommand;

internal sealed class RefuseComplaintValidator : AbstractValidator<RefuseComplaint>
{
    public RefuseComplaintValidator() => RuleFor(c => c.Reason).NotNull().WithMessage("请选一个不予受理的原因。").IsInEnum().WithMessage("请选一个不予受理的原因。");
}

internal sealed class DispatchComplaintValidator : AbstractValidator<DispatchComplaint>
{
    public DispatchComplaintValidator() => RuleFor(c => c.Why).MaximumLength(200).WithMessage("派单依据最多写 200 个字。");
}

internal sealed class AcceptComplaintHandler(StaffComplaints complaints, Router router, Rulebooks rulebooks) : IRequestHandler<AcceptComplaint, Unit>
{
    public async Task<Unit> Handle(AcceptComplaint request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        if (complaint.State == ComplaintState.Submitted)
        {
            if ((await rulebooks.Topics(ct)).All(t => t.Code != request.Topic || t.Parent is null))
                throw new RefusedException(request.Topic is null ? ComplaintRefusals.NoTopic() : ComplaintRefusals.UnknownTopic());
            (complaint.Kind, complaint.Topic, complaint.Urgency, complaint.Complex) = (request.Kind, request.Topic, request.Urgency, request.Complex);
        }

        await router.Accept(complaint, ct);
        return Unit.Value;
    }
}

internal sealed class RefuseComplaintHandler(PortalDbContext db, StaffComplaints complaints, ComplaintJournal journal, TimeProvider clock) : IRequestHandler<RefuseComplaint, Unit>
{
    public async Task<Unit> Handle(RefuseComplaint request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        complaint.RefusalReason = request.Reason!.Value.ToString();
        await journal.Move(complaint, ComplaintAction.RefuseToAccept, new { request.Reason }, "这件诉求不能受理，原因写在页面上", ct);
        db.Raise(new ComplaintNotAccepted(complaint.Id, complaint.Number), clock.GetUtcNow());
        return Unit.Value;
    }
}

internal sealed class DispatchComplaintHandler(StaffComplaints complaints, Router router) : IRequestHandler<DispatchComplaint, Unit>
{
    public async Task<Unit> Handle(DispatchComplaint request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        var proposed = await router.Ask(complaint, ct);
        var unit = string.IsNullOrEmpty(request.Unit) ? proposed.Unit : await complaints.MustBeUnit(request.Unit, ct);
        foreach (var co in request.CoUnits)
            await complaints.MustBeUnit(co, ct);
        var byRule = unit == proposed.Unit;
        if (!byRule && string.IsNullOrWhiteSpace(request.Why))
            throw new RefusedException(new Refusal("complaint.why-another-unit", "没有按规则推荐的单位派。请写一句为什么。", nameof(request.Why)));
        await router.Dispatch(complaint, byRule ? proposed with { CoUnits = [.. proposed.CoUnits.Union(request.CoUnits)] }
            : new RoutingAnswer(unit, request.CoUnits, "受理员", request.Why!.Trim(), false), ct);
        return Unit.Value;
    }
}

internal sealed class MergeComplaintHandler(PortalDbContext db, StaffComplaints complaints, ComplaintJournal journal, TimeProvider clock) : IRequestHandler<MergeComplaint, Unit>
{
    public async Task<Unit> Handle(MergeComplaint request, CancellationToken ct)
    {
        var number = ComplaintNumber.Normalise(request.MasterNumber);
        var masterId = await db.Complaints.Where(c => c.Number == number).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(ct) ?? throw new RefusedException(ComplaintRefusals.NoMaster());
        // Both, in one order: the master cannot end, and nobody can merge it away, while this one joins it.
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM complaints.complaints WHERE id IN ({request.Id}, {masterId}) ORDER BY id FOR UPDATE", ct);
        var complaint = await complaints.Lock(request.Id, ct);
        if (!ComplaintTransitions.Open.Contains(await db.Complaints.Where(c => c.Id == masterId).Select(c => c.State).SingleAsync(ct)))
            throw new RefusedException(ComplaintRefusals.NoMaster());
        if (await db.Complaints.AnyAsync(c => c.MasterId == complaint.Id && c.State == ComplaintState.Merged, ct))
            throw new RefusedException(new Refusal("complaint.has-followers", "已经有别的诉求并在这一件里，它不能再并走。请把另一件并过来。", "MasterNumber"));
        complaint.MasterId = masterId;
        await journal.Move(complaint, ComplaintAction.Merge, new { master = number }, "和另一件同样的诉求一起办", ct);
        db.Raise(new ComplaintMerged(complaint.Id, complaint.Number), clock.GetUtcNow());
        return Unit.Value;
    }
}

internal sealed class UnmergeComplaintHandler(StaffComplaints complaints, ComplaintJournal journal) : IRequestHandler<UnmergeComplaint, Unit>
{
    public async Task<Unit> Handle(UnmergeComplaint request, CancellationToken ct)
    {
        await journal.Move(await complaints.Lock(request.Id, ct), ComplaintAction.Unmerge, null, "不再和另一件一起办，单独办理", ct);
        return Unit.Value;
    }
}

/// <summary>A master that ends without a reply, withdrawn or not accepted, takes nobody along: what followed it stands on its own again.</summary>
internal sealed class ReleaseFollowers(PortalDbContext db, ComplaintJournal journal) : IEventHandler<ComplaintEnded>, IEventHandler<ComplaintNotAccepted>
{
    public Task Handle(ComplaintEnded fact, CancellationToken ct) => fact.Ending == nameof(ComplaintState.Withdrawn) ? Release(fact.ComplaintId, ct) : Task.CompletedTask;

    public Task Handle(ComplaintNotAccepted fact, CancellationToken ct) => Release(fact.ComplaintId, ct);

    private async Task Release(Guid masterId, CancellationToken ct)
    {
        foreach (var id in await db.Complaints.Where(c => c.MasterId == masterId && c.State == ComplaintState.Merged).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct))
        {
            if (await db.LockComplaint(id, ct) is { State: ComplaintState.Merged } follower)
                await journal.Move(follower, ComplaintAction.Unmerge, new { masterEnded = true }, "一起办的那件不办了，您这件单独接着办", ct);
        }
    }
}
