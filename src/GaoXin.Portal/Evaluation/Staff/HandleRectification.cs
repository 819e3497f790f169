using FluentValidation;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation.Staff;

/// <summary>认领: the unit's liaison takes a 差评. Refused: the person rated.</summary>
[ForStaff(Roles.UnitLiaison)]
public sealed record ClaimRectification(Guid Id) : ICommand;

/// <summary>回访: what the call gave. Refused: the person rated.</summary>
[ForStaff(Roles.CallBackOfficer)]
public sealed record CallRater(Guid Id, bool? Reached, string? Note) : ICommand
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(CallRater);
}

/// <summary>整改要更长时间: once, before it is due, with a reason.</summary>
[ForStaff(Roles.UnitLiaison)]
public sealed record ExtendFix(Guid Id, string? Reason) : ICommand;

/// <summary>提交整改: what is different now. The person who rated reads it.</summary>
[ForStaff(Roles.UnitLiaison)]
public sealed record SubmitFix(Guid Id, string? Text) : ICommand;

/// <summary>审核整改, by a third person: neither rated, nor caller, nor who fixed.</summary>
[ForStaff(Roles.ComplaintSupervisor)]
public sealed record ReviewFix(Guid Id, bool Approve) : ICommand;

/// <summary>申诉: that a 差评 should not count; by the person rated or the unit, once, in time.</summary>
[ForStaff(Roles.UnitLiaison, Roles.Officer, Roles.SeniorOfficer, Roles.WindowClerk, Roles.ComplaintHandler)]
public sealed record AppealRating(Guid Id, string? Reason) : ICommand
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(AppealRating);
}

/// <summary>裁定申诉, by a third person. Upheld, the rating stays and is published as excluded, with the reason; nothing is deleted.</summary>
[ForStaff(Roles.ComplaintSupervisor)]
public sealed record RuleAppeal : ICommand
{
    /// <summary>The rectification.</summary>
    public Guid Id { get; init; }

    /// <summary>成立 or not.</summary>
    public bool Uphold { get; init; }

    /// <summary>Why it does not count; only when upheld.</summary>
    public ExclusionReason? Reason { get; init; }

    /// <summary>The ruling in words; who rated and who appealed read it.</summary>
    public string? Text { get; init; }
}

/// <summary>看评价人的电话: with a reason that the person sees. 匿名 has none.</summary>
[ForStaff(Roles.CallBackOfficer)]
public sealed record RevealRater(Guid Id, string? Reason) : ICommand<RaterData>
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(RevealRater);
}

/// <summary>Whom to call.</summary>
public sealed record RaterData(string? Name, string Phone)
{
    /// <summary>Nothing personal.</summary>
    public override string ToString() => nameof(RaterData);
}

internal sealed class CallRaterValidator : AbstractValidator<CallRater>
{
    public CallRaterValidator()
    {
        RuleFor(c => c.Reached).NotNull().WithMessage("请选接通了没有。");
        RuleFor(c => c.Note).MaximumLength(500).WithMessage("最多写 500 个字。");
        RuleFor(c => c.Note).Must(n => (n ?? "").Trim().Length >= 5).When(c => c.Reached == true).WithMessage("请写评价人怎么说，至少 5 个字。");
    }
}

internal sealed class ExtendFixValidator : AbstractValidator<ExtendFix>
{
    public ExtendFixValidator() => RuleFor(c => c.Reason).Must(t => (t ?? "").Trim().Length >= 10).WithMessage("请写为什么要更长时间，至少 10 个字。").MaximumLength(500).WithMessage("最多写 500 个字。");
}

internal sealed class SubmitFixValidator : AbstractValidator<SubmitFix>
{
    public SubmitFixValidator() => RuleFor(c => c.Text).Must(t => (t ?? "").Trim().Length >= 10).WithMessage("请写做了什么、现在怎么样，至少 10 个字，评价人看得到。").MaximumLength(1000).WithMessage("最多写 1000 个字。")
        .Must(t => !PublicText.IsPersonal(t ?? "")).WithMessage(EvaluationRefusals.PersonalData().Message);
}

