using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>One item with all its versions and what was done to it. Not found when there is none.</summary>
[ForStaff(Roles.CatalogueEditor, Roles.Auditor)]
public sealed record GetCatalogueItem(string Code) : IQuery<CatalogueItem>;

/// <summary>版本对比: the elements that differ between two versions. Not found when one is missing.</summary>
[ForStaff(Roles.CatalogueEditor, Roles.Auditor)]
public sealed record GetVersionDiff(string Code, int From, int To) : IQuery<VersionDiff>;

/// <summary>An item for its editors.</summary>
public sealed record CatalogueItem(string Code, string Title, IReadOnlyList<ItemVersionLine> Versions, IReadOnlyList<ItemHistoryLine> History)
{
    /// <summary>The open draft.</summary>
    public Guid? DraftId { get; init; }

    /// <summary>Where it stands.</summary>
    public DraftStatus? Draft { get; init; }

    /// <summary>认领: from whose list, by which document, by whom and when; null for an item of the zone's own.</summary>
    public ClaimRecord? Claim { get; init; }

    /// <summary>The version in force.</summary>
    public ItemVersionLine? InForce => Versions.FirstOrDefault(v => v.InForce);
}

/// <summary>认领记录.</summary>
public sealed record ClaimRecord(string From, string Document, string By, DateTimeOffset At);

/// <summary>A version as listed, newest first.</summary>
public sealed record ItemVersionLine(
    int Version, DateOnly EffectiveFrom, VersionOrigin Origin, string? WrittenBy, string? PublishedBy, DateTimeOffset PublishedAt, bool Cancelled, bool Withdrawn, bool InForce);

/// <summary>What was done to an item.</summary>
public sealed record ItemHistoryLine(ItemEventKind Kind, string By, DateTimeOffset At, int? Version, string? Detail);

/// <summary>Two versions and what differs.</summary>
public sealed record VersionDiff(string Code, string Title, int From, int To, IReadOnlyList<ElementChange> Changes);

internal sealed class GetCatalogueItemHandler(PortalDbContext db, IMediator mediator, TimeProvider clock)
    : IRequestHandler<GetCatalogueItem, CatalogueItem>, IRequestHandler<GetVersionDiff, VersionDiff>
{
    private const int LongestHistory = 100;

    public async Task<CatalogueItem> Handle(GetCatalogueItem request, CancellationToken ct)
    {
        var today = clock.Today();
        var current = await db.ServicesInForce(today).Where(v => v.Code == request.Code).Select(v => (int?)v.Version).SingleOrDefaultAsync(ct);
        var versions = await db.ServiceVersions.AsNoTracking().Where(v => v.Code == request.Code).OrderByDescending(v => v.Version)
            .Select(v => new { v.Title, Line = new ItemVersionLine(v.Version, v.EffectiveFrom, v.Origin, v.WrittenByName, v.PublishedByName, v.LoadedAt, v.Cancelled, v.WithdrawnAt != null, v.Version == current) }).ToListAsync(ct);
        var draft = await db.OpenDraft(request.Code, ct);
        if (versions.Count == 0 && draft is null)
            throw new NotFoundException("item");
        var history = await db.ItemEvents.Where(e => e.Code == request.Code).OrderByDescending(e => e.Id).Take(LongestHistory)
            .Select(e => new ItemHistoryLine(e.Kind, e.ByName, e.At, e.Version, e.Detail)).ToListAsync(ct);
        var claim = await db.ItemClaims.Where(c => c.Code == request.Code).Select(c => new ClaimRecord(c.From, c.Document, c.ClaimedByName, c.ClaimedAt)).SingleOrDefaultAsync(ct);
        return new CatalogueItem(request.Code, versions.FirstOrDefault()?.Title ?? draft!.Title, [.. versions.Select(v => v.Line)], history)
        {
            DraftId = draft?.Id,
            Draft = draft?.Status,
            Claim = claim,
        };
    }

    public async Task<VersionDiff> Handle(GetVersionDiff request, CancellationToken ct)
    {
        var (from, to) = (await Content(request.Code, request.From, ct), await Content(request.Code, request.To, ct));
        return new VersionDiff(request.Code, to.Title, request.From, request.To, ItemDiff.Between(from, to, await mediator.Send(new GetItemNames(), ct)));
    }

    private async Task<ItemDocument> Content(string code, int version, CancellationToken ct) =>
        ItemDocument.Parse(await db.ServiceVersions.Where(v => v.Code == code && v.Version == version).Select(v => v.Content).SingleOrDefaultAsync(ct).OrNotFound("version"));
}
