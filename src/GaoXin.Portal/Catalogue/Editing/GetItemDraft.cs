using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>A draft with its values, what differs from the newest version and what is wrong. Not found when there is none.</summary>
[ForStaff(Roles.CatalogueEditor, Roles.Auditor)]
public sealed record GetItemDraft(Guid DraftId) : IQuery<DraftView>;

/// <summary>预览: the draft as a citizen would see it. Refused while a fault is left.</summary>
[ForStaff(Roles.CatalogueEditor, Roles.Auditor)]
public sealed record PreviewItemDraft(Guid DraftId) : IQuery<GuideView>;

/// <summary>A draft for its editors.</summary>
public sealed record DraftView
{
    /// <summary>The draft.</summary>
    public required Guid Id { get; init; }

    /// <summary>The item.</summary>
    public required string Code { get; init; }

    /// <summary>Its name in the draft.</summary>
    public required string Title { get; init; }

    /// <summary>Where it stands.</summary>
    public required DraftStatus Status { get; init; }

    /// <summary>To be sent with a change.</summary>
    public required int Revision { get; init; }

    /// <summary>The version it grew from.</summary>
    public int? BaseVersion { get; init; }

    /// <summary>Who wrote last.</summary>
    public required string WrittenBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>The second person.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>Why it was sent back.</summary>
    public string? Remark { get; init; }

    /// <summary>The version it became.</summary>
    public int? PublishedVersion { get; init; }

    /// <summary>The import it belongs to.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>True when this person may review and publish: somebody else wrote and submitted it.</summary>
    public required bool MayPublish { get; init; }

    /// <summary>Texts of the elements, by path.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>Rows of the elements, by path.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> Rows { get; init; }

    /// <summary>What differs from the newest version.</summary>
    public required IReadOnlyList<ElementChange> Changes { get; init; }

    /// <summary>What has to be mended before it is submitted.</summary>
    public required IReadOnlyList<ItemFault> Faults { get; init; }

    /// <summary>What is unusual.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

internal sealed class GetItemDraftHandler(PortalDbContext db, ICurrentUser user, ItemPublisher publisher, ItemCheck check, IMediator mediator, TimeProvider clock)
    : IRequestHandler<GetItemDraft, DraftView>, IRequestHandler<PreviewItemDraft, GuideView>
{
    public async Task<DraftView> Handle(GetItemDraft request, CancellationToken ct)
    {
        var draft = await Find(request.DraftId, ct);
        var document = draft.Read();
        var newest = await publisher.Newest(draft.Code, ct);
        var faults = await check.Faults([document.AsVersion(1, clock.Today())], ct);
        return new DraftView
        {
            Id = draft.Id,
            Code = draft.Code,
            Title = draft.Title,
            Status = draft.Status,
            Revision = draft.Revision,
            BaseVersion = draft.BaseVersion,
            WrittenBy = draft.WrittenByName,
            WrittenAt = draft.WrittenAt,
            ReviewedBy = draft.ReviewedByName,
            Remark = draft.Remark,
            PublishedVersion = draft.PublishedVersion,
            ImportId = draft.ImportId,
            MayPublish = user.IsInRole(Roles.CatalogueEditor) && user.Id != draft.WrittenBy && user.Id != draft.SubmittedBy,
            Values = ItemElements.All.Where(e => e.Type != ElementType.Rows).ToDictionary(e => e.Path, e => document.Get(e.Path)),
            Rows = ItemElements.All.Where(e => e.Type == ElementType.Rows).ToDictionary(e => e.Path, document.Rows),
            Changes = ItemDiff.Between(newest is null ? null : ItemDocument.Parse(newest.Content), document, await mediator.Send(new GetItemNames(), ct)),
            Faults = [.. ItemFaultWords.Of(faults)],
            Warnings = faults.Count > 0 ? [] : ItemWarnings.Of(await Definition(document, 1, ct)),
        };
    }

    public async Task<GuideView> Handle(PreviewItemDraft request, CancellationToken ct)
    {
        var draft = await Find(request.DraftId, ct);
        var document = draft.Read();
        await check.MustHold(document, clock.Today(), ct);
        return await mediator.GuideOf(await Definition(document, (draft.BaseVersion ?? 0) + 1, ct), ct);
    }

    private Task<ItemDraft> Find(Guid id, CancellationToken ct) => db.ItemDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct).OrNotFound("draft");

    private async Task<ServiceDefinition> Definition(ItemDocument document, int version, CancellationToken ct)
    {
        var content = await check.Standalone(document.AsVersion(version, clock.Today()), ct);
        return ServiceReader.FromStored(content, SeedNode.HashOf(content));
    }
}
