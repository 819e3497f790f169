using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation;

/// <summary>
/// Rates one service (评价), with the token that only the person has. Never changed afterwards. A 差评 opens its rectification in the
/// same transaction. Used, expired, foreign and unknown tokens are not found alike. The answer is a token for one 追评.
/// </summary>
[ForAnyone]
public sealed record RateService : ICommand<string>
{
    /// <summary>评价凭证.</summary>
    public string? Token { get; init; }

    /// <summary>五级之一; none is chosen beforehand.</summary>
    public RatingLevel? Level { get; init; }

    /// <summary>Which sides, the same for every level.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>In the person's own words.</summary>
    public string? Comment { get; init; }

    /// <summary>实名 or 匿名; neither is chosen beforehand.</summary>
    public RaterIdentity? Identity { get; init; }

    /// <summary>Where to call back; only with 实名.</summary>
    public string? Phone { get; init; }

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(RateService);
}

/// <summary>What a token is about. Not found for a used, expired, foreign or unknown one.</summary>
[ForAnyone]
public sealed record GetRatingForm(string? Token) : IQuery<RatingForm>
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(GetRatingForm);
}

/// <summary>The service to be rated. Nothing about the person.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Title">The item.</param>
/// <param name="Unit">Who did it.</param>
/// <param name="Window">At which window.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="EndedAt">When.</param>
/// <param name="HasAccount">The account's telephone is known.</param>
/// <param name="Reasons">To tick.</param>
/// <param name="CallDays">Working days until the call back after a 差评: claim and call.</param>
/// <param name="FixDays">Working days of the rectification.</param>
public sealed record RatingForm(
    ServiceEventKind Kind, string Title, string Unit, int? Window, ServiceOutcome Outcome, DateTimeOffset EndedAt, bool HasAccount, IReadOnlyList<RatingReason> Reasons, int CallDays, int FixDays);

internal sealed class RateServiceValidator : AbstractValidator<RateService>
{
    public const int LongestComment = 500;

    public RateServiceValidator()
    {
        RuleFor(c => c.Level).NotNull().WithMessage("请选一个，五个都一样算数。").IsInEnum().WithMessage("请从五个里选一个。");
        RuleFor(c => c.Identity).NotNull().WithMessage("请选实名还是匿名。").IsInEnum().WithMessage("请选实名还是匿名。");
        RuleFor(c => c.Comment).MaximumLength(LongestComment).WithMessage($"最多写 {LongestComment} 个字。");
        RuleFor(c => c.Reasons).Must(r => r.Count <= 20).WithMessage("请从列出的方面里选。");
        RuleFor(c => c.Phone).Must(p => MobileNumber.TryParse(p, out _)).When(c => c.Identity == RaterIdentity.Named && !string.IsNullOrWhiteSpace(c.Phone)).WithMessage("手机号要 11 位，比如 138 0000 0000。不想留就空着。");
    }
}

internal sealed class GetRatingFormHandler(RatingDoor door, EvaluationRulebooks rulebooks, IMediator mediator) : IRequestHandler<GetRatingForm, RatingForm>
{
    public async Task<RatingForm> Handle(GetRatingForm request, CancellationToken ct)
    {
        var about = await door.Look(request.Token, InvitationPurpose.Rate, ct).OrNotFound("invitation");
        var (rules, units) = (await rulebooks.Rules(ct), await mediator.Send(new GetDepartments(), ct));
        return new RatingForm(about.Kind, about.ItemTitle, units.TitleOf(about.Unit), about.Window, about.Outcome, about.EndedAt, about.CitizenId is not null, rules.Reasons,
            rules.ClaimDays + rules.CallDays, rules.FixDays);
    }
}

internal sealed class RateServiceHandler(
    PortalDbContext db, RatingDoor door, EvaluationRulebooks rulebooks, RectificationJournal journal, Improvements improvements, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<RateService, string>
{
    public async Task<string> Handle(RateService request, CancellationToken ct)
    {
        var (about, through) = await door.Use(request.Token, InvitationPurpose.Rate, ct);
        if (await db.ServiceRatings.AnyAsync(r => r.EventId == about.Id, ct))
            throw new RefusedException(EvaluationRefusals.RatedAlready());
        var time = await rulebooks.Time(ct);
        var reasons = request.Reasons.Where(r => r.Length > 0).Distinct().ToArray();
        if (reasons.Except(time.Rules.Reasons.Select(r => r.Code)).Any())
            throw new RefusedException(EvaluationRefusals.UnknownReason());
        var named = request.Identity == RaterIdentity.Named;
        var rating = new ServiceRating
        {
            EventId = about.Id,
            Level = request.Level!.Value,
            Reasons = reasons,
            ProtectedComment = string.IsNullOrWhiteSpace(request.Comment) ? null : cipher.Protect(request.Comment.Trim(), ServiceRating.CommentPurpose),
            Identity = request.Identity!.Value,
            ProtectedPhone = named && MobileNumber.TryParse(request.Phone, out var phone) ? cipher.Protect(phone.Digits, ServiceRating.PhonePurpose) : null,
            Door = through,
            CreatedAt = clock.GetUtcNow(),
        };
        db.Add(rating);
        if (rating.IsBad)
            await Rectify(about, rating, time, ct);
        return await door.FollowUp(about.Id, InvitationDoor.AfterRating, ct);
    }

    private async Task Rectify(ServiceEvent about, ServiceRating rating, EvaluationTime time, CancellationToken ct)
    {
        var opened = Rectification.Of(about, rating, time);
        db.Add(opened);
        journal.Record(opened, "Opened");
        await improvements.Watch(about, rating, time, ct);
    }
}

internal static class UnitTitles
{
    public static string TitleOf(this IReadOnlyList<Department> units, string code) => units.FirstOrDefault(u => u.Code == code)?.Title ?? code;
}
