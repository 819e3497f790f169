using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// 要求补正, once and complete (一次性告知，行政许可法 32): remarks on single fields, rows or materials; only these open for the
/// applicant; the clock pauses. Refused: nothing chosen, more than 60 things, or something the applicant cannot mend: it is not
/// in the submitted form, the portal computes it, or it is locked shared data (<c>case.cannot-be-mended</c>). A material that
/// the version of the case does not have is refused without a reason (<c>case.outside-published</c>); with one it stands as a
/// 清单外要求 before the applicant and supervision.
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record RequestCorrection : ICommand
{
    /// <summary>The case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>What to mend, by path (<c>key</c>, <c>group/rowId/key</c>, <c>material:code</c>), in plain words.</summary>
    public required IReadOnlyDictionary<string, string> Remarks { get; init; }

    /// <summary>Materials outside the published version.</summary>
    public IReadOnlyList<OutsideMaterial> Outside { get; init; } = [];
}

/// <summary>A material that the guide does not have.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Remark">What the applicant should do, in plain words.</param>
/// <param name="Reason">Why it is wanted all the same, at least 10 characters.</param>
public sealed record OutsideMaterial(string Title, string Remark, string? Reason);

internal sealed class RequestCorrectionValidator : AbstractValidator<RequestCorrection>
{
    private const int Most = 60;
    private const int MostOutside = 5;
    private const int LongestPath = 200;

    public RequestCorrectionValidator()
    {
        RuleFor(c => c.Remarks).Must(r => r.Count <= Most).WithMessage($"一次最多要求补正 {Most} 项。问题太多，请考虑不予受理并写明理由，或请申请人来窗口当面说。");
        RuleForEach(c => c.Remarks).Must(r => r.Key.Length <= LongestPath).WithMessage("没有这一项，请刷新页面再选。");
        RuleFor(c => c.Remarks).NotEmpty().When(c => c.Outside.Count == 0).WithMessage(CaseRefusals.CorrectionEmpty().Message);
        RuleForEach(c => c.Remarks).Must(r => r.Value.Trim().Length is >= 4 and <= 300).WithMessage("请用大白话写清楚要怎么改，4 到 300 个字。");
        RuleFor(c => c.Outside).Must(o => o.Count <= MostOutside).WithMessage($"一次最多要 {MostOutside} 份指南以外的材料。");
        RuleForEach(c => c.Outside).Must(o => o.Title.Trim().Length is >= 2 and <= 60).WithMessage("请写材料名称，2 到 60 个字。");
        RuleForEach(c => c.Outside).Must(o => o.Remark.Trim().Length is >= 4 and <= 300).WithMessage("请告诉申请人怎么交这份材料，4 到 300 个字。");
        RuleForEach(c => c.Outside).Must(o => o.Reason is not { Length: > 300 }).WithMessage("理由最多 300 个字。");
    }
}

internal sealed class RequestCorrectionHandler(
    PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseExceptions exceptions, CaseClock caseClock, PersonalDataCipher cipher, IMediator mediator,
    TimeProvider clock)
    : IRequestHandler<RequestCorrection, Unit>
{
    public async Task<Unit> Handle(RequestCorrection request, CancellationToken ct)
    {
        var asked = await db.LockClaimed(request.CaseId, user, ct);
        if (asked.BundleId is not null && request.Outside.Count > 0)
            throw new RefusedException(CaseRefusals.NothingOutsideInBundle());
        var file = await files.Open(asked, ct);
        var now = clock.GetUtcNow();
        var (round, by) = (asked.CorrectionRounds + 1, user.Id);
        List<CorrectionItem> items = [.. CorrectionItem.Within(file, request.Remarks, round, by, now, cipher)];
        foreach (var outside in request.Outside)
        {
            var exception = await exceptions.Record(asked, file.Service, ExceptionKind.Material, outside.Title, outside.Reason, ct);
            items.Add(CorrectionItem.OutsideOf(exception, outside.Remark, round, now, cipher));
        }

        // The paths themselves stand in correction_items: an event has a limited length, so it keeps their number and hash.
        var hash = Convert.ToHexStringLower(cipher.Hash(string.Join('\n', items.Select(i => i.Path).Order(StringComparer.Ordinal)), "correction-paths"));
        journal.Move(asked, CaseAction.RequestCorrection, new { Round = round, Items = items.Count, PathsHash = hash });
        db.AddRange(items);
        await caseClock.Pause(asked, "等您补材料", file.Service, ct);
        var calendar = await mediator.Send(new GetWorkingCalendar(), ct);
        db.Raise(new CorrectionRequested(asked.Id, asked.Number!, asked.CorrectionRounds, items.Count, CaseClock.AnswerBy(now, file.Service, calendar)), now);
        return Unit.Value;
    }
}

/// <summary>What an applicant can change: only that may be asked for (清单之外无审批、指南之外无材料).</summary>
internal static class Mendable
{
    public static bool Holds(CaseFile file, string path)
    {
        if (AnswerPath.Material(path) is { } material)
            return file.Service.Materials.Any(m => m.IsBrought && m.Code == material && IsShown(file, m));
        var fields = file.Form.Pages.SelectMany(p => p.Fields).Where(file.Form.Shows);
        return path.Split('/') switch
        {
            [var key] => fields.FirstOrDefault(f => f.Key == key) is { } use && IsOpen(file, use, path),
            [var group, var row, var key] => fields.FirstOrDefault(f => f.Key == group) is { Element.Type: FieldType.Group } rows
                && file.Form.Visible.Rows(group).FirstOrDefault(r => r.Id == row) is { } shown
                && file.Form.ColumnsOf(rows, shown).FirstOrDefault(c => c.Key == key) is { } use && IsOpen(file, use, path),
            _ => false,
        };
    }

    private static bool IsOpen(CaseFile file, FieldUse use, string path) =>
        use.Computed is null && file.Revision.Origins.GetValueOrDefault(path) is not { Lock: LockLevel.Locked, Disputed: false };

    private static bool IsShown(CaseFile file, MaterialDefinition material) => file.Form.Pages.Any(p => p.Materials.Contains(material.Code));
}
