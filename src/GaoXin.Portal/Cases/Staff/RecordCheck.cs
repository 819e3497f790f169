using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Staff;

/// <summary>
/// 核查结果 of a commitment (告知承诺): kept or not, with what was found, at least 10 characters. A commitment that was not kept is told
/// to the applicant, stands on record, and counts for a year at later applications: none of those with a promise is decided automatically, and
/// nothing may be brought later. Taking the decision back (撤销) is a second person's. Refused: it is not there to be checked.
/// </summary>
[ForStaff(Roles.Officer, Roles.SeniorOfficer)]
public sealed record RecordCheck : ICommand
{
    /// <summary>The promise.</summary>
    public required Guid PromiseId { get; init; }

    /// <summary>兑现了.</summary>
    public bool? Kept { get; init; }

    /// <summary>What was found.</summary>
    public string? Finding { get; init; }
}

internal sealed class RecordCheckValidator : AbstractValidator<RecordCheck>
{
    public RecordCheckValidator()
    {
        RuleFor(c => c.Kept).NotNull().WithMessage("请选核查结果。");
        RuleFor(c => c.Finding).Must(f => f?.Trim().Length is >= 10 and <= 300).WithMessage("请写清楚怎么查的、查到什么，10 到 300 个字。申请人看得到。");
    }
}

internal sealed class RecordCheckHandler(PortalDbContext db, ICurrentUser user, CaseJournal journal, PersonalDataCipher cipher, TimeProvider clock) : IRequestHandler<RecordCheck, Unit>
{
    /// <summary>The kind of the event.</summary>
    public const string Checked = "CommitmentChecked";

    public async Task<Unit> Handle(RecordCheck request, CancellationToken ct)
    {
        var caseId = await db.MaterialPromises.Where(p => p.Id == request.PromiseId && p.Department == user.DepartmentCode && p.Kind == PromiseKind.Commitment).Select(p => (Guid?)p.CaseId).SingleOrDefaultAsync(ct)
            ?? throw new NotFoundException("promise");
        var about = await db.LockForStaff(caseId, user, ct);
        var promise = await db.MaterialPromises.SingleAsync(p => p.Id == request.PromiseId, ct);
        var now = clock.GetUtcNow();
        promise.Check(request.Kept!.Value, cipher.Protect(request.Finding!.Trim(), MaterialPromise.FindingPurpose), user, now);
        journal.Record(about, Checked, new { Material = promise.MaterialCode, request.Kept });
        if (promise.Outcome == PromiseOutcome.Broken)
            db.Raise(new CommitmentBroken(promise.Id, about.Id, about.Number!, about.Department), now);
        return Unit.Value;
    }
}
