using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>
/// The person is in the hall (取号): confirmed becomes checked in, once, on the day, from some time before the slot until the
/// grace after it. Refused: <c>appointment.not-today</c>, <c>.too-early</c>, <c>.late</c>, <c>.taken-up</c>, <c>.over</c>.
/// </summary>
/// <param name="Number">As typed or scanned.</param>
[ForStaff(Roles.WindowClerk, Roles.HallManager)]
public sealed record TakeUpAppointment(string Number) : ICommand<TakenUpAppointment>;

/// <summary>What was booked was done (办完).</summary>
[ForStaff(Roles.WindowClerk, Roles.HallManager)]
public sealed record CompleteAppointment(Guid AppointmentId) : ICommand;

/// <summary>The confirmed appointments of today of the person with this resident ID number, by its keyed hash.</summary>
[ForStaff(Roles.WindowClerk, Roles.HallManager)]
public sealed record FindAppointmentsToday(string IdNumber) : IQuery<IReadOnlyList<AppointmentToday>>
{
    /// <summary>Without personal data, so that a log line never holds it.</summary>
    public override string ToString() => nameof(FindAppointmentsToday);
}

/// <summary>An appointment whose person has come.</summary>
public sealed record TakenUpAppointment(
    Guid AppointmentId, string Number, string Service, string ServiceTitle, string Zone, DateTimeOffset StartsAt, string MaskedName);

/// <summary>An appointment of today.</summary>
public sealed record AppointmentToday(string Number, string Service, string ServiceTitle, string Zone, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string MaskedName);

/// <summary>
/// FOR CAPABILITIES ONLY, NEVER FOR PAGES: the same without a question who asks, for the kiosk, where the identity card is the
/// answer. It joins the transaction of the running command.
/// </summary>
public interface IAppointmentDesk
{
    /// <summary>See <see cref="TakeUpAppointment"/>. Throws <see cref="NotFoundException"/> when there is no such number.</summary>
    Task<TakenUpAppointment> TakeUp(string number, CancellationToken ct);

    /// <summary>See <see cref="CompleteAppointment"/>; what is done stays done.</summary>
    Task Complete(Guid appointmentId, CancellationToken ct);

    /// <summary>See <see cref="FindAppointmentsToday"/>.</summary>
    Task<IReadOnlyList<AppointmentToday>> FindToday(string idNumber, CancellationToken ct);

    /// <summary>True when the appointment with this number is for the person with this resident ID number.</summary>
    Task<bool> IsFor(string number, string idNumber, CancellationToken ct);
}

internal sealed class TakeUpAppointmentHandler(IAppointmentDesk desk) : IRequestHandler<TakeUpAppointment, TakenUpAppointment>
{
    public Task<TakenUpAppointment> Handle(TakeUpAppointment request, CancellationToken ct) => desk.TakeUp(request.Number, ct);
}

internal sealed class CompleteAppointmentHandler(IAppointmentDesk desk) : IRequestHandler<CompleteAppointment, Unit>
{
    public async Task<Unit> Handle(CompleteAppointment request, CancellationToken ct)
    {
        await desk.Complete(request.AppointmentId, ct);
        return Unit.Value;
    }
}

internal sealed class FindAppointmentsTodayHandler(IAppointmentDesk desk) : IRequestHandler<FindAppointmentsToday, IReadOnlyList<AppointmentToday>>
{
    public Task<IReadOnlyList<AppointmentToday>> Handle(FindAppointmentsToday request, CancellationToken ct) => desk.FindToday(request.IdNumber, ct);
}

internal sealed class AppointmentDesk(PortalDbContext db, BookingPlans plans, VisitorCards cards, TimeProvider clock) : IAppointmentDesk
{
    public async Task<TakenUpAppointment> TakeUp(string number, CancellationToken ct)
    {
        var typed = AppointmentNumber.Normalise(number) ?? throw new NotFoundException("appointment");
        var plan = await plans.Current(db, ct);
        var (now, rules) = (clock.GetUtcNow(), plan.RulesOn(clock.Today()));
        var (from, until, tomorrow) = (now.AddMinutes(rules.CheckInMinutesBefore), now.AddMinutes(-rules.GraceMinutes), now.Day().EndOfDay());
        var taken = await db.Appointments.Where(a => a.Number == typed && a.State == AppointmentState.Confirmed && a.StartsAt <= from && a.StartsAt < tomorrow && a.EndsAt > until)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, AppointmentState.CheckedIn).SetProperty(x => x.CheckedInAt, now), ct);
        var found = await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Number == typed, ct).OrNotFound("appointment");
        if (taken == 0)
            throw new RefusedException(WhyNot(found, rules, now));
        return new TakenUpAppointment(found.Id, found.Number, found.ServiceCode, Title(plan, found.ServiceCode), found.Zone, found.StartsAt, MaskedName(found));
    }

    public async Task Complete(Guid appointmentId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var done = await db.Appointments.Where(a => a.Id == appointmentId && a.State == AppointmentState.CheckedIn)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, AppointmentState.Done).SetProperty(x => x.EndedAt, now), ct);
        if (done == 0)
            return;
        var about = await db.Appointments.Where(a => a.Id == appointmentId).Select(a => a.CaseId).SingleAsync(ct);
        db.Raise(new AppointmentCompleted(appointmentId, about, now), now);
    }

    public async Task<IReadOnlyList<AppointmentToday>> FindToday(string idNumber, CancellationToken ct)
    {
        if (!ResidentId.TryParse(idNumber, out var id))
            return [];
        var plan = await plans.Current(db, ct);
        var (key, from, to) = (cards.KeyOf(id.Number), clock.Today().At(TimeOnly.MinValue), clock.Today().EndOfDay());
        var found = await db.Appointments.AsNoTracking()
            .Where(a => a.PersonKey == key && a.State == AppointmentState.Confirmed && a.StartsAt >= from && a.StartsAt < to)
            .OrderBy(a => a.StartsAt).ToListAsync(ct);
        return [.. found.Select(a => new AppointmentToday(a.Number, a.ServiceCode, Title(plan, a.ServiceCode), a.Zone, a.StartsAt, a.EndsAt, MaskedName(a)))];
    }

    public async Task<bool> IsFor(string number, string idNumber, CancellationToken ct)
    {
        if (AppointmentNumber.Normalise(number) is not { } typed || !ResidentId.TryParse(idNumber, out var id))
            return false;
        var key = cards.KeyOf(id.Number);
        return await db.Appointments.AnyAsync(a => a.Number == typed && a.PersonKey == key, ct);
    }

    private string MaskedName(Appointment found) => Masking.Name(cards.Open(found.VisitorSecret).Name);

    private static string Title(BookingPlan plan, string service) => plan.Find(service)?.Service.Title ?? service;

    private static Refusal WhyNot(Appointment found, BookingRules rules, DateTimeOffset now) => found.State switch
    {
        AppointmentState.CheckedIn => AppointmentRefusals.TakenUp(),
        not AppointmentState.Confirmed => AppointmentRefusals.OverAlready(found.State),
        _ when found.StartsAt.Day() != now.Day() => AppointmentRefusals.NotToday(found.StartsAt),
        _ when found.StartsAt.AddMinutes(-rules.CheckInMinutesBefore) > now => AppointmentRefusals.TooEarly(found.StartsAt.AddMinutes(-rules.CheckInMinutesBefore)),
        _ => AppointmentRefusals.TooLateToday(),
    };
}
