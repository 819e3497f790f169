using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation;

/// <summary>追评: one more text beside the own rating, once. The rating stays as it is.</summary>
[ForAnyone]
public sealed record AddFollowUp : ICommand
{
    /// <summary>追评凭证.</summary>
    public string? Token { get; init; }

    /// <summary>What there is to add.</summary>
    public string? Text { get; init; }

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(AddFollowUp);
}

/// <summary>The own rating that a token for the 追评 is about. Not found for a used, expired, foreign or unknown one.</summary>
[ForAnyone]
public sealed record GetFollowUpForm(string? Token) : IQuery<FollowUpForm>
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(GetFollowUpForm);
}

/// <summary>The own rating, and what was done since.</summary>
public sealed record FollowUpForm(string Title, DateTimeOffset EndedAt, RatingLevel Level, RectificationAnswer? Answer, DateTimeOffset Until);

/// <summary>What became of a 差评, in words for the person.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="DueAt">What is due next; null after the end.</param>
/// <param name="Text">What was done, or why it does not count; null before the end.</param>
public sealed record RectificationAnswer(RectificationState State, DateTimeOffset? DueAt, string? Text)
{
    internal static RectificationAnswer? Of(RectificationState? state, DateTimeOffset? due, string? fix, string? ruling) => state switch
    {
        null => null,
        RectificationState.Closed => new RectificationAnswer(RectificationState.Closed, null, fix),
        RectificationState.Excluded => new RectificationAnswer(RectificationState.Excluded, null, ruling),
        { } open => new RectificationAnswer(open, due, null),
    };
}

internal sealed class AddFollowUpValidator : AbstractValidator<AddFollowUp>
{
    public AddFollowUpValidator() => RuleFor(c => c.Text).Must(t => (t ?? "").Trim().Length >= 2).WithMessage("请写要补充的话。")
        .MaximumLength(RateServiceValidator.LongestComment).WithMessage($"最多写 {RateServiceValidator.LongestComment} 个字。");
}

internal sealed class GetFollowUpFormHandler(PortalDbContext db, RatingDoor door, PersonalDataCipher cipher) : IRequestHandler<GetFollowUpForm, FollowUpForm>
{
    public async Task<FollowUpForm> Handle(GetFollowUpForm request, CancellationToken ct)
    {
        var about = await door.Look(request.Token, InvitationPurpose.FollowUp, ct).OrNotFound("invitation");
        var hash = InvitationToken.Hash(cipher, request.Token)!;
        var found = await (from i in db.Invitations
                           join r in db.ServiceRatings on i.EventId equals r.EventId
                           join c in db.Rectifications on r.EventId equals c.EventId into bad
                           from c in bad.DefaultIfEmpty()
                           where i.TokenHash == hash
                           select new { r.Level, i.ExpiresAt, State = (RectificationState?)c.State, c.DueAt, c.FixText, c.RulingText }).SingleAsync(ct);
        return new FollowUpForm(about.ItemTitle, about.EndedAt, found.Level, RectificationAnswer.Of(found.State, found.DueAt, found.FixText, found.RulingText), found.ExpiresAt);
    }
}

internal sealed class AddFollowUpHandler(PortalDbContext db, RatingDoor door, PersonalDataCipher cipher, TimeProvider clock) : IRequestHandler<AddFollowUp, Unit>
{
    public async Task<Unit> Handle(AddFollowUp request, CancellationToken ct)
    {
        var (about, _) = await door.Use(request.Token, InvitationPurpose.FollowUp, ct);
        if (await db.FollowUps.AnyAsync(f => f.EventId == about.Id, ct))
            throw new RefusedException(EvaluationRefusals.FollowedUpAlready());
        db.Add(new FollowUp { EventId = about.Id, ProtectedText = cipher.Protect(request.Text!.Trim(), FollowUp.TextPurpose), CreatedAt = clock.GetUtcNow() });
        return Unit.Value;
    }
}
