using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>My cases of a service that may be booked, the oldest first; empty where the service needs no case.</summary>
[ForCitizens]
public sealed record GetCasesToBook(string Service) : IQuery<IReadOnlyList<CaseToBook>>;

/// <summary>A pre-checked case.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="CaseNumber">Its number, as stored.</param>
/// <param name="MaskedProperty">Its property; null when it is about none.</param>
public sealed record CaseToBook(Guid CaseId, string CaseNumber, string? MaskedProperty);

/// <summary>Whether a case of mine may be booked, and what is booked for it; null when it may not and never was.</summary>
[ForCitizens]
public sealed record GetCaseBooking(Guid CaseId) : IQuery<CaseBooking?>;

/// <summary>The booking of a case.</summary>
/// <param name="Service">The service to book.</param>
/// <param name="MayBook">It may be booked now.</param>
/// <param name="AppointmentId">The appointment that is coming or was kept last.</param>
/// <param name="StartsAt">When.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="State">Where it stands.</param>
/// <param name="BookBy">The last day to book.</param>
public sealed record CaseBooking(string Service, bool MayBook, Guid? AppointmentId, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, AppointmentState? State, DateOnly BookBy);

internal sealed class GetCasesToBookHandler(PortalDbContext db, PersonalDataCipher cipher, ICurrentUser user) : IRequestHandler<GetCasesToBook, IReadOnlyList<CaseToBook>>
{
    private const int Most = 20;

    public async Task<IReadOnlyList<CaseToBook>> Handle(GetCasesToBook request, CancellationToken ct)
    {
        var bookings = db.Appointments;
        var open = await db.Admissions.AsNoTracking().Where(a => a.AccountId == user.Id && a.ServiceCode == request.Service && a.EndedAt == null && a.SuspendedAt == null
                && !bookings.Any(b => b.CaseId == a.CaseId && (b.State == AppointmentState.Confirmed || b.State == AppointmentState.CheckedIn)))
            .OrderBy(a => a.CaseId).Take(Most).ToListAsync(ct);
        return [.. open.Select(a => new CaseToBook(a.CaseId, a.CaseNumber, cipher.PropertyOf(a.PropertySecret)?.Masked))];
    }
}

internal sealed class GetCaseBookingHandler(PortalDbContext db, ICurrentUser user, TimeProvider clock) : IRequestHandler<GetCaseBooking, CaseBooking?>
{
    public async Task<CaseBooking?> Handle(GetCaseBooking request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var bookings = db.Appointments;
        var found = await db.Admissions.AsNoTracking().Where(a => a.CaseId == request.CaseId && a.AccountId == user.Id)
            .Select(a => new
            {
                a.ServiceCode,
                a.EndedAt,
                a.SuspendedAt,
                a.BookBy,
                Booked = bookings.Where(b => b.CaseId == a.CaseId
                        && (b.State == AppointmentState.Confirmed || b.State == AppointmentState.CheckedIn || b.State == AppointmentState.Done || (b.State == AppointmentState.Held && b.HoldUntil > now)))
                    .OrderByDescending(b => b.Id).Select(b => new { b.Id, b.StartsAt, b.EndsAt, b.State }).FirstOrDefault(),
            }).SingleOrDefaultAsync(ct);
        return found is null ? null
            : new CaseBooking(found.ServiceCode, found.EndedAt is null && found.SuspendedAt is null && found.Booked is null, found.Booked?.Id, found.Booked?.StartsAt, found.Booked?.EndsAt, found.Booked?.State, found.BookBy);
    }
}

/// <summary>What a booking is about.</summary>
internal sealed record BookedMatter(Guid? CaseId, PropertyUnitNumber? Property);

/// <summary>
/// Finds what is booked: of a service that needs a case the pre-checked case and its property, never what a form says; of the
/// others the typed property. The admission is held for sharing, so that it can not end before the booking is stored.
/// </summary>
internal sealed class BookedMatters(PortalDbContext db, PersonalDataCipher cipher)
{
    /// <summary>The matter of the account that filed the case. Not there, not pre-checked and not yours are refused alike.</summary>
    public async Task<BookedMatter> Of(BookingGroup group, BookableService service, Guid? caseId, string? typed, Guid account, CancellationToken ct)
    {
        if (!service.NeedsCase)
            return new BookedMatter(null, group.UnitOf(typed));
        if (caseId is not { } id || id == Guid.Empty)
            throw new RefusedException(AppointmentRefusals.CaseFirst());
        var own = await db.Admissions.FromSql($"SELECT * FROM appointments.admissions WHERE case_id = {id} AND account_id = {account} AND service_code = {service.Code} FOR SHARE").AsNoTracking().SingleOrDefaultAsync(ct);
        return Admitted(own);
    }

    /// <summary>The same at the desk, by the number of the case and the identity card of the applicant.</summary>
    public async Task<BookedMatter> AtDesk(BookingGroup group, BookableService service, string? caseNumber, string? typed, byte[] person, CancellationToken ct)
    {
        if (!service.NeedsCase)
            return new BookedMatter(null, group.UnitOf(typed));
        if (string.IsNullOrWhiteSpace(caseNumber))
            throw new RefusedException(AppointmentRefusals.CaseNumberFirst());
        var number = Text.Compact(caseNumber).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        var own = await db.Admissions.FromSql($"SELECT * FROM appointments.admissions WHERE case_number = {number} AND person_key = {person} AND service_code = {service.Code} FOR SHARE").AsNoTracking().SingleOrDefaultAsync(ct);
        return Admitted(own);
    }

    private BookedMatter Admitted(Admission? admission) => admission switch
    {
        null => throw new RefusedException(AppointmentRefusals.CaseNotReady()),
        { EndedAt: not null } => throw new RefusedException(AppointmentRefusals.CaseOver()),
        { SuspendedAt: not null } => throw new RefusedException(AppointmentRefusals.CaseToMend()),
        _ => new BookedMatter(admission.CaseId, cipher.PropertyOf(admission.PropertySecret)),
    };
}

internal static class PropertyUnits
{
    /// <summary>The property of a booking, in groups that ask for it.</summary>
    public static PropertyUnitNumber? UnitOf(this BookingGroup group, string? typed)
    {
        if (!group.NeedsPropertyUnit)
            return null;
        return PropertyUnitNumber.TryParse(typed, out var unit) ? unit
            : throw new FluentValidation.ValidationException([new FluentValidation.Results.ValidationFailure(nameof(HoldSeat.PropertyUnit), PropertyUnitNumber.Explain(typed) + "。")]);
    }

    /// <summary>The property behind a stored secret.</summary>
    public static PropertyUnitNumber? PropertyOf(this PersonalDataCipher cipher, byte[]? secret) =>
        secret is not null && PropertyUnitNumber.TryParse(cipher.Unprotect(secret, Appointment.PropertyPurpose), out var unit) ? unit : null;
}
