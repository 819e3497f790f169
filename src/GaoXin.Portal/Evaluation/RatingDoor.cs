using FluentValidation;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation;

/// <summary>A token for the signed-in person's own service event, or for the 追评 of the own rating. Not there and not yours look alike.</summary>
[ForCitizens]
public sealed record InviteMyself(Guid EventId, InvitationPurpose Purpose) : ICommand<string>;

/// <summary>A token for the last reply to the own complaint, by the account or by the pass of the look-up.</summary>
[ForAnyone]
public sealed record InviteByComplaint(string Number, string? Pass) : ICommand<string>
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(InviteByComplaint);
}

/// <summary>A token for the visit of the ticket in hand, by the code of its page.</summary>
[ForAnyone]
public sealed record InviteByTicket(string? Code) : ICommand<string>
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(InviteByTicket);
}

/// <summary>
/// A token for a visit of today, from the QR code at a window: number and 评价码 of the ticket. Whatever window's code was scanned, the
/// rating belongs to the ticket. Wrong and unknown are answered alike; after some tries the network waits. A wrong try is an outcome,
/// not an exception: it must stay counted.
/// </summary>
[ForAnyone]
public sealed record InviteAtWindow : ICommand<InviteOutcome>
{
    /// <summary>排队号, for example C037.</summary>
    public string? Number { get; init; }

    /// <summary>评价码: six characters.</summary>
    public string? Code { get; init; }

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(InviteAtWindow);
}

/// <summary>The token, or why not.</summary>
public sealed record InviteOutcome(string? Token, Refusal? Refusal)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(InviteOutcome);
}

/// <summary>The event of the own case, complaint or ticket that waits for a rating; null when none does. For staff there is never one.</summary>
[ForAnyone]
public sealed record GetWaitingRating(ServiceEventKind Kind, Guid RootRef) : IQuery<WaitingRating?>;

/// <summary>An event that waits for a rating.</summary>
public sealed record WaitingRating(Guid EventId, string Title, DateTimeOffset EndedAt, DateTimeOffset Until);

internal sealed class InviteAtWindowValidator : AbstractValidator<InviteAtWindow>
{
    public InviteAtWindowValidator()
    {
        RuleFor(c => c.Number).Must(n => Text.Compact(n).Length is >= 2 and <= 8).WithMessage("请填排队号，像 C037。");
        RuleFor(c => c.Code).Must(c => Text.Compact(c).Length == ProveTicket.ShortLength).WithMessage($"评价码是 {ProveTicket.ShortLength} 位，在票上和手机取号页上。");
    }
}

/// <summary>Hands tokens to people and takes them back, once each. A member of staff comes through no door, whatever he holds.</summary>
internal sealed class RatingDoor(PortalDbContext db, PersonalDataCipher cipher, EvaluationRulebooks rulebooks, ICurrentUser user, TimeProvider clock)
{
    public void MustNotBeStaff()
    {
        if (user.IsStaff)
            throw new NotFoundException("invitation");
    }

    /// <summary>The newest event of something that ended; refused when it is rated or too old.</summary>
    public async Task<string> Rate(ServiceEventKind kind, Guid rootRef, InvitationDoor door, CancellationToken ct)
    {
        var newest = await db.ServiceEvents.AsNoTracking().Where(e => e.Kind == kind && e.RootRef == rootRef).OrderByDescending(e => e.EndedAt).FirstOrDefaultAsync(ct)
            ?? throw new RefusedException(EvaluationRefusals.NotServedYet());
        return await Rate(newest, door, ct);
    }

    public async Task<string> Rate(ServiceEvent about, InvitationDoor door, CancellationToken ct)
    {
        var (now, rules) = (clock.GetUtcNow(), await rulebooks.Rules(ct));
        if (await db.ServiceRatings.AnyAsync(r => r.EventId == about.Id, ct))
            throw new RefusedException(EvaluationRefusals.RatedAlready());
        var last = about.EndedAt.AddDays(rules.TokenDays);
        if (last <= now)
            throw new RefusedException(EvaluationRefusals.TooLate(rules.TokenDays));
        return Issue(about.Id, InvitationPurpose.Rate, door, last, now);
    }

    public async Task<string> FollowUp(Guid eventId, InvitationDoor door, CancellationToken ct)
    {
        var (now, rules) = (clock.GetUtcNow(), await rulebooks.Rules(ct));
        return Issue(eventId, InvitationPurpose.FollowUp, door, now.AddDays(rules.FollowUpDays), now);
    }

    /// <summary>The event of a token that can still be used; null for used, expired, foreign and unknown alike.</summary>
    public async Task<ServiceEvent?> Look(string? token, InvitationPurpose purpose, CancellationToken ct)
    {
        if (user.IsStaff || InvitationToken.Hash(cipher, token) is not { } hash)
            return null;
        var now = clock.GetUtcNow();
        return await (from i in db.Invitations.AsNoTracking()
                      join e in db.ServiceEvents.AsNoTracking() on i.EventId equals e.Id
                      where i.TokenHash == hash && i.Purpose == purpose && i.UsedAt == null && i.ExpiresAt > now
                      select e).SingleOrDefaultAsync(ct);
    }

