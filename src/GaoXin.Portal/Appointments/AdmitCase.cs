using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Appointments.Waiting;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>
/// A case may be booked from now on (预审通过), or again after it was mended. Repeatable. A service that needs no case for booking is
/// left alone. When the property is another one now, an appointment for the old one ends.
/// </summary>
[ForSystem]
public sealed record AdmitCase : ICommand
{
    /// <summary>The case.</summary>
    public required Guid CaseId { get; init; }

    /// <summary>Its number, as people read it out at the desk.</summary>
    public required string CaseNumber { get; init; }

    /// <summary>The code of the service.</summary>
    public required string Service { get; init; }

    /// <summary>The account that filed it.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>不动产单元号, 28 characters; null when the case is about no property.</summary>
    public string? PropertyUnit { get; init; }

    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => $"AdmitCase {CaseId}";
}

/// <summary>
/// Something has to be mended in a case that may be booked (预审后补正): no new booking until it is admitted again. An appointment stays,
/// and from now on another time or a cancellation costs nothing. Repeatable.
/// </summary>
[ForSystem]
public sealed record SuspendAdmission(Guid CaseId) : ICommand;

/// <summary>
/// A case can no longer be booked: signed, withdrawn or closed. An appointment that is still coming ends with it and nothing is
/// held against the person; so do an application for a draw and a wait. Repeatable.
/// </summary>
[ForSystem]
public sealed record EndAdmission(Guid CaseId) : ICommand;

internal sealed class AdmitCaseHandler(PortalDbContext db, BookingPlans plans, VisitorCards cards, IPeople people, PersonalDataCipher cipher, TimeProvider clock) : IRequestHandler<AdmitCase, Unit>
{
    public async Task<Unit> Handle(AdmitCase request, CancellationToken ct)
    {
        var plan = await plans.Current(db, ct);
        if (plan.Find(request.Service) is not { Service.NeedsCase: true })
            return Unit.Value;
        var bookBy = plan.RulesOn(clock.Today()).BookBy(clock.Today());
        if (await db.LockAdmission(request.CaseId, ct) is { } known)
        {
            await AdmitAgain(known, request.PropertyUnit, bookBy, ct);
            return Unit.Value;
        }

        var own = await cards.OwnOf(request.AccountId, people, ct);
        db.Add(new Admission
        {
            CaseId = request.CaseId,
            CaseNumber = request.CaseNumber,
            ServiceCode = request.Service,
            AccountId = request.AccountId,
            PersonKey = own.Key,
            PropertySecret = request.PropertyUnit is { } unit ? cipher.Protect(unit, Appointment.PropertyPurpose) : null,
            AdmittedAt = clock.GetUtcNow(),
            BookBy = bookBy,
        });
        return Unit.Value;
    }

    private async Task AdmitAgain(Admission known, string? unit, DateOnly bookBy, CancellationToken ct)
    {
        if (known.SuspendedAt is null)
            return;
        known.SuspendedAt = null;
        known.MayBookUntil(bookBy);
        if (cipher.PropertyOf(known.PropertySecret)?.Number == unit)
            return;
        known.PropertySecret = unit is null ? null : cipher.Protect(unit, Appointment.PropertyPurpose);
        await db.EndComing(known.CaseId, clock.GetUtcNow(), ct);
    }
}

internal sealed class SuspendAdmissionHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<SuspendAdmission, Unit>
{
    public async Task<Unit> Handle(SuspendAdmission request, CancellationToken ct)
    {
        if (await db.LockAdmission(request.CaseId, ct) is not { EndedAt: null, SuspendedAt: null } admission)
            return Unit.Value;
        admission.SuspendedAt = clock.GetUtcNow();
        foreach (var coming in await db.LockComing(request.CaseId, ct))
            coming.Excuse();
        return Unit.Value;
    }
}

internal sealed class EndAdmissionHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<EndAdmission, Unit>
{
    public async Task<Unit> Handle(EndAdmission request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // Who books holds the row for sharing: whoever comes second sees what the first did.
        await db.Admissions.Where(a => a.CaseId == request.CaseId && a.EndedAt == null).ExecuteUpdateAsync(a => a.SetProperty(x => x.EndedAt, now), ct);
        await db.EndComing(request.CaseId, now, ct);
        await db.WaitingEntries.Where(w => w.CaseId == request.CaseId && (w.State == WaitingState.Waiting || w.State == WaitingState.Offered))
            .ExecuteUpdateAsync(w => w.SetProperty(x => x.State, WaitingState.Left).SetProperty(x => x.EndedAt, now), ct);
        // A list that was hashed already is drawn as it is; what it wins then is given back.
        var closed = db.Draws;
        await db.DrawApplications.Where(a => a.CaseId == request.CaseId && a.State == DrawState.Applied && !closed.Any(d => d.ReleaseId == a.ReleaseId))
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, DrawState.Withdrawn), ct);
        return Unit.Value;
    }
}

internal static class AdmittedCases
{
    /// <summary>The admission, locked: who books holds it for sharing, so that whoever comes second sees what the first did.</summary>
    public static Task<Admission?> LockAdmission(this PortalDbContext db, Guid caseId, CancellationToken ct) =>
        db.Admissions.FromSql($"SELECT * FROM appointments.admissions WHERE case_id = {caseId} FOR UPDATE").SingleOrDefaultAsync(ct);

    /// <summary>What is booked for a case and has not begun, locked.</summary>
    public static Task<List<Appointment>> LockComing(this PortalDbContext db, Guid caseId, CancellationToken ct) =>
        db.Appointments.FromSql($"SELECT * FROM appointments.bookings WHERE case_id = {caseId} AND state IN ('Held', 'Confirmed') FOR UPDATE").ToListAsync(ct);

    /// <summary>Ends what is booked for a case; nothing is held against the person.</summary>
    public static async Task EndComing(this PortalDbContext db, Guid caseId, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var appointment in await db.LockComing(caseId, ct))
        {
            appointment.CancelByHall(now);
            await db.FreeSeat(appointment, SeatPool.Waiting, ct);
            db.Raise(new SeatGivenBack(appointment.SeatId), now);
        }
    }
}
