using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>
/// 发布 a reviewed draft as the next version, from a day on; the answer is its number. Refused: the same person wrote or
/// submitted it; the day has passed or lies before a scheduled version; a newer version was published meanwhile.
/// </summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record PublishItemDraft : ICommand<int>
{
    /// <summary>The draft.</summary>
    public Guid DraftId { get; init; }

    /// <summary>生效日期, Shanghai; null means today.</summary>
    public DateOnly? EffectiveFrom { get; init; }
}

/// <summary>撤回 a published version that is not in force yet. Refused: it is in force already.</summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record WithdrawVersion(string Code, int Version) : ICommand;

internal sealed class PublishItemDraftHandler(
    PortalDbContext db, ICurrentUser user, ItemPublisher publisher, ItemCheck check, ItemJournal journal, TimeProvider clock)
    : IRequestHandler<PublishItemDraft, int>, IRequestHandler<WithdrawVersion, Unit>
{
    public async Task<int> Handle(PublishItemDraft request, CancellationToken ct)
    {
        await publisher.Lock(ct);
        var draft = await db.LockDraft(request.DraftId, ct);
        var now = clock.GetUtcNow();
        var day = request.EffectiveFrom ?? now.Day();
        if (day < now.Day())
            throw new RefusedException(EditingRefusals.DayPassed());
        var newest = await publisher.Newest(draft.Code, ct);
        if (newest?.Version != draft.BaseVersion && draft.IsOpen)
            throw new RefusedException(EditingRefusals.BaseIsOld(newest?.Version ?? 0));
        if (newest?.EffectiveFrom > day)
            throw new RefusedException(EditingRefusals.ScheduledLater(newest.Version, newest.EffectiveFrom));
        var document = draft.Read();
        await check.MustHold(document, day, ct);
        var version = await publisher.Publish(document, day,
            new VersionAuthors(VersionOrigin.Editor, draft.WrittenBy, draft.WrittenByName, user.Id, user.DisplayName, draft.ImportId), ct);
        draft.Publish(user, version);
        journal.Record(draft.Code, ItemEventKind.Published, $"{day:yyyy-MM-dd} 生效", version);
        db.Raise(new CatalogueChanged(1), now);
        return version;
    }

    public async Task<Unit> Handle(WithdrawVersion request, CancellationToken ct)
    {
        await publisher.Lock(ct);
        var version = await db.ServiceVersions.FindAsync([request.Code, request.Version], ct) ?? throw new NotFoundException("version");
        if (version.EffectiveFrom <= clock.Today() || version.WithdrawnAt is not null)
            throw new RefusedException(EditingRefusals.AlreadyInForce());
        version.Withdraw(clock.GetUtcNow());
        journal.Record(version.Code, ItemEventKind.Withdrawn, $"原定 {version.EffectiveFrom:yyyy-MM-dd} 生效", version.Version);
        db.Raise(new CatalogueChanged(1), clock.GetUtcNow());
        return Unit.Value;
    }
}