    /// <summary>Uses the token up and locks its event. Of many at once one gets through.</summary>
    public async Task<(ServiceEvent Event, InvitationDoor Door)> Use(string? token, InvitationPurpose purpose, CancellationToken ct)
    {
        MustNotBeStaff();
        var hash = InvitationToken.Hash(cipher, token) ?? throw new NotFoundException("invitation");
        var (now, wanted) = (clock.GetUtcNow(), purpose.ToString());
        var used = await db.Invitations.FromSql($"""
            UPDATE evaluation.invitations SET used_at = {now}
            WHERE token_hash = {hash} AND purpose = {wanted} AND used_at IS NULL AND expires_at > {now} RETURNING *
            """).AsNoTracking().ToListAsync(ct);
        if (used is not [var invitation])
            throw new NotFoundException("invitation");
        return (await db.LockServiceEvent(invitation.EventId, ct), invitation.Door);
    }

    private string Issue(Guid eventId, InvitationPurpose purpose, InvitationDoor door, DateTimeOffset expires, DateTimeOffset now)
    {
        var token = InvitationToken.New();
        db.Add(new Invitation { TokenHash = InvitationToken.Hash(cipher, token)!, EventId = eventId, Purpose = purpose, Door = door, IssuedAt = now, ExpiresAt = expires });
        return token;
    }
}

internal sealed class InviteMyselfHandler(PortalDbContext db, RatingDoor door, ICurrentUser user, EvaluationRulebooks rulebooks, TimeProvider clock) : IRequestHandler<InviteMyself, string>
{
    public async Task<string> Handle(InviteMyself request, CancellationToken ct)
    {
        var own = await db.ServiceEvents.AsNoTracking().SingleOrDefaultAsync(e => e.Id == request.EventId && e.CitizenId == user.Id, ct).OrNotFound("service event");
        if (request.Purpose == InvitationPurpose.Rate)
            return await door.Rate(own, InvitationDoor.Account, ct);
        var rated = await db.ServiceRatings.AsNoTracking().SingleOrDefaultAsync(r => r.EventId == own.Id, ct).OrNotFound("rating");
        var days = (await rulebooks.Rules(ct)).FollowUpDays;
        if (rated.CreatedAt.AddDays(days) <= clock.GetUtcNow())
            throw new RefusedException(EvaluationRefusals.TooLate(days));
        if (await db.FollowUps.AnyAsync(f => f.EventId == own.Id, ct))
            throw new RefusedException(EvaluationRefusals.FollowedUpAlready());
        return await door.FollowUp(own.Id, InvitationDoor.Account, ct);
    }
}

internal sealed class InviteByComplaintHandler(RatingDoor door, IMediator mediator) : IRequestHandler<InviteByComplaint, string>
{
    public async Task<string> Handle(InviteByComplaint request, CancellationToken ct)
    {
        door.MustNotBeStaff();
        var own = await mediator.Send(new GetComplaintTrack(request.Number, request.Pass), ct);
        return await door.Rate(ServiceEventKind.Complaint, own.Id, InvitationDoor.Pass, ct);
    }
}

internal sealed class InviteByTicketHandler(RatingDoor door, IMediator mediator) : IRequestHandler<InviteByTicket, string>
{
    public async Task<string> Handle(InviteByTicket request, CancellationToken ct)
    {
        door.MustNotBeStaff();
        var ticket = await mediator.Send(new ProveTicket(request.Code), ct) ?? throw new NotFoundException("ticket");
        return await door.Rate(ServiceEventKind.Ticket, ticket, InvitationDoor.Ticket, ct);
    }
}

internal sealed class InviteAtWindowHandler(RatingDoor door, IGuessing guessing, IMediator mediator) : IRequestHandler<InviteAtWindow, InviteOutcome>
{
    /// <summary>The hall's own network is one for all in it.</summary>
    private static readonly GuessRule Rule = new("rating-ticket", 5, TimeSpan.FromHours(1)) { TriesOfNetwork = 300, SlowAfter = 30 };

    public async Task<InviteOutcome> Handle(InviteAtWindow request, CancellationToken ct)
    {
        door.MustNotBeStaff();
        var number = Text.Compact(request.Number).ToUpperInvariant();
        if (!await guessing.Take(Rule, number, ct))
            return new InviteOutcome(null, EvaluationRefusals.TooManyTries());
        if (await mediator.Send(new ProveTicket(request.Code, number), ct) is not { } ticket)
            return new InviteOutcome(null, EvaluationRefusals.NoSuchTicket());
        await guessing.Right(Rule, number, ct);
        try
        {
            return new InviteOutcome(await door.Rate(ServiceEventKind.Ticket, ticket, InvitationDoor.Window, ct), null);
        }
        catch (RefusedException refused)
        {
            return new InviteOutcome(null, refused.Refusals[0]);
        }
    }
}

internal sealed class GetWaitingRatingHandler(PortalDbContext db, ICurrentUser user, EvaluationRulebooks rulebooks, TimeProvider clock) : IRequestHandler<GetWaitingRating, WaitingRating?>
{
    public async Task<WaitingRating?> Handle(GetWaitingRating request, CancellationToken ct)
    {
        if (user.IsStaff)
            return null;
        var (now, days) = (clock.GetUtcNow(), (await rulebooks.Rules(ct)).TokenDays);
        var ratings = db.ServiceRatings;
        var newest = await db.ServiceEvents.AsNoTracking().Where(e => e.Kind == request.Kind && e.RootRef == request.RootRef).OrderByDescending(e => e.EndedAt)
            .Select(e => new { e.Id, e.ItemTitle, e.EndedAt, Rated = ratings.Any(r => r.EventId == e.Id) }).FirstOrDefaultAsync(ct);
        return newest is { Rated: false } && newest.EndedAt.AddDays(days) > now ? new WaitingRating(newest.Id, newest.ItemTitle, newest.EndedAt, newest.EndedAt.AddDays(days)) : null;
    }
}
