using System.Globalization;
using FluentValidation;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>
/// 取消 an item: opens the draft of a version that says why it is no longer handled and where to go instead. It counts when
/// a second person has published it. Refused: a draft is open, the item is cancelled already, or there is no such redirect.
/// </summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record CancelItem : ICommand<Guid>
{
    /// <summary>The item.</summary>
    public string Code { get; init; } = "";

    /// <summary>取消原因, a sentence people understand.</summary>
    public string Reason { get; init; } = "";

    /// <summary>取消依据.</summary>
    public string Basis { get; init; } = "";

    /// <summary>取消日期; null means today.</summary>
    public DateOnly? On { get; init; }

    /// <summary>改办事项: the code of the item to use instead; empty when there is none.</summary>
    public string? Redirect { get; init; }
}

internal sealed class CancelItemValidator : AbstractValidator<CancelItem>
{
    public CancelItemValidator()
    {
        RuleFor(c => c.Reason).Must(r => r?.Trim().Length is >= 4 and <= 200).WithMessage("请写明取消的原因，4 到 200 个字。群众看得到，请用大白话。");
        RuleFor(c => c.Basis).Must(b => b?.Trim().Length is > 0 and <= 200).WithMessage("请写明取消的依据，比如文件名称和文号。");
        RuleFor(c => c.Redirect).MaximumLength(60).WithMessage("没有这件事项，请核对编码。");
    }
}

internal sealed class CancelItemHandler(PortalDbContext db, ICurrentUser user, ItemPublisher publisher, ItemJournal journal, TimeProvider clock)
    : IRequestHandler<CancelItem, Guid>
{
    public async Task<Guid> Handle(CancelItem request, CancellationToken ct)
    {
        await db.LockItem(request.Code, ct);
        if (await db.OpenDraft(request.Code, ct) is { } open)
            throw new RefusedException(EditingRefusals.DraftIsOpen(open.WrittenByName));
        var newest = await publisher.Newest(request.Code, ct).OrNotFound("item");
        if (newest.Cancelled)
            throw new RefusedException(EditingRefusals.CancelledAlready(newest.Version));
        var redirect = request.Redirect?.Trim() ?? "";
        if (redirect.Length > 0 && (redirect == request.Code || !await db.ServiceVersions.AnyAsync(v => v.Code == redirect && v.WithdrawnAt == null && !v.Cancelled, ct)))
            throw new RefusedException(EditingRefusals.NoSuchRedirect(redirect));
        var draft = new ItemDraft { Code = newest.Code, BaseVersion = newest.Version };
        draft.Write(Cancelled(newest, request, redirect), user, clock.GetUtcNow());
        db.Add(draft);
        journal.Record(draft.Code, ItemEventKind.Started, $"取消：{request.Reason.Trim()}", newest.Version);
        return draft.Id;
    }

    private ItemDocument Cancelled(ServiceVersion newest, CancelItem request, string redirect)
    {
        var document = ItemDocument.Parse(newest.Content);
        document.Set(ItemElements.Named("cancelled.on"), (request.On ?? clock.Today()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        document.Set(ItemElements.Named("cancelled.reason"), request.Reason);
        document.Set(ItemElements.Named("cancelled.basis"), request.Basis);
        document.Set(ItemElements.Named("cancelled.redirect"), redirect);
        return document;
    }
}
