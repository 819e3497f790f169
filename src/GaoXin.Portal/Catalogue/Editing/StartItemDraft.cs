using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>
/// Opens the draft of an item's next version, with the content of its newest version. There is one open draft an item: a
/// second start answers the first one's id. Not found when there is no such item.
/// </summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record StartItemDraft(string Code) : ICommand<Guid>;

internal sealed class StartItemDraftHandler(PortalDbContext db, ICurrentUser user, ItemPublisher publisher, ItemJournal journal, TimeProvider clock)
    : IRequestHandler<StartItemDraft, Guid>
{
    public async Task<Guid> Handle(StartItemDraft request, CancellationToken ct)
    {
        await db.LockItem(request.Code, ct);
        if (await db.OpenDraft(request.Code, ct) is { } open)
            return open.Id;
        var newest = await publisher.Newest(request.Code, ct).OrNotFound("item");
        if (ServiceReader.FromStored(newest.Content, newest.Hash).Bundle is not null)
            throw new RefusedException(EditingRefusals.ComposedOfOthers());
        var draft = new ItemDraft { Code = newest.Code, BaseVersion = newest.Version };
        draft.Write(ItemDocument.Parse(newest.Content), user, clock.GetUtcNow());
        db.Add(draft);
        journal.Record(draft.Code, ItemEventKind.Started, $"从第 {newest.Version} 版", newest.Version);
        return draft.Id;
    }
}

internal static class DraftRows
{
    /// <summary>One start at a time an item.</summary>
    public static Task LockItem(this PortalDbContext db, string code, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"item:{code}"}, 0))", ct);

    public static Task<ItemDraft?> OpenDraft(this PortalDbContext db, string code, CancellationToken ct) =>
        db.ItemDrafts.SingleOrDefaultAsync(d => d.Code == code && (d.Status == DraftStatus.Draft || d.Status == DraftStatus.Submitted || d.Status == DraftStatus.Reviewed), ct);

    /// <summary>The draft for a change, nobody else's at the same time. Refused: it stands and falls with its import.</summary>
    public static async Task<ItemDraft> LockDraft(this PortalDbContext db, Guid id, CancellationToken ct)
    {
        var draft = await db.ItemDrafts.FromSql($"SELECT * FROM catalogue.item_drafts WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct).OrNotFound("draft");
        return draft.ImportId is null || !draft.IsOpen ? draft : throw new RefusedException(EditingRefusals.PartOfImport());
    }
}
