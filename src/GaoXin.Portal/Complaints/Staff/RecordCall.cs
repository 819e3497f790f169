using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>回访: one call. Whether it is solved and whether the citizen is satisfied are two questions.</summary>
[ForStaff(Roles.CallBackOfficer)]
public sealed record RecordCall : ICommand
{
    /// <summary>The complaint.</summary>
    public Guid Id { get; init; }

    /// <summary>接通了没有.</summary>
    public bool? Reached { get; init; }

    /// <summary>解决了没有.</summary>
    public bool? Solved { get; init; }

    /// <summary>满不满意.</summary>
    public bool? Satisfied { get; init; }

    /// <summary>诉求人的话.</summary>
    public string? Note { get; init; }
}

/// <summary>办结: after an effective call, or after three that nobody answered over two half-days.</summary>
[ForStaff(Roles.CallBackOfficer)]
public sealed record CloseComplaint(Guid Id) : ICommand;

/// <summary>重办 by the call-back officer: true when a new round began, false when it is supervised from now on.</summary>
[ForStaff(Roles.CallBackOfficer)]
public sealed record RedoComplaint(Guid Id) : ICommand<bool>;

internal sealed class RecordCallValidator : AbstractValidator<RecordCall>
{
    public RecordCallValidator()
    {
        RuleFor(c => c.Reached).NotNull().WithMessage("请选接通了没有。");
        RuleFor(c => c.Solved).NotNull().When(c => c.Reached == true).WithMessage("请选解决了没有。");
        RuleFor(c => c.Satisfied).NotNull().When(c => c.Reached == true).WithMessage("请选满不满意。");
        RuleFor(c => c.Note).MaximumLength(500).WithMessage("最多写 500 个字。");
    }
}

internal sealed class RecordCallHandler(PortalDbContext db, StaffComplaints complaints, ComplaintJournal journal, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock) : IRequestHandler<RecordCall, Unit>
{
    public async Task<Unit> Handle(RecordCall request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        if (complaint.State != ComplaintState.Replied)
            throw new RefusedException(new Refusal("complaint.nothing-to-call", "这一件现在不用回访。请刷新页面看最新进度。"));
        var reached = request.Reached!.Value;
        complaint.Calls.Add(new ComplaintCall
        {
            ComplaintId = complaint.Id,
            Round = complaint.Round,
            At = clock.GetUtcNow(),
            OfficerId = user.Id,
            Reached = reached,
            Solved = reached ? request.Solved : null,
            Satisfied = reached ? request.Satisfied : null,
            ProtectedNote = string.IsNullOrWhiteSpace(request.Note) ? null : cipher.Protect(request.Note.Trim(), ComplaintCall.NotePurpose),
        });
        if (reached)
            db.Raise(new ComplaintCalledBack(complaint.Id, complaint.Number, complaint.Round, request.Solved!.Value, request.Satisfied!.Value, clock.GetUtcNow()), clock.GetUtcNow());
        journal.Record(complaint, "Called", new { reached, solved = reached ? request.Solved : null, satisfied = reached ? request.Satisfied : null }, reached ? "电话回访了您" : "回访没打通");
        return Unit.Value;
    }
}

internal sealed class CloseComplaintHandler(PortalDbContext db, StaffComplaints complaints, ComplaintJournal journal, TimeProvider clock) : IRequestHandler<CloseComplaint, Unit>
{
    public async Task<Unit> Handle(CloseComplaint request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        await journal.Move(complaint, ComplaintAction.Close, null, "办结", ct);
        db.Raise(new ComplaintEnded(complaint.Id, complaint.Number, nameof(ComplaintState.Closed)), clock.GetUtcNow());
        return Unit.Value;
    }
}

internal sealed class RedoComplaintHandler(StaffComplaints complaints, Supervising supervising) : IRequestHandler<RedoComplaint, bool>
{
    public async Task<bool> Handle(RedoComplaint request, CancellationToken ct) => await supervising.RedoOrSupervise(await complaints.Lock(request.Id, ct), ct);
}
