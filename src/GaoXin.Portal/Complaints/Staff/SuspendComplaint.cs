using System.Globalization;
using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>申请挂起, by the unit that handles it. Only for the four reasons; the clock stands still when a clerk agrees.</summary>
[ForStaff(Roles.UnitLiaison, Roles.ComplaintHandler)]
public sealed record AskSuspension(Guid Id, SuspensionReason? Reason, string? Explanation) : ICommand;

/// <summary>挂起审批, by a second person.</summary>
[ForStaff(Roles.ComplaintClerk)]
public sealed record RuleSuspension(Guid Id, bool Grant) : ICommand;

/// <summary>恢复办理 before its time.</summary>
[ForStaff(Roles.ComplaintClerk, Roles.UnitLiaison)]
public sealed record ResumeComplaint(Guid Id) : ICommand;

/// <summary>申请延期: once a complaint, before it is due, at most what the limits allow; the citizen is told why.</summary>
[ForStaff(Roles.UnitLiaison, Roles.ComplaintHandler)]
public sealed record AskExtension(Guid Id, int? Days, string? Reason) : ICommand;

/// <summary>延期审批, by a second person.</summary>
[ForStaff(Roles.ComplaintClerk)]
public sealed record RuleExtension(Guid Id, bool Grant) : ICommand;

internal sealed class AskSuspensionValidator : AbstractValidator<AskSuspension>
{
    public AskSuspensionValidator()
    {
        RuleFor(c => c.Reason).NotNull().WithMessage("请选挂起的原因。").IsInEnum().WithMessage("请选挂起的原因。");
        RuleFor(c => c.Explanation).Must(t => (t ?? "").Trim().Length >= 5).WithMessage("请写一句说明，诉求人看得到，至少 5 个字。").MaximumLength(300).WithMessage("最多写 300 个字。")
            .Must(t => !PublicText.IsPersonal(t ?? "")).WithMessage("说明里有电话、证件号或门牌。请删掉再提交。");
    }
}

internal sealed class AskExtensionValidator : AbstractValidator<AskExtension>
{
    public AskExtensionValidator()
    {
        RuleFor(c => c.Days).NotNull().WithMessage("请填延几个工作日。").GreaterThan(0).WithMessage("请填 1 以上的数。");
        RuleFor(c => c.Reason).Must(t => (t ?? "").Trim().Length >= 5).WithMessage("请写一句为什么，诉求人看得到，至少 5 个字。").MaximumLength(300).WithMessage("最多写 300 个字。")
            .Must(t => !PublicText.IsPersonal(t ?? "")).WithMessage("原因里有电话、证件号或门牌。请删掉再提交。");
    }
}

internal sealed class AskSuspensionHandler(StaffComplaints complaints, ComplaintJournal journal, ICurrentUser user, TimeProvider clock) : IRequestHandler<AskSuspension, Unit>
{
    public async Task<Unit> Handle(AskSuspension request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        OwnWork.Must(complaint, user);
        complaint.Ask(new ComplaintSuspension
        {
            ComplaintId = complaint.Id,
            Round = complaint.Round,
            Reason = request.Reason!.Value,
            Explanation = request.Explanation!.Trim(),
            AskedBy = user.Id,
            AskedAt = clock.GetUtcNow(),
        });
        journal.Record(complaint, "SuspensionAsked", new { request.Reason });
        return Unit.Value;
    }
}

internal sealed class RuleSuspensionHandler(PortalDbContext db, StaffComplaints complaints, ComplaintJournal journal, TimeProvider clock) : IRequestHandler<RuleSuspension, Unit>
{
    public async Task<Unit> Handle(RuleSuspension request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        if (!request.Grant)
        {
            complaint.RefuseSuspension(await journal.Situation(ct));
            journal.Record(complaint, "SuspensionRefused");
            return Unit.Value;
        }

        await journal.Move(complaint, ComplaintAction.Suspend, null, "暂停办理，原因写在页面上", ct);
        if (complaint.RunningSuspension is { Reason: SuspensionReason.WaitingForCitizen, ResumesAt: { } until })
            db.Raise(new ComplaintSuspendedForCitizen(complaint.Id, complaint.Number, until.Day()), clock.GetUtcNow());
        return Unit.Value;
    }
}

internal sealed class ResumeComplaintHandler(StaffComplaints complaints, ComplaintJournal journal) : IRequestHandler<ResumeComplaint, Unit>
{
    public async Task<Unit> Handle(ResumeComplaint request, CancellationToken ct)
    {
        await journal.Move(await complaints.Lock(request.Id, ct), ComplaintAction.Resume, null, "接着办理", ct);
        return Unit.Value;
    }
}

internal sealed class AskExtensionHandler(StaffComplaints complaints, ComplaintJournal journal, Rulebooks rulebooks, ICurrentUser user, TimeProvider clock) : IRequestHandler<AskExtension, Unit>
{
    public async Task<Unit> Handle(AskExtension request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        OwnWork.Must(complaint, user);
        var most = (await rulebooks.Limits(ct)).ExtensionDays;
        if (request.Days > most)
            throw new RefusedException(new Refusal("complaint.extension-too-long", string.Create(CultureInfo.InvariantCulture, $"最多延 {most} 个工作日。请改小再申请。"), nameof(request.Days)));
        var now = clock.GetUtcNow();
        complaint.Ask(new ComplaintExtension { ComplaintId = complaint.Id, Days = request.Days!.Value, Reason = request.Reason!.Trim(), AskedBy = user.Id, AskedAt = now }, now);
        journal.Record(complaint, "ExtensionAsked", new { request.Days });
        return Unit.Value;
    }
}

internal sealed class RuleExtensionHandler(PortalDbContext db, StaffComplaints complaints, ComplaintJournal journal, TimeProvider clock) : IRequestHandler<RuleExtension, Unit>
{
    public async Task<Unit> Handle(RuleExtension request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        var asked = complaint.AskedExtension ?? throw new RefusedException(ComplaintRefusals.NothingAsked());
        complaint.Decide(asked, request.Grant, await journal.Situation(ct));
        journal.Record(complaint, request.Grant ? "Extended" : "ExtensionRefused", new { asked.Days },
            request.Grant ? string.Create(CultureInfo.InvariantCulture, $"延长 {asked.Days} 个工作日：{asked.Reason}") : null);
        if (request.Grant && complaint.PromisedAt is { } promised)
            db.Raise(new ComplaintExtended(complaint.Id, complaint.Number, promised.Day()), clock.GetUtcNow());
        return Unit.Value;
    }
}

/// <summary>Work in progress of the own unit.</summary>
internal static class OwnWork
{
    public static void Must(Complaint complaint, ICurrentUser user)
    {
        if (complaint.Unit != user.DepartmentCode)
            throw new RefusedException(ComplaintRefusals.OtherUnit());
        if (complaint.State != ComplaintState.InProgress)
            throw new RefusedException(new Refusal("complaint.not-in-progress", "这一件不在办理中，现在不能这样做。请刷新页面看最新进度。"));
    }
}
