using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Complaints;

/// <summary>
/// Withdraws a complaint (撤回): the citizen only, with the own code, and a reason is asked for. Staff are refused whatever they send.
/// A wrong code is an outcome, not an exception: the try must stay counted.
/// </summary>
[ForAnyone]
public sealed record WithdrawComplaint : ICommand<WithdrawOutcome>
{
    /// <summary>诉求编号.</summary>
    public string Number { get; init; } = "";

    /// <summary>撤回码.</summary>
    public string? Code { get; init; }

    /// <summary>为什么撤回.</summary>
    public string? Reason { get; init; }

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(WithdrawComplaint);
}

/// <summary>Null when it is withdrawn.</summary>
public sealed record WithdrawOutcome(Refusal? Refusal);

internal sealed class WithdrawComplaintValidator : AbstractValidator<WithdrawComplaint>
{
    public WithdrawComplaintValidator()
    {
        RuleFor(c => c.Code).NotEmpty().WithMessage("请填 8 位撤回码。").MaximumLength(20).WithMessage("撤回码是 8 位。");
        RuleFor(c => c.Reason).NotEmpty().WithMessage("请写一句为什么撤回，比如“已经解决了”。").MaximumLength(200).WithMessage("原因最多写 200 个字。");
    }
}

internal sealed class WithdrawComplaintHandler(PortalDbContext db, ComplaintProofs proofs, PersonalDataCipher cipher, ComplaintJournal journal, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<WithdrawComplaint, WithdrawOutcome>
{
    public async Task<WithdrawOutcome> Handle(WithdrawComplaint request, CancellationToken ct)
    {
        if (user.IsStaff)
            return new WithdrawOutcome(ComplaintRefusals.StaffNeverWithdraw());
        var (id, refusal) = await proofs.OpenByCode(ComplaintNumber.Normalise(request.Number) ?? "", request.Code!, ct);
        if (id is not { } found)
            return new WithdrawOutcome(refusal);
        var own = (await db.LockComplaint(found, ct))!;
        await journal.Move(own, ComplaintAction.Withdraw, null, "您撤回了这件诉求", ct);
        db.Add(Talk.Of(own, cipher, MessageFrom.Citizen, Guid.Empty, ComplaintJournal.Citizen, $"撤回原因：{request.Reason!.Trim()}", clock.GetUtcNow()));
        db.Raise(new ComplaintEnded(own.Id, own.Number, nameof(ComplaintState.Withdrawn)), clock.GetUtcNow());
        return new WithdrawOutcome(null);
    }
}

internal static class Talk
{
    public static ComplaintMessage Of(
        Complaint about, PersonalDataCipher cipher, MessageFrom from, Guid authorId, string author, string text, DateTimeOffset now, bool forCitizen = true) => new()
        {
            ComplaintId = about.Id,
            From = from,
            AuthorId = authorId,
            Author = author,
            At = now,
            ProtectedText = cipher.Protect(text.Trim(), ComplaintMessage.Purpose),
            ForCitizen = forCitizen,
        };
}
