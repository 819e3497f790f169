using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>How the citizen was contacted.</summary>
public enum ContactManner
{
    /// <summary>留言: on the tracking page. The only way with 实名保密 and 匿名.</summary>
    [Chinese("给诉求人留言")]
    Message,

    /// <summary>电话.</summary>
    [Chinese("打电话")]
    Phone,

    /// <summary>上门.</summary>
    [Chinese("见面")]
    Visit,
}

/// <summary>首次联系, or a later one: what was said is part of the conversation.</summary>
[ForStaff(Roles.ComplaintHandler)]
public sealed record LogContact(Guid Id, ContactManner? Manner, string? Text) : ICommand;

/// <summary>
/// 提交答复: checked by the reply lint; what it finds needs a reason to stay. Refused: without a contact, with open co-units, by
/// somebody who is not the handler.
/// </summary>
[ForStaff(Roles.ComplaintHandler)]
public sealed record WriteReply(Guid Id, string? Text, string? OverrideReason) : ICommand;

/// <summary>
/// 答复审核, never by the handler: sends it to the citizen or back with a note. With the author's consent the redacted text and reply
/// are published, unless the texts are left empty.
/// </summary>
[ForStaff(Roles.ReplyReviewer)]
public sealed record ReviewReply : ICommand
{
    /// <summary>The complaint.</summary>
    public Guid Id { get; init; }

    /// <summary>通过, or back to the handler.</summary>
    public bool Approve { get; init; }

    /// <summary>What to change; required when sent back.</summary>
    public string? Note { get; init; }

    /// <summary>公开的诉求.</summary>
    public string? PublicText { get; init; }

    /// <summary>公开的答复.</summary>
    public string? PublicReply { get; init; }
}

internal sealed class LogContactValidator : AbstractValidator<LogContact>
{
    public LogContactValidator()
    {
        RuleFor(c => c.Manner).NotNull().WithMessage("请选怎么联系的。").IsInEnum().WithMessage("请选怎么联系的。");
        RuleFor(c => c.Text).Must(t => (t ?? "").Trim().Length >= 5).WithMessage("请写联系时说了什么，至少 5 个字，诉求人看得到。").MaximumLength(1000).WithMessage("最多写 1000 个字。");
    }
}

internal sealed class WriteReplyValidator : AbstractValidator<WriteReply>
{
    public WriteReplyValidator()
    {
        RuleFor(c => c.Text).NotEmpty().WithMessage("请写答复。").MaximumLength(3000).WithMessage("答复最多写 3000 个字。");
        RuleFor(c => c.OverrideReason).MaximumLength(300).WithMessage("理由最多写 300 个字。");
    }
}

internal sealed class ReviewReplyValidator : AbstractValidator<ReviewReply>
{
    public ReviewReplyValidator()
    {
        RuleFor(c => c.Note).Must(t => (t ?? "").Trim().Length >= 5).When(c => !c.Approve).WithMessage("请写清要改什么，至少 5 个字。");
        RuleFor(c => c.Note).MaximumLength(500).WithMessage("最多写 500 个字。");
        RuleFor(c => c.PublicText).MaximumLength(2000).WithMessage("最多写 2000 个字。");
        RuleFor(c => c.PublicReply).MaximumLength(4000).WithMessage("最多写 4000 个字。");
    }
}

