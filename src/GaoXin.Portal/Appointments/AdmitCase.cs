using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Appointments.Waiting;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>A case may be booked from now on (预审通过). Repeatable. A service that needs no case for booking is left alone.</summary>
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
/// A case can no longer be booked: signed, withdrawn or closed. An appointment that is still coming ends with it and nothing is
/// held against the person; so do an application for a draw and a wait. Repeatable.
/// </summary>
[ForSystem]
public sealed record EndAdmission(Guid CaseId) : ICommand;

internal sealed class AdmitCaseHandler(PortalDbContext db, BookingPlans plans, VisitorCards cards, IPeople people, PersonalDataCipher cipher, TimeProvider clock) : IRequestHandler<AdmitCase, Unit>
{
    public async Task<Unit> Handle(AdmitCase request, CancellationToken ct)
    {
        if ((await plans.Current(db, ct)).Find(request.Service) is not { Service.NeedsCase: true } || await db.Admissions.AnyAsync(a => a.CaseId == request.CaseId, ct))
            return Unit.Value;
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
        });
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
        var coming = await db.Appointments.FromSql($"SELECT * FROM appointments.bookings WHERE case_id = {request.CaseId} AND state IN ('Held', 'Confirmed') FOR UPDATE").ToListAsync(ct);
        foreach (var appointment in coming)
        {
            appointment.CancelByHall(now);
            await db.FreeSeat(appointment, SeatPool.Waiting, ct);
            db.Raise(new SeatGivenBack(appointment.SeatId), now);
        }

        await db.WaitingEntries.Where(w => w.CaseId == request.CaseId && (w.State == WaitingState.Waiting || w.State == WaitingState.Offered))
            .ExecuteUpdateAsync(w => w.SetProperty(x => x.State, WaitingState.Left).SetProperty(x => x.EndedAt, now), ct);
        // A list that was hashed already is drawn as it is; what it wins then is given back.
        var closed = db.Draws;
        await db.DrawApplications.Where(a => a.CaseId == request.CaseId && a.State == DrawState.Applied && !closed.Any(d => d.ReleaseId == a.ReleaseId))
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, DrawState.Withdrawn), ct);
        return Unit.Value;
    }
}
