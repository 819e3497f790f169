using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>签收 for the own unit.</summary>
[ForStaff(Roles.UnitLiaison, Roles.ComplaintHandler)]
public sealed record SignComplaint(Guid Id) : ICommand;

/// <summary>领办: one handler; in a later round somebody else than before.</summary>
[ForStaff(Roles.ComplaintHandler)]
public sealed record TakeComplaint(Guid Id) : ICommand;

/// <summary>申请退单, within a working day, once a unit: with reason, basis and the unit it belongs to.</summary>
[ForStaff(Roles.UnitLiaison)]
public sealed record AskReturn : ICommand
{
    /// <summary>The complaint.</summary>
    public Guid Id { get; init; }

    /// <summary>为什么不归本单位.</summary>
    public string? Reason { get; init; }

    /// <summary>法律或职责依据.</summary>
    public string? Basis { get; init; }

    /// <summary>应该归哪个单位.</summary>
    public string? SuggestedUnit { get; init; }
}

/// <summary>退单裁定, by a dispatcher who is not of that unit; by a supervisor when two units sent it back.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.ComplaintSupervisor)]
public sealed record RuleReturn(Guid Id, bool Uphold) : ICommand;

/// <summary>The co-unit's part (协办意见).</summary>
[ForStaff(Roles.UnitLiaison, Roles.ComplaintHandler)]
public sealed record FinishCoHandling(Guid Id, string? Opinion) : ICommand;

internal sealed class AskReturnValidator : AbstractValidator<AskReturn>
{
    public AskReturnValidator()
    {
        RuleFor(c => c.Reason).Must(t => (t ?? "").Trim().Length >= 10).WithMessage("请写清为什么不归本单位，至少 10 个字。").MaximumLength(500).WithMessage("最多写 500 个字。");
        RuleFor(c => c.Basis).NotEmpty().WithMessage("请写依据，比如三定方案或法规的条款。").MaximumLength(300).WithMessage("最多写 300 个字。");
        RuleFor(c => c.SuggestedUnit).NotEmpty().WithMessage("请选应该归哪个单位。");
    }
}

internal sealed class FinishCoHandlingValidator : AbstractValidator<FinishCoHandling>
{
    public FinishCoHandlingValidator() => RuleFor(c => c.Opinion).Must(t => (t ?? "").Trim().Length >= 5).WithMessage("请写协办意见，至少 5 个字。").MaximumLength(1000).WithMessage("最多写 1000 个字。");
}

internal sealed class SignComplaintHandler(StaffComplaints complaints, ComplaintJournal journal) : IRequestHandler<SignComplaint, Unit>
{
    public async Task<Unit> Handle(SignComplaint request, CancellationToken ct)
    {
        await journal.Move(await complaints.Lock(request.Id, ct), ComplaintAction.Sign, null, "办理单位已签收", ct);
        return Unit.Value;
    }
}

internal sealed class TakeComplaintHandler(StaffComplaints complaints, ComplaintJournal journal, ICurrentUser user) : IRequestHandler<TakeComplaint, Unit>
{
    public async Task<Unit> Handle(TakeComplaint request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        if (complaint.Unit != user.DepartmentCode)
            throw new RefusedException(ComplaintRefusals.OtherUnit());
        if (complaint.State != ComplaintState.InProgress)
            throw new RefusedException(new Refusal("complaint.not-in-progress", "这一件现在不能领办。请刷新页面看最新进度。"));
        complaint.Take(user.Id);
        journal.Record(complaint, "Taken");
        return Unit.Value;
    }
}

internal sealed class AskReturnHandler(StaffComplaints complaints, ComplaintJournal journal, ICurrentUser user, TimeProvider clock) : IRequestHandler<AskReturn, Unit>
{
    public async Task<Unit> Handle(AskReturn request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        var suggested = await complaints.MustBeUnit(request.SuggestedUnit, ct);
        await journal.Move(complaint, ComplaintAction.AskReturn, new { suggested }, "办理单位认为不归它管，正在裁定", ct);
        complaint.Returns.Add(new ComplaintReturn
        {
            ComplaintId = complaint.Id,
            Unit = user.DepartmentCode!,
            Reason = request.Reason!.Trim(),
            Basis = request.Basis!.Trim(),
            SuggestedUnit = suggested,
            AskedBy = user.Id,
            AskedAt = clock.GetUtcNow(),
        });
        complaint.Settle();
        return Unit.Value;
    }
}

internal sealed class RuleReturnHandler(StaffComplaints complaints, ComplaintJournal journal) : IRequestHandler<RuleReturn, Unit>
{
    public async Task<Unit> Handle(RuleReturn request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        await journal.Move(complaint, request.Uphold ? ComplaintAction.UpholdReturn : ComplaintAction.RefuseReturn, null,
            request.Uphold ? "重新派单，时限照旧" : "裁定由原单位负责办理", ct);
        return Unit.Value;
    }
}

internal sealed class FinishCoHandlingHandler(StaffComplaints complaints, ComplaintJournal journal, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<FinishCoHandling, Unit>
{
    public async Task<Unit> Handle(FinishCoHandling request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        var mine = complaint.CoHandlers.SingleOrDefault(c => c.Unit == user.DepartmentCode && c.FinishedAt is null);
        if (mine is null || !complaint.IsOpen)
            throw new RefusedException(ComplaintRefusals.NotCoHandler());
        mine.Finish(cipher.Protect(request.Opinion!.Trim(), CoHandler.OpinionPurpose), user.Id, clock.GetUtcNow());
        journal.Record(complaint, "CoHandled", new { mine.Unit });
        return Unit.Value;
    }
}
