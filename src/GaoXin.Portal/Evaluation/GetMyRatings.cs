using System.Globalization;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Evaluation;

/// <summary>The signed-in person's own services, rated or not, newest first (我的评价).</summary>
[ForCitizens]
public sealed record GetMyRatings(string? Cursor = null) : IQuery<Page<MyRating>>;

/// <summary>A service of mine.</summary>
public sealed record MyRating
{
    /// <summary>The event.</summary>
    public required Guid EventId { get; init; }

    /// <summary>What was done.</summary>
    public required ServiceEventKind Kind { get; init; }

    /// <summary>The item.</summary>
    public required string Title { get; init; }

    /// <summary>What it is known by.</summary>
    public required string Number { get; init; }

    /// <summary>How it went.</summary>
    public required ServiceOutcome Outcome { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Until when it can be rated; null when it cannot.</summary>
    public DateTimeOffset? RateBefore { get; init; }

    /// <summary>The rating; null when there is none.</summary>
    public RatingLevel? Level { get; init; }

    /// <summary>实名 or 匿名.</summary>
    public RaterIdentity? Identity { get; init; }

    /// <summary>The own words.</summary>
    public string? Comment { get; init; }

    /// <summary>The own 追评.</summary>
    public string? FollowUp { get; init; }

    /// <summary>A 追评 can be added.</summary>
    public bool MayFollowUp { get; init; }

    /// <summary>What became of a 差评.</summary>
    public RectificationAnswer? Answer { get; init; }
}

internal sealed class GetMyRatingsHandler(PortalDbContext db, ICurrentUser user, EvaluationRulebooks rulebooks, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<GetMyRatings, Page<MyRating>>
{
    private const int PageSize = 20;

    public async Task<Page<MyRating>> Handle(GetMyRatings request, CancellationToken ct)
    {
        var (now, rules) = (clock.GetUtcNow(), await rulebooks.Rules(ct));
        var own = db.ServiceEvents.AsNoTracking().Where(e => e.CitizenId == user.Id);
        if (EventCursor.Read(request.Cursor) is ({ } at, var id))
            own = own.Where(e => e.EndedAt <= at && (e.EndedAt < at || e.Id < id));
        var rows = await (from e in own
                          join r in db.ServiceRatings on e.Id equals r.EventId into ratings
                          from r in ratings.DefaultIfEmpty()
                          join f in db.FollowUps on e.Id equals f.EventId into added
                          from f in added.DefaultIfEmpty()
                          join c in db.Rectifications on e.Id equals c.EventId into bad
                          from c in bad.DefaultIfEmpty()
                          orderby e.EndedAt descending, e.Id descending
                          select new
                          {
                              Event = e,
                              Level = (RatingLevel?)r.Level,
                              Identity = (RaterIdentity?)r.Identity,
                              r.ProtectedComment,
                              RatedAt = (DateTimeOffset?)r.CreatedAt,
                              f.ProtectedText,
                              State = (RectificationState?)c.State,
                              c.DueAt,
                              c.FixText,
                              c.RulingText,
                          }).Take(PageSize + 1).ToListAsync(ct);
        string? Open(byte[]? secret, string purpose) => secret is null ? null : cipher.Unprotect(secret, purpose);
        return new Page<MyRating>(
            [.. rows.Take(PageSize).Select(r => new MyRating
            {
                EventId = r.Event.Id,
                Kind = r.Event.Kind,
                Title = r.Event.ItemTitle,
                Number = r.Event.Number,
                Outcome = r.Event.Outcome,
                EndedAt = r.Event.EndedAt,
                RateBefore = r.Level is null && r.Event.EndedAt.AddDays(rules.TokenDays) > now ? r.Event.EndedAt.AddDays(rules.TokenDays) : null,
                Level = r.Level,
                Identity = r.Identity,
                Comment = Open(r.ProtectedComment, ServiceRating.CommentPurpose),
                FollowUp = Open(r.ProtectedText, FollowUp.TextPurpose),
                MayFollowUp = r is { RatedAt: { } rated, ProtectedText: null } && rated.AddDays(rules.FollowUpDays) > now,
                Answer = RectificationAnswer.Of(r.State, r.DueAt, r.FixText, r.RulingText),
            })],
            rows.Count > PageSize ? EventCursor.Write(rows[PageSize - 1].Event.EndedAt, rows[PageSize - 1].Event.Id) : null);
    }
}

/// <summary>A place in a list by time and id.</summary>
internal static class EventCursor
{
    public static string Write(DateTimeOffset? at, Guid id) => $"{(at is { } time ? (time.UtcTicks / 10).ToString(CultureInfo.InvariantCulture) : "-")}.{id:N}";

    public static (DateTimeOffset? At, Guid Id)? Read(string? cursor)
    {
        var parts = cursor?.Split('.') ?? [];
        if (parts.Length != 2 || !Guid.TryParseExact(parts[1], "N", out var id))
            return null;
        return long.TryParse(parts[0], CultureInfo.InvariantCulture, out var micro) && micro is > 0 and < 300_000_000_000_000_000 ? (new DateTimeOffset(micro * 10, TimeSpan.Zero), id) : (null, id);
    }
}
