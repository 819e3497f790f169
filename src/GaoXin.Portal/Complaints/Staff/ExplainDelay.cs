using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>超期说明 by the unit, for the citizen to read: with it no 督办 follows by itself.</summary>
[ForStaff(Roles.UnitLiaison, Roles.ComplaintHandler)]
public sealed record ExplainDelay(Guid Id, string? Text) : ICommand;

/// <summary>督办结论: the supervisor closes the order.</summary>
[ForStaff(Roles.ComplaintSupervisor)]
public sealed record CloseSupervision(Guid Id, string? Finding) : ICommand;

/// <summary>下督办单: the supervisor does not wait for the fifth late day. One open order a complaint; the citizen is told that there is one.</summary>
[ForStaff(Roles.ComplaintSupervisor)]
public sealed record SuperviseComplaint(Guid Id, string? Why) : ICommand;

internal sealed class SuperviseComplaintValidator : AbstractValidator<SuperviseComplaint>
{
    public SuperviseComplaintValidator() => RuleFor(c => c.Why).Must(t => (t ?? "").Trim().Length >= 5).WithMessage("请写为什么督办，至少 5 个字。").MaximumLength(200).WithMessage("最多写 200 个字。")
        .Must(t => !PublicText.IsPersonal(t ?? "")).WithMessage("里面有电话、证件号或门牌。请删掉再提交。");
}

internal sealed class ExplainDelayValidator : AbstractValidator<ExplainDelay>
{
    public ExplainDelayValidator() => RuleFor(c => c.Text).Must(t => (t ?? "").Trim().Length >= 10).WithMessage("请写清为什么超期、什么时候能办好，至少 10 个字，诉求人看得到。").MaximumLength(500).WithMessage("最多写 500 个字。")
        .Must(t => !PublicText.IsPersonal(t ?? "")).WithMessage("说明里有电话、证件号或门牌。请删掉再提交。");
}

internal sealed class CloseSupervisionValidator : AbstractValidator<CloseSupervision>
{
    public CloseSupervisionValidator() => RuleFor(c => c.Finding).Must(t => (t ?? "").Trim().Length >= 10).WithMessage("请写督办结论，至少 10 个字。").MaximumLength(1000).WithMessage("最多写 1000 个字。");
}

internal sealed class ExplainDelayHandler(PortalDbContext db, StaffComplaints complaints, ComplaintJournal journal, ICurrentUser user) : IRequestHandler<ExplainDelay, Unit>
{
    public async Task<Unit> Handle(ExplainDelay request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        if (complaint.Unit != user.DepartmentCode)
            throw new RefusedException(ComplaintRefusals.OtherUnit());
        var late = await db.Set<ComplaintEscalation>().Where(e => e.ComplaintId == complaint.Id && e.Round == complaint.Round && e.Level != EscalationLevel.Yellow)
            .OrderByDescending(e => e.At).FirstOrDefaultAsync(ct) ?? throw new RefusedException(new Refusal("complaint.not-late", "这一件没有超期，不用说明。"));
        late.Explain(request.Text!.Trim());
        journal.Record(complaint, "Explained", null, $"超期说明：{request.Text!.Trim()}");
        return Unit.Value;
    }
}

internal sealed class SuperviseComplaintHandler(StaffComplaints complaints, Supervising supervising) : IRequestHandler<SuperviseComplaint, Unit>
{
    public async Task<Unit> Handle(SuperviseComplaint request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        if (!complaint.IsOpen && complaint.State != ComplaintState.Closed)
            throw new RefusedException(new Refusal("complaint.over", "这一件已经结束，不用督办。"));
        if (!await supervising.Open(complaint, request.Why!.Trim(), ct))
            throw new RefusedException(new Refusal("complaint.supervised-already", "这一件已经在督办。请先写结论结束它，再下新的。"));
        return Unit.Value;
    }
}

internal sealed class CloseSupervisionHandler(PortalDbContext db, StaffComplaints complaints, ComplaintJournal journal, ICurrentUser user, TimeProvider clock) : IRequestHandler<CloseSupervision, Unit>
{
    public async Task<Unit> Handle(CloseSupervision request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        var open = await db.Set<ComplaintSupervision>().SingleOrDefaultAsync(s => s.ComplaintId == complaint.Id && s.ClosedAt == null, ct)
            ?? throw new RefusedException(new Refusal("complaint.not-supervised", "这一件没有在督办。请刷新页面看最新情况。"));
        open.Close(request.Finding!.Trim(), user.Id, clock.GetUtcNow());
        journal.Record(complaint, "SupervisionClosed", null, "督办结束");
        return Unit.Value;
    }
}
