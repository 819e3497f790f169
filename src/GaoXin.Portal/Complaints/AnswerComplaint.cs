using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints;

/// <summary>The citizen says something more on the own complaint (补充); an answer that was waited for ends the pause at once.</summary>
[ForAnyone]
public sealed record AnswerComplaint : ICommand
{
    /// <summary>诉求编号.</summary>
    public string Number { get; init; } = "";

    /// <summary>From the look-up, for who is not signed in.</summary>
    public string? Pass { get; init; }

    /// <summary>Up to 1000 characters.</summary>
    public string? Text { get; init; }

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(AnswerComplaint);
}

/// <summary>
/// The citizen asks for another round (要求重办) within 15 days after the reply; another person handles it. After two such rounds it is
/// supervised instead (督办).
/// </summary>
[ForAnyone]
public sealed record ReopenComplaint : ICommand<bool>
{
    /// <summary>诉求编号.</summary>
    public string Number { get; init; } = "";

    /// <summary>From the look-up, for who is not signed in.</summary>
    public string? Pass { get; init; }

    /// <summary>哪里没有解决.</summary>
    public string? Reason { get; init; }

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(ReopenComplaint);
}

internal sealed class AnswerComplaintValidator : AbstractValidator<AnswerComplaint>
{
    public AnswerComplaintValidator() => RuleFor(c => c.Text).NotEmpty().WithMessage("请写下要补充的话。").MaximumLength(1000).WithMessage("最多写 1000 个字。");
}

internal sealed class ReopenComplaintValidator : AbstractValidator<ReopenComplaint>
{
    public ReopenComplaintValidator() => RuleFor(c => c.Reason).Must(r => (r ?? "").Trim().Length >= 5).WithMessage("请写一句哪里没有解决，至少 5 个字。")
        .MaximumLength(500).WithMessage("最多写 500 个字。");
}

internal sealed class AnswerComplaintHandler(PortalDbContext db, OwnComplaints own, PersonalDataCipher cipher, ComplaintJournal journal, TimeProvider clock)
    : IRequestHandler<AnswerComplaint, Unit>
{
    public async Task<Unit> Handle(AnswerComplaint request, CancellationToken ct)
    {
        var complaint = await own.Lock(request.Number, request.Pass, ct);
        if (!complaint.IsOpen)
            throw new RefusedException(new Refusal("complaint.over", "这件诉求已经结束。没有解决的，请要求重办，或者重新反映。"));
        db.Add(Talk.Of(complaint, cipher, MessageFrom.Citizen, Guid.Empty, ComplaintJournal.Citizen, request.Text!, clock.GetUtcNow()));
        if (complaint.RunningSuspension?.Reason == SuspensionReason.WaitingForCitizen)
            await journal.Move(complaint, ComplaintAction.Resume, null, "您补充了情况，接着办理", ct);
        else
            journal.Record(complaint, "Answered");
        return Unit.Value;
    }
}

internal sealed class ReopenComplaintHandler(PortalDbContext db, OwnComplaints own, PersonalDataCipher cipher, Supervising supervising, TimeProvider clock)
    : IRequestHandler<ReopenComplaint, bool>
{
    public async Task<bool> Handle(ReopenComplaint request, CancellationToken ct)
    {
        var complaint = await own.Lock(request.Number, request.Pass, ct);
        db.Add(Talk.Of(complaint, cipher, MessageFrom.Citizen, Guid.Empty, ComplaintJournal.Citizen, $"要求重办：{request.Reason!.Trim()}", clock.GetUtcNow()));
        return await supervising.RedoOrSupervise(complaint, ct);
    }
}

/// <summary>重办, or 督办 when it was redone often enough.</summary>
internal sealed class Supervising(PortalDbContext db, ComplaintJournal journal, Rulebooks rulebooks, TimeProvider clock)
{
    /// <summary>True when a new round began, false when it is supervised from now on.</summary>
    public async Task<bool> RedoOrSupervise(Complaint complaint, CancellationToken ct)
    {
        var redone = complaint.RedoRounds >= (await rulebooks.Limits(ct)).RedoRounds && complaint.State is ComplaintState.Replied or ComplaintState.Closed;
        if (!redone)
        {
            await journal.Move(complaint, ComplaintAction.Reopen, null, "开始重办，换一位承办人", ct);
            return true;
        }

        await Open(complaint, "重办两次仍未解决", ct);
        return false;
    }

    /// <summary>One open order a complaint: a second reason adds nothing, and the answer is false.</summary>
    public async Task<bool> Open(Complaint complaint, string why, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var opened = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO complaints.supervisions (id, complaint_id, round, why, opened_at) VALUES ({Guid.CreateVersion7()}, {complaint.Id}, {complaint.Round}, {why}, {now})
            ON CONFLICT (complaint_id) WHERE closed_at IS NULL DO NOTHING
            """, ct);
        if (opened == 1)
            journal.Record(complaint, "Supervised", new { why }, "已转督办，由督办员盯着解决");
        return opened == 1;
    }
}
