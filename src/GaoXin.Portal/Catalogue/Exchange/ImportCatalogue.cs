using FluentValidation;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>
/// 试导入: reads a file (.xlsx, .csv, .yaml, .zip) and keeps it with a report of what it would add, change and lack and of
/// every fault. No item changes. Refused: the file can not be read.
/// </summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record CheckImport : ICommand<Guid>
{
    /// <summary>The largest file in bytes.</summary>
    public const int Largest = 10_000_000;

    /// <summary>The name, whose ending says what it is.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The content, at most 10 MB.</summary>
    public byte[] File { get; init; } = [];

    /// <summary>取消文件里没有的事项: the reason; empty leaves them alone.</summary>
    public string? MissingReason { get; init; }

    /// <summary>取消依据, with a reason.</summary>
    public string? MissingBasis { get; init; }
}

/// <summary>
/// 导入: turns the checked file into drafts that wait for the second person. Checked again against what is in force now;
/// nothing is written when there is a fault. Refused: faults, nothing to import, already imported.
/// </summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record WriteImport(Guid ImportId) : ICommand;

/// <summary>放弃 an import that is not published.</summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record DiscardImport(Guid ImportId) : ICommand;

internal sealed class CheckImportValidator : AbstractValidator<CheckImport>
{
    public CheckImportValidator()
    {
        RuleFor(c => c.File).Must(f => f is { Length: > 0 }).WithMessage("请选择文件。").Must(f => f is not { Length: > CheckImport.Largest }).WithMessage("文件超过 10 MB，请分几批导入。");
        RuleFor(c => c.FileName).MaximumLength(200).WithMessage("文件名太长，请改短。");
        RuleFor(c => c.MissingReason).MaximumLength(200).WithMessage("原因最多 200 个字。");
        RuleFor(c => c.MissingBasis).NotEmpty().When(c => !string.IsNullOrWhiteSpace(c.MissingReason)).WithMessage("请写明取消的依据。").MaximumLength(200).WithMessage("依据最多 200 个字。");
    }
}

internal sealed class ImportCatalogueHandler(
    PortalDbContext db, ICurrentUser user, ImportReading reading, ItemPublisher publisher, ItemJournal journal, TimeProvider clock)
    : IRequestHandler<CheckImport, Guid>, IRequestHandler<WriteImport, Unit>, IRequestHandler<DiscardImport, Unit>
{
    public async Task<Guid> Handle(CheckImport request, CancellationToken ct)
    {
        var reason = string.IsNullOrWhiteSpace(request.MissingReason) ? null : request.MissingReason.Trim();
        var plan = await reading.Plan(request.FileName, request.File, reason, request.MissingBasis?.Trim(), ct);
        var import = new CatalogueImport
        {
            FileName = request.FileName,
            File = plan.Report.Faults.Count > 0 ? [] : request.File,
            MissingReason = reason,
            MissingBasis = request.MissingBasis?.Trim(),
            Report = plan.Report,
            ImportedBy = user.Id,
            ImportedByName = user.DisplayName,
            ImportedAt = clock.GetUtcNow(),
        };
        db.Add(import);
        return import.Id;
    }

    public async Task<Unit> Handle(WriteImport request, CancellationToken ct)
    {
        await publisher.Lock(ct);
        var import = await db.LockImport(request.ImportId, ct);
        import.Write(user);
        var plan = await reading.Plan(import.FileName, import.File, import.MissingReason, import.MissingBasis, ct);
        if (plan.Report.Faults.Count > 0)
            throw new RefusedException(EditingRefusals.ImportHasFaults(plan.Report.Faults.Count));
        if (plan.Items.Count == 0)
            throw new RefusedException(EditingRefusals.ImportIsEmpty());
        import.Report = plan.Report;
        foreach (var (item, baseVersion) in plan.Items)
            Draft(import, item, baseVersion);
        return Unit.Value;
    }

    public async Task<Unit> Handle(DiscardImport request, CancellationToken ct)
    {
        var import = await db.LockImport(request.ImportId, ct);
        import.Discard();
        foreach (var draft in await db.ItemDrafts.Where(d => d.ImportId == import.Id).ToListAsync(ct))
            draft.Discard();
        return Unit.Value;
    }

    private void Draft(CatalogueImport import, ItemDocument item, int? baseVersion)
    {
        var draft = new ItemDraft { Code = item.Code, BaseVersion = baseVersion, ImportId = import.Id };
        draft.Write(item, user, clock.GetUtcNow());
        draft.Submit(user);
        db.Add(draft);
        journal.Record(item.Code, ItemEventKind.Imported, import.FileName);
    }
}
