using FluentValidation;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// 要求补正, once and complete (一次性告知，行政许可法 32): remarks on single fields, rows or materials; only these open for the
/// applicant; the clock pauses. Refused: nothing chosen, or something that the item's form does not have.
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record RequestCorrection : ICommand
{
    /// <summary>The case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>What to mend, by path (<c>key</c>, <c>group/rowId/key</c>, <c>material:code</c>), in plain words.</summary>
    public required IReadOnlyDictionary<string, string> Remarks { get; init; }
}

internal sealed class RequestCorrectionValidator : AbstractValidator<RequestCorrection>
{
    public RequestCorrectionValidator()
    {
        RuleFor(c => c.Remarks).NotEmpty().WithMessage(CaseRefusals.CorrectionEmpty().Message);
        RuleForEach(c => c.Remarks).Must(r => r.Value.Trim().Length is >= 4 and <= 300).WithMessage("请用大白话写清楚要怎么改，4 到 300 个字。");
    }
}

internal sealed class RequestCorrectionHandler(
    PortalDbContext db, ICurrentUser user, CaseFiles files, CaseJournal journal, CaseClock caseClock, PersonalDataCipher cipher, IMediator mediator, TimeProvider clock)
    : IRequestHandler<RequestCorrection, Unit>
{
    public async Task<Unit> Handle(RequestCorrection request, CancellationToken ct)
    {
        var asked = await db.LockClaimed(request.CaseId, user, ct);
        var file = await files.Open(asked, ct);
        foreach (var path in request.Remarks.Keys.Where(p => !InForm(file, p)))
            throw new RefusedException(CaseRefusals.UnknownMaterial() with { Field = path });
        journal.Move(asked, CaseAction.RequestCorrection, new { Round = asked.CorrectionRounds + 1, Paths = request.Remarks.Keys });
        var now = clock.GetUtcNow();
        foreach (var (path, remark) in request.Remarks)
        {
            db.Add(new CorrectionItem
            {
                CaseId = asked.Id,
                Round = asked.CorrectionRounds,
                Path = path,
                ProtectedRemark = cipher.Protect(remark.Trim(), CorrectionPurposes.Remark),
                RequestedBy = user.Id,
                RequestedAt = now,
            });
        }

        await caseClock.Pause(asked, "等您补材料", file.Service, ct);
        var calendar = await mediator.Send(new GetWorkingCalendar(), ct);
        db.Raise(new CorrectionRequested(asked.Id, asked.Number!, asked.CorrectionRounds, request.Remarks.Count, CaseClock.AnswerBy(now, file.Service, calendar)), now);
        return Unit.Value;
    }

    /// <summary>Only what the published form has may be asked for (清单之外无审批、指南之外无材料).</summary>
    private static bool InForm(CaseFile file, string path)
    {
        if (path.StartsWith("material:", StringComparison.Ordinal))
            return file.Service.Materials.Any(m => m.IsBrought && path == $"material:{m.Code}");
        var parts = path.Split('/');
        var use = file.Service.AllFields().FirstOrDefault(f => f.Key == parts[^1]);
        return use is not null && use.Computed is null && (parts.Length == 1 || file.Form.Visible.Rows(parts[0]).Any(r => r.Id == parts[1]));
    }
}
