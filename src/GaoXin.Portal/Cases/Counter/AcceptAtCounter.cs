using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases.Counter;

/// <summary>
/// 综窗当场受理: accepts in the name of the deciding department, as agreed for the 综窗; the promise clock starts, deciding stays with the
/// department. Refused: <c>counter.not-by-clerk</c> (rules decide it, it is pre-checked, a part of a bundle, or accepted already),
/// <c>counter.taken-by-department</c>.
/// </summary>
[ForStaff(Roles.WindowClerk)]
public sealed record AcceptAtCounter(Guid CaseId) : ICommand;

/// <summary>受理回执 of a case that this clerk accepted.</summary>
[ForStaff(Roles.WindowClerk)]
public sealed record GetCounterReceipt(Guid CaseId) : IQuery<CounterReceipt>;

/// <summary>What the receipt says; the applicant's name masked.</summary>
public sealed record CounterReceipt
{
    /// <summary>The case number.</summary>
    public required string Number { get; init; }

    /// <summary>The service.</summary>
    public required string ServiceTitle { get; init; }

    /// <summary>申请人.</summary>
    public required string Applicant { get; init; }

    /// <summary>受理大厅 and window.</summary>
    public required string AcceptedIn { get; init; }

    /// <summary>受理人, masked.</summary>
    public required string Clerk { get; init; }

    /// <summary>受理时间.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Code of the deciding department.</summary>
    public required string Department { get; init; }

    /// <summary>审批大厅.</summary>
    public required Place? DecidingHall { get; init; }

    /// <summary>最晚办好.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Where the result is fetched; null: electronic only.</summary>
    public Place? IssuingHall { get; init; }

    /// <summary>收到的材料.</summary>
    public required IReadOnlyList<string> Materials { get; init; }
}

internal sealed class AcceptAtCounterHandler(PortalDbContext db, ICurrentUser user, CounterHalls halls, CaseFiles files, CaseJournal journal, CaseClock caseClock, TimeProvider clock)
    : IRequestHandler<AcceptAtCounter, Unit>
{
    public async Task<Unit> Handle(AcceptAtCounter request, CancellationToken ct)
    {
        var (own, filing) = await db.LockCounterFiling(request.CaseId, user, ct);
        if (filing.AcceptedAt is not null)
            return Unit.Value;
        var seat = await halls.MustSit(ct);
        var service = await files.Definition(own.ServiceCode, own.ServiceVersion, ct);
        if (!CounterAcceptance.Allows(own, service))
            throw new RefusedException(CounterRefusals.NotByClerk());
        if (own.ClaimedBy is not null)
            throw new RefusedException(CounterRefusals.TakenByDepartment());
        filing.TakenUp(seat, user, clock.Today());
        journal.Move(own, CaseAction.Accept, new { seat.Hall, seat.Window, InNameOf = own.Department, filing.DecidingHall });
        journal.Move(own, CaseAction.StartReview);
        await caseClock.Start(own, ClockKind.Promise, service, ct);
        filing.Accepted(clock.GetUtcNow());
        return Unit.Value;
    }
}

internal sealed class GetCounterReceiptHandler(PortalDbContext db, ICurrentUser user, CounterHalls halls, CaseFiles files, PersonalDataCipher cipher) : IRequestHandler<GetCounterReceipt, CounterReceipt>
{
    public async Task<CounterReceipt> Handle(GetCounterReceipt request, CancellationToken ct)
    {
        var found = await (
            from f in db.CounterFilings.AsNoTracking()
            join c in db.Cases.AsNoTracking() on f.CaseId equals c.Id
            where f.CaseId == request.CaseId && f.ClerkId == user.Id && f.AcceptedAt != null && c.State != CaseState.Withdrawn
            select new { Filing = f, Case = c }).SingleOrDefaultAsync(ct).OrNotFound("receipt");
        var (filing, own) = (found.Filing, found.Case);
        var service = await files.Definition(own.ServiceCode, own.ServiceVersion, ct);
        var brought = await db.Attachments.Where(a => a.CaseId == own.Id && a.RemovedAt == null && a.UploadedAt <= filing.AcceptedAt).CountByMaterial(ct);
        return new CounterReceipt
        {
            Number = own.Number!,
            ServiceTitle = own.ServiceTitle,
            Applicant = Masking.Name(cipher.Unprotect(filing.ProtectedApplicant, CounterFiling.ApplicantPurpose)),
            AcceptedIn = (await halls.At(filing.Hall, filing.Window, ct)).Words,
            Clerk = Masking.Name(filing.ClerkName),
            AcceptedAt = filing.AcceptedAt!.Value,
            Department = own.Department,
            DecidingHall = await halls.Find(filing.DecidingHall, ct),
            DueOn = own.DueOn,
            IssuingHall = await halls.Find(filing.IssuingHall, ct),
            Materials = ["申请表", .. BroughtFiles.InWords(brought, path => Labels.Of(service, path))],
        };
    }
}