internal sealed class LogContactHandler(PortalDbContext db, StaffComplaints complaints, ComplaintJournal journal, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<LogContact, Unit>
{
    public async Task<Unit> Handle(LogContact request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        OwnWork.Must(complaint, user);
        if (complaint.HandlerId != user.Id)
            throw new RefusedException(ComplaintRefusals.NotTheHandler());
        if (complaint.Identity != IdentityMode.Named && request.Manner != ContactManner.Message)
            throw new RefusedException(ComplaintRefusals.NoPhone());
        var first = complaint.ContactedAt is null;
        complaint.Contacted(clock.GetUtcNow(), (await journal.Situation(ct)).Time);
        var text = request.Manner == ContactManner.Message ? request.Text! : $"（{request.Manner!.Value.Chinese()}）{request.Text}";
        db.Add(Talk.Of(complaint, cipher, MessageFrom.Unit, user.Id, await complaints.Shown(ct), text, clock.GetUtcNow()));
        journal.Record(complaint, first ? "Contacted" : "ContactedAgain", new { request.Manner }, first ? "办理单位联系了您" : null);
        return Unit.Value;
    }
}

internal sealed class WriteReplyHandler(
    StaffComplaints complaints, ComplaintJournal journal, ReplyCheck check, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock) : IRequestHandler<WriteReply, Unit>
{
    public async Task<Unit> Handle(WriteReply request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        OwnWork.Must(complaint, user);
        var findings = await check.Findings(complaint, request.Text!, ct);
        if (findings.Count > 0 && string.IsNullOrWhiteSpace(request.OverrideReason))
            throw new RefusedException(ComplaintRefusals.LintFailed(findings));
        complaint.Replies.Add(new ComplaintReply
        {
            ComplaintId = complaint.Id,
            Round = complaint.Round,
            ProtectedText = cipher.Protect(request.Text!.Trim(), ComplaintReply.TextPurpose),
            WrittenBy = user.Id,
            WrittenAt = clock.GetUtcNow(),
            OverrideReason = findings.Count > 0 ? request.OverrideReason!.Trim() : null,
            Findings = [.. findings],
        });
        await journal.Move(complaint, ComplaintAction.SubmitReply, new { findings = findings.Count }, "答复写好了，由另一个人审核", ct);
        return Unit.Value;
    }
}

internal sealed class ReviewReplyHandler(
    PortalDbContext db, StaffComplaints complaints, ComplaintJournal journal, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock) : IRequestHandler<ReviewReply, Unit>
{
    public async Task<Unit> Handle(ReviewReply request, CancellationToken ct)
    {
        var complaint = await complaints.Lock(request.Id, ct);
        var now = clock.GetUtcNow();
        if (!request.Approve)
        {
            await journal.Move(complaint, ComplaintAction.SendBackReply, null, null, ct);
            db.Add(Talk.Of(complaint, cipher, MessageFrom.Portal, user.Id, await complaints.Shown(ct), request.Note!, now, forCitizen: false));
            return Unit.Value;
        }

        var handler = complaint.HandlerId;
        await journal.Move(complaint, ComplaintAction.ApproveReply, null, "已答复", ct);
        Publish(complaint, request, now);
        Tell(complaint, handler!.Value, now);
        foreach (var follower in await db.Complaints.AsNoTracking().Where(c => c.MasterId == complaint.Id && c.State == ComplaintState.Merged).ToListAsync(ct))
            Tell(follower, handler.Value, now, complaint.Unit);
        return Unit.Value;
    }

    private void Tell(Complaint replied, Guid handler, DateTimeOffset now, string? unit = null) => db.Raise(
        new ComplaintReplied(replied.Id, replied.Number, replied.Round, unit ?? replied.Unit!, replied.Topic, replied.Channel.ToString(), replied.ReporterId, handler, now), now);

    private void Publish(Complaint complaint, ReviewReply request, DateTimeOffset now)
    {
        if (!complaint.MayPublish || string.IsNullOrWhiteSpace(request.PublicText) || string.IsNullOrWhiteSpace(request.PublicReply))
            return;
        // Whoever must not know who asked could ask the lint, name after name.
        var name = complaint.ProtectedName is null || complaint.Identity == IdentityMode.Confidential ? null : cipher.Unprotect(complaint.ProtectedName, Complaint.NamePurpose);
        if (PublicText.IsPersonal(request.PublicText, name) || PublicText.IsPersonal(request.PublicReply, name))
            throw new RefusedException(ComplaintRefusals.PersonalDataInPublicText());
        complaint.Publish(request.PublicText.Trim(), request.PublicReply.Trim(), now);
        journal.Record(complaint, "Published", null, "处理结果已公开，没有您的个人信息");
    }
}

/// <summary>The lint with what it needs to know of a complaint.</summary>
internal sealed class ReplyCheck(PersonalDataCipher cipher, Rulebooks rulebooks, IMediator mediator)
{
    public async Task<IReadOnlyList<string>> Findings(Complaint complaint, string reply, CancellationToken ct)
    {
        var departments = await mediator.Send(new GetDepartments(), ct);
        string Title(string? code) => departments.FirstOrDefault(d => d.Code == code)?.Title ?? code ?? "";
        // Whoever must not know who asked could ask the lint, name after name.
        var name = complaint.ProtectedName is null || complaint.Identity == IdentityMode.Confidential ? null : cipher.Unprotect(complaint.ProtectedName, Complaint.NamePurpose);
        return ReplyLint.Findings(reply, new ReplyQuestion(cipher.Unprotect(complaint.ProtectedText, Complaint.TextPurpose), Title(complaint.Unit),
            [.. complaint.CoHandlers.Select(c => Title(c.Unit))], [.. departments.Select(d => d.Title)], await rulebooks.EmptyPhrases(ct), name));
    }
}