internal sealed class AppealRatingValidator : AbstractValidator<AppealRating>
{
    public AppealRatingValidator() => RuleFor(c => c.Reason).Must(t => (t ?? "").Trim().Length >= 10).WithMessage("请写为什么不该计入、有什么凭据，至少 10 个字。").MaximumLength(1000).WithMessage("最多写 1000 个字。");
}

internal sealed class RuleAppealValidator : AbstractValidator<RuleAppeal>
{
    public RuleAppealValidator()
    {
        RuleFor(c => c.Reason).NotNull().When(c => c.Uphold).WithMessage("请选不计入的原因。").IsInEnum().WithMessage("请从列表里选。");
        RuleFor(c => c.Text).Must(t => (t ?? "").Trim().Length >= 10).WithMessage("请写裁定的理由，至少 10 个字，评价人看得到。").MaximumLength(500).WithMessage("最多写 500 个字。")
            .Must(t => !PublicText.IsPersonal(t ?? "")).WithMessage(EvaluationRefusals.PersonalData().Message);
    }
}

internal sealed class RevealRaterValidator : AbstractValidator<RevealRater>
{
    public RevealRaterValidator() => RuleFor(c => c.Reason).Must(t => (t ?? "").Trim().Length >= 5).WithMessage("请写明查看原因，至少 5 个字，当事人会看到。").MaximumLength(200).WithMessage("查看原因最多 200 个字。");
}

internal sealed class ClaimRectificationHandler(StaffRectifications all, RectificationJournal journal) : IRequestHandler<ClaimRectification, Unit>
{
    public async Task<Unit> Handle(ClaimRectification request, CancellationToken ct)
    {
        await journal.Move(await all.Lock(request.Id, ct), RectificationAction.Claim, ct);
        return Unit.Value;
    }
}

internal sealed class CallRaterHandler(StaffRectifications all, RectificationJournal journal, PersonalDataCipher cipher) : IRequestHandler<CallRater, Unit>
{
    public async Task<Unit> Handle(CallRater request, CancellationToken ct)
    {
        var called = await all.Lock(request.Id, ct);
        await journal.Move(called, RectificationAction.RecordCall, ct);
        called.Called(request.Reached!.Value, string.IsNullOrWhiteSpace(request.Note) ? null : cipher.Protect(request.Note.Trim(), Rectification.NotePurpose));
        return Unit.Value;
    }
}

internal sealed class ExtendFixHandler(StaffRectifications all, RectificationJournal journal) : IRequestHandler<ExtendFix, Unit>
{
    public async Task<Unit> Handle(ExtendFix request, CancellationToken ct)
    {
        var extended = await all.Lock(request.Id, ct);
        await journal.Move(extended, RectificationAction.Extend, ct);
        extended.ExtendedFor(request.Reason!.Trim());
        return Unit.Value;
    }
}

internal sealed class SubmitFixHandler(StaffRectifications all, RectificationJournal journal) : IRequestHandler<SubmitFix, Unit>
{
    public async Task<Unit> Handle(SubmitFix request, CancellationToken ct)
    {
        var submitted = await all.Lock(request.Id, ct);
        await journal.Move(submitted, RectificationAction.SubmitFix, ct);
        submitted.FixedWith(request.Text!.Trim());
        return Unit.Value;
    }
}

internal sealed class ReviewFixHandler(StaffRectifications all, RectificationJournal journal, RaterNotices notices) : IRequestHandler<ReviewFix, Unit>
{
    public async Task<Unit> Handle(ReviewFix request, CancellationToken ct)
    {
        var reviewed = await all.Lock(request.Id, ct);
        await journal.Move(reviewed, request.Approve ? RectificationAction.ApproveFix : RectificationAction.SendBackFix, ct);
        if (request.Approve)
            await notices.Answered(reviewed, ct);
        return Unit.Value;
    }
}

