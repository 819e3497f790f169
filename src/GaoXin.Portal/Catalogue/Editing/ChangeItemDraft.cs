using FluentValidation;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>
/// Writes one group of elements into a draft. What is wrong with them does not stop the save: it is listed on the draft
/// and stops the submission. Refused: somebody changed the draft since it was shown; it is under review or over.
/// </summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record ChangeItemDraft : ICommand
{
    /// <summary>The draft.</summary>
    public required Guid DraftId { get; init; }

    /// <summary>The revision that was shown.</summary>
    public required int Revision { get; init; }

    /// <summary>Code of the group.</summary>
    public required string Group { get; init; }

    /// <summary>Texts by the path of the element; several values one a line.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Rows by the path of the element, each with texts by column.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> Rows { get; init; }
        = new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>>();
}

internal sealed class ChangeItemDraftValidator : AbstractValidator<ChangeItemDraft>
{
    private const int LongestText = 4000;
    private const int MostRows = 60;

    public ChangeItemDraftValidator()
    {
        RuleFor(c => c.Group).Must(g => ItemElements.Group(g) is not null).WithMessage("没有这一组。");
        RuleForEach(c => c.Values).Must(v => v.Value.Length <= LongestText).WithMessage("文字太长，请写短一些。");
        RuleForEach(c => c.Rows).Must(r => r.Value.Count <= MostRows).WithMessage("最多 60 行。");
        RuleForEach(c => c.Rows).Must(r => r.Value.All(row => row.Values.All(v => v.Length <= LongestText))).WithMessage("文字太长，请写短一些。");
    }
}

internal sealed class ChangeItemDraftHandler(PortalDbContext db, ICurrentUser user, ItemJournal journal, IMediator mediator, TimeProvider clock)
    : IRequestHandler<ChangeItemDraft, Unit>
{
    public async Task<Unit> Handle(ChangeItemDraft request, CancellationToken ct)
    {
        var draft = await db.LockDraft(request.DraftId, ct);
        if (draft.Revision != request.Revision)
            throw new RefusedException(EditingRefusals.ChangedMeanwhile(draft.WrittenByName));
        var before = draft.Read();
        var document = before.Copy();
        foreach (var element in ItemElements.Group(request.Group)!.Elements)
            Write(document, element, request);
        var changes = ItemDiff.Between(before, document, await mediator.Send(new GetItemNames(), ct));
        if (changes.Count == 0)
            return Unit.Value;
        draft.Write(document, user, clock.GetUtcNow());
        journal.Record(draft.Code, ItemEventKind.Changed, string.Join('；', changes.Select(c => c.Element)));
        return Unit.Value;
    }

    private static void Write(ItemDocument document, ItemElement element, ChangeItemDraft request)
    {
        if (request.Rows.TryGetValue(element.Path, out var rows))
            document.SetRows(element, rows);
        else if (request.Values.TryGetValue(element.Path, out var text))
            document.Set(element, text);
    }
}
