using System.Globalization;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>简易注销公告, the newest first, 20 a page. With a text of two characters and more only those of a company whose name has it, or with this credit code.</summary>
[ForAnyone]
public sealed record GetDeregistrationNotices(string? Search = null, string? After = null) : IQuery<Page<DeregistrationNoticeSummary>>;

/// <summary>A notice in a list.</summary>
/// <param name="Id">The notice.</param>
/// <param name="Name">The company.</param>
/// <param name="CreditCode">统一社会信用代码.</param>
/// <param name="PublishedOn">First day.</param>
/// <param name="EndsOn">Last day on which somebody may object.</param>
/// <param name="State">Where it stands today.</param>
public sealed record DeregistrationNoticeSummary(Guid Id, string Name, string CreditCode, DateOnly PublishedOn, DateOnly EndsOn, DeregistrationNoticeState State);

/// <summary>One notice. Why somebody objected is told to those only who may act for the company.</summary>
[ForAnyone]
public sealed record GetDeregistrationNotice(Guid Id) : IQuery<DeregistrationNoticeView>;

/// <summary>A notice with its days.</summary>
/// <param name="Notice">As in the list.</param>
/// <param name="ApplyUntil">The last day to apply for the deregistration.</param>
/// <param name="Objections">How many objected.</param>
/// <param name="Reasons">Why they did; empty for the public.</param>
public sealed record DeregistrationNoticeView(DeregistrationNoticeSummary Notice, DateOnly ApplyUntil, int Objections, IReadOnlyList<string> Reasons)
{
    /// <summary>True while an objection is taken, also a second one.</summary>
    public required bool TakesObjections { get; init; }

    /// <summary>When the person who asks objected; null for others.</summary>
    public DateTimeOffset? ObjectedByMeAt { get; init; }
}

internal sealed class GetDeregistrationNoticesHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<GetDeregistrationNotices, Page<DeregistrationNoticeSummary>>
{
    private const int PageSize = 20;
    private const int LongestSearch = 60;

    public async Task<Page<DeregistrationNoticeSummary>> Handle(GetDeregistrationNotices request, CancellationToken ct)
    {
        var notices = db.DeregistrationNotices.AsNoTracking();
        if (request.Search?.Trim() is { Length: > 0 and <= LongestSearch } search)
            notices = Found(notices, search);
        if (Cursor(request.After) is var (day, id))
            notices = notices.Where(n => n.PublishedOn < day || (n.PublishedOn == day && n.Id.CompareTo(id) < 0));
        var found = await notices.OrderByDescending(n => n.PublishedOn).ThenByDescending(n => n.Id).Take(PageSize + 1).ToListAsync(ct);
        var today = clock.Today();
        var next = found.Count > PageSize ? found[PageSize - 1] : null;
        return new Page<DeregistrationNoticeSummary>([.. found.Take(PageSize).Select(n => Summary(n, today))], next is null ? null : $"{next.PublishedOn:yyyy-MM-dd}_{next.Id}");
    }

    /// <summary>The pairs find the few that can match through their index, and the name itself says which do.</summary>
    internal static IQueryable<DeregistrationNotice> Found(IQueryable<DeregistrationNotice> notices, string search)
    {
        if (CreditCode.TryParse(search, out var code))
            return notices.Where(n => n.CreditCode == code.Code);
        var compact = Text.Compact(search);
        var grams = Text.Pairs(compact);
        return compact.Length < 2 ? notices.Where(n => false) : notices.Where(n => grams.All(g => n.NameGrams.Contains(g)) && n.Name.Contains(compact));
    }

    internal static DeregistrationNoticeSummary Summary(DeregistrationNotice notice, DateOnly today) =>
        new(notice.Id, notice.Name, notice.CreditCode, notice.PublishedOn, notice.EndsOn, notice.StateOn(today));

    private static (DateOnly Day, Guid Id)? Cursor(string? text) => text?.Split('_') is [var day, var id]
        && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) && Guid.TryParse(id, out var last) ? (parsed, last) : null;
}

internal sealed class GetDeregistrationNoticeHandler(PortalDbContext db, ICurrentUser user, Identity.IPeople people, PersonalDataCipher cipher, TimeProvider clock)
    : IRequestHandler<GetDeregistrationNotice, DeregistrationNoticeView>
{
    private const int MostReasons = 20;

    public async Task<DeregistrationNoticeView> Handle(GetDeregistrationNotice request, CancellationToken ct)
    {
        var notice = await db.DeregistrationNotices.AsNoTracking().SingleOrDefaultAsync(n => n.Id == request.Id, ct).OrNotFound("notice");
        var objections = notice.ObjectedAt is null ? 0 : await db.DeregistrationObjections.CountAsync(o => o.NoticeId == notice.Id, ct);
        return new DeregistrationNoticeView(GetDeregistrationNoticesHandler.Summary(notice, clock.Today()), notice.ApplyUntil, objections, objections == 0 ? [] : await Reasons(notice, ct))
        {
            TakesObjections = notice.TakesObjections(clock.Today()),
            ObjectedByMeAt = objections == 0 || !user.IsSignedIn ? null
                : await db.DeregistrationObjections.Where(o => o.NoticeId == notice.Id && o.AccountId == user.Id).Select(o => (DateTimeOffset?)o.At).SingleOrDefaultAsync(ct),
        };
    }

    private async Task<IReadOnlyList<string>> Reasons(DeregistrationNotice notice, CancellationToken ct)
    {
        if (!user.IsSignedIn || user.IsStaff || !await people.MayActFor(user.Id, notice.CreditCode, null, ct))
            return [];
        var secrets = await db.DeregistrationObjections.Where(o => o.NoticeId == notice.Id).OrderBy(o => o.At).Take(MostReasons).Select(o => o.ReasonSecret).ToListAsync(ct);
        return [.. secrets.Select(s => cipher.Unprotect(s, DeregistrationObjection.Purpose))];
    }
}