internal sealed class AppealRatingHandler(StaffRectifications all, RectificationJournal journal, PersonalDataCipher cipher) : IRequestHandler<AppealRating, Unit>
{
    public async Task<Unit> Handle(AppealRating request, CancellationToken ct)
    {
        var appealed = await all.Lock(request.Id, ct);
        await journal.Move(appealed, RectificationAction.Appeal, ct);
        appealed.AppealedFor(cipher.Protect(request.Reason!.Trim(), Rectification.NotePurpose));
        return Unit.Value;
    }
}

internal sealed class RuleAppealHandler(StaffRectifications all, RectificationJournal journal, RaterNotices notices) : IRequestHandler<RuleAppeal, Unit>
{
    public async Task<Unit> Handle(RuleAppeal request, CancellationToken ct)
    {
        var ruled = await all.Lock(request.Id, ct);
        await journal.Move(ruled, request.Uphold ? RectificationAction.UpholdAppeal : RectificationAction.RejectAppeal, ct);
        ruled.Ruled(request.Uphold ? request.Reason : null, request.Text!.Trim());
        if (request.Uphold)
            await notices.Answered(ruled, ct);
        return Unit.Value;
    }
}

internal sealed class RevealRaterHandler(PortalDbContext db, StaffRectifications all, RectificationJournal journal, IPeople people, PersonalDataCipher cipher, IMediator mediator)
    : IRequestHandler<RevealRater, RaterData>
{
    public async Task<RaterData> Handle(RevealRater request, CancellationToken ct)
    {
        var called = await all.Lock(request.Id, ct);
        if (!called.Callable)
            throw new RefusedException(EvaluationRefusals.NoPhone());
        // Only while there is a call to make, and never by the person rated: the same question as for the call itself.
        if (!RectificationTransitions.Possible(called, await journal.Situation(called, ct)).Contains(RectificationAction.RecordCall))
            throw new RefusedException(EvaluationRefusals.NotNow(called.State, RectificationAction.RecordCall));
        var rated = await (from e in db.ServiceEvents
                           join r in db.ServiceRatings on e.Id equals r.EventId
                           where e.Id == called.EventId
                           select new { e.CitizenId, r.ProtectedPhone }).SingleAsync(ct);
        journal.Record(called, "Revealed");
        if (rated.CitizenId is { } account)
            await mediator.Send(new RecordPersonalDataRead { SubjectAccountId = account, Field = "姓名和手机号（差评回访）", Reason = request.Reason! }, ct);
        var person = rated.CitizenId is { } id ? await people.Find(id, ct) : null;
        var phone = rated.ProtectedPhone is { } left ? cipher.Unprotect(left, ServiceRating.PhonePurpose) : person?.Phone;
        return phone is null ? throw new RefusedException(EvaluationRefusals.NoPhone()) : new RaterData(person?.Name, phone);
    }
}

/// <summary>Tells the person that a 差评 has an answer; who rated as a stranger finds it behind the link of the 追评.</summary>
internal sealed class RaterNotices(PortalDbContext db, INotices notices)
{
    public async Task Answered(Rectification ended, CancellationToken ct)
    {
        var rated = await db.ServiceEvents.AsNoTracking().SingleAsync(e => e.Id == ended.EventId, ct);
        if (rated.CitizenId is not { } account)
            return;
        await notices.Send(new SendNotice
        {
            RecipientId = account,
            Template = NoticeTemplate.RatingAnswered,
            Values = new Dictionary<string, string> { [NoticeToken.Service] = rated.ItemTitle },
            Link = "/evaluations/mine",
            Channels = NoticeChannels.Inbox,
            Key = $"rating-answered:{ended.Id}",
        }, ct);
    }
}
