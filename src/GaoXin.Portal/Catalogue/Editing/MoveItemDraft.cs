using FluentValidation;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>提交审核. Refused: a fault is left, or nothing differs from the version in force.</summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record SubmitItemDraft(Guid DraftId) : ICommand;

/// <summary>审核通过, by another person than the writer.</summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record ApproveItemDraft(Guid DraftId) : ICommand;

/// <summary>退回修改, with what to mend in 4 to 400 characters.</summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record ReturnItemDraft(Guid DraftId, string Remark) : ICommand;

/// <summary>放弃草稿. The published version stays as it is.</summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record DiscardItemDraft(Guid DraftId) : ICommand;

internal sealed class ReturnItemDraftValidator : AbstractValidator<ReturnItemDraft>
{
    public ReturnItemDraftValidator() =>
        RuleFor(c => c.Remark).Must(r => r?.Trim().Length is >= 4 and <= 400).WithMessage("请写清楚要改什么，4 到 400 个字。");
}

internal sealed class MoveItemDraftHandler(
    PortalDbContext db, ICurrentUser user, ItemPublisher publisher, ItemCheck check, ItemJournal journal, IMediator mediator, TimeProvider clock)
    : IRequestHandler<SubmitItemDraft, Unit>, IRequestHandler<ApproveItemDraft, Unit>, IRequestHandler<ReturnItemDraft, Unit>, IRequestHandler<DiscardItemDraft, Unit>
{
    public async Task<Unit> Handle(SubmitItemDraft request, CancellationToken ct)
    {
        var draft = await db.LockDraft(request.DraftId, ct);
        draft.Submit(user);
        var document = draft.Read();
        await check.MustHold(document, clock.Today(), ct);
        var newest = await publisher.Newest(draft.Code, ct);
        if (newest is not null && ItemDiff.Between(ItemDocument.Parse(newest.Content), document, await mediator.Send(new GetItemNames(), ct)).Count == 0)
            throw new RefusedException(EditingRefusals.NothingChanged());
        journal.Record(draft.Code, ItemEventKind.Submitted);
        return Unit.Value;
    }

    public async Task<Unit> Handle(ApproveItemDraft request, CancellationToken ct)
    {
        var draft = await db.LockDraft(request.DraftId, ct);
        draft.Review(user);
        journal.Record(draft.Code, ItemEventKind.Reviewed);
        return Unit.Value;
    }

    public async Task<Unit> Handle(ReturnItemDraft request, CancellationToken ct)
    {
        var draft = await db.LockDraft(request.DraftId, ct);
        draft.Return(request.Remark.Trim());
        journal.Record(draft.Code, ItemEventKind.Returned, request.Remark.Trim());
        return Unit.Value;
    }

    public async Task<Unit> Handle(DiscardItemDraft request, CancellationToken ct)
    {
        var draft = await db.LockDraft(request.DraftId, ct);
        draft.Discard();
        journal.Record(draft.Code, ItemEventKind.Discarded);
        return Unit.Value;
    }
}
