using System.Text.RegularExpressions;
using FluentValidation;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Catalogue.Editing;

/// <summary>
/// 新增或认领 an item: opens the draft of its first version. A claim records from whose list and by which document the
/// zone takes it over. It stays invisible until it is published. Refused: the code is taken.
/// </summary>
[ForStaff(Roles.CatalogueEditor)]
public sealed record CreateItem : ICommand<Guid>
{
    /// <summary>Lower-case words joined by hyphens; it stays for ever.</summary>
    public string Code { get; init; } = "";

    /// <summary>事项名称.</summary>
    public string Title { get; init; } = "";

    /// <summary>Code of the department.</summary>
    public string Department { get; init; } = "";

    /// <summary>Code of the theme.</summary>
    public string Theme { get; init; } = "";

    /// <summary>事项类型.</summary>
    public ItemKind? Kind { get; init; }

    /// <summary>认领自: the list it is taken from; empty for an item of the zone's own.</summary>
    public string? ClaimedFrom { get; init; }

    /// <summary>依据文件 of the claim.</summary>
    public string? Document { get; init; }
}

internal sealed partial class CreateItemValidator : AbstractValidator<CreateItem>
{
    public CreateItemValidator()
    {
        RuleFor(c => c.Code).Must(code => code is { Length: <= 60 } && Words().IsMatch(code)).WithMessage("请用小写字母、数字和短横写编码，比如 birth-registration。");
        RuleFor(c => c.Title).Must(t => t?.Trim().Length is > 0 and <= 60).WithMessage("请填写事项名称，最多 60 个字。");
        RuleFor(c => c.Department).NotEmpty().WithMessage("请选择实施部门。");
        RuleFor(c => c.Theme).NotEmpty().WithMessage("请选择主题。");
        RuleFor(c => c.Kind).NotNull().WithMessage("请选择事项类型。");
        RuleFor(c => c.Document).NotEmpty().When(c => !string.IsNullOrWhiteSpace(c.ClaimedFrom)).WithMessage("认领的事项请写明依据文件。").MaximumLength(200).WithMessage("请写短一些，最多 200 个字。");
        RuleFor(c => c.ClaimedFrom).MaximumLength(100).WithMessage("请写短一些，最多 100 个字。");
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Words();
}

internal sealed class CreateItemHandler(PortalDbContext db, ICurrentUser user, ItemJournal journal, TimeProvider clock) : IRequestHandler<CreateItem, Guid>
{
    public async Task<Guid> Handle(CreateItem request, CancellationToken ct)
    {
        await db.LockItem(request.Code, ct);
        if (await db.ServiceVersions.AnyAsync(v => v.Code == request.Code, ct) || await db.OpenDraft(request.Code, ct) is not null)
            throw new RefusedException(EditingRefusals.CodeTaken(request.Code));
        var draft = new ItemDraft { Code = request.Code };
        draft.Write(First(request), user, clock.GetUtcNow());
        db.Add(draft);
        if (string.IsNullOrWhiteSpace(request.ClaimedFrom))
            journal.Record(draft.Code, ItemEventKind.Created);
        else
            await Claim(request, ct);
        return draft.Id;
    }

    private async Task Claim(CreateItem request, CancellationToken ct)
    {
        if (!await db.ItemClaims.AnyAsync(c => c.Code == request.Code, ct))
        {
            db.Add(new ItemClaim
            {
                Code = request.Code,
                From = request.ClaimedFrom!.Trim(),
                Document = request.Document!.Trim(),
                ClaimedBy = user.Id,
                ClaimedByName = user.DisplayName,
                ClaimedAt = clock.GetUtcNow(),
            });
        }

        journal.Record(request.Code, ItemEventKind.Claimed, $"{request.ClaimedFrom!.Trim()}，{request.Document!.Trim()}");
    }

    private static ItemDocument First(CreateItem request)
    {
        var document = ItemDocument.Empty(request.Code);
        document.Set(ItemElements.Named("title"), request.Title);
        document.Set(ItemElements.Named("department"), request.Department);
        document.Set(ItemElements.Named("theme"), request.Theme);
        document.Set(ItemElements.Named("nature.kind"), request.Kind!.Value.Code());
        document.Set(ItemElements.Named("nature.handling"), Handling.Promise.Code());
        return document;
    }
}
