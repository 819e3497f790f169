using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Appointments.Waiting;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>One of my appointments, in any state: the pass, or what is still to be confirmed.</summary>
[ForCitizens]
public sealed record GetAppointment(Guid Id) : IQuery<AppointmentView>;

/// <summary>An appointment with the names of what it refers to. The person is masked.</summary>
public sealed record AppointmentView(
    Guid Id, string Number, BookingSubject Subject, DateTimeOffset StartsAt, DateTimeOffset EndsAt, AppointmentState State, BookingChannel Channel, DateTimeOffset? HoldUntil, bool Extended,
    string MaskedName, string MaskedIdNumber, string MaskedPhone, bool ForAnother, string? MaskedProperty, int Moves, int MostMoves)
{
    /// <summary>The case it is for, where the service needs one.</summary>
    public Guid? CaseId { get; init; }

    /// <summary>The number of that case, as stored.</summary>
    public string? CaseNumber { get; init; }

    /// <summary>The case has to be mended and pre-checked again before it is signed.</summary>
    public bool CaseToMend { get; init; }

    /// <summary>The time that was chosen, when the hall moved it: another time or a cancellation is free.</summary>
    public DateTimeOffset? HallMovedFrom { get; init; }

    /// <summary>Why the hall moved or ended it.</summary>
    public string? HallReason { get; init; }

    /// <summary>The form for people: Y4821-0937-K.</summary>
    public string DisplayNumber => AppointmentNumber.Display(Number);
}

/// <summary>My appointments, places I wait for and pauses of my online booking, the latest first.</summary>
[ForCitizens]
public sealed record GetMyAppointments(string? Cursor = null) : IQuery<MyAppointments>;

/// <summary>What a person has with the hall.</summary>
public sealed record MyAppointments(Page<MyAppointment> Appointments, IReadOnlyList<MyWait> Waits, IReadOnlyList<MyCooldown> Cooldowns);

/// <summary>One of my appointments.</summary>
public sealed record MyAppointment(Guid Id, string Number, string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, AppointmentState State, DateTimeOffset? HoldUntil, string MaskedName, bool ForAnother);

/// <summary>A place on the waiting list.</summary>
public sealed record MyWait(Guid Id, string Title, DateOnly FromDay, DateOnly ToDay, WaitingState State, Guid? AppointmentId, int Before);

/// <summary>A pause of online booking.</summary>
public sealed record MyCooldown(Guid Id, CooldownReason Reason, string Title, DateTimeOffset AppointmentAt, DateTimeOffset Until, DateTimeOffset? AppealedAt, DateTimeOffset? AnsweredAt, string? Answer, bool Lifted);

internal sealed class GetAppointmentHandler(PortalDbContext db, BookingPlans plans, VisitorCards cards, PersonalDataCipher cipher, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<GetAppointment, AppointmentView>
{
    public async Task<AppointmentView> Handle(GetAppointment request, CancellationToken ct)
    {
        var own = await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == request.Id && a.BookedBy == user.Id, ct).OrNotFound("appointment");
        var plan = await plans.Current(db, ct);
        var visitor = cards.Open(own.VisitorSecret);
        var property = cipher.PropertyOf(own.PropertySecret)?.Masked;
        var matter = own.CaseId is { } about ? await db.Admissions.Where(a => a.CaseId == about).Select(a => new { a.CaseNumber, ToMend = a.SuspendedAt != null && a.EndedAt == null }).SingleOrDefaultAsync(ct) : null;
        var now = clock.GetUtcNow();
        return new AppointmentView(own.Id, own.Number, plan.SubjectOf(own), own.StartsAt, own.EndsAt,
            own.State == AppointmentState.Held && !own.IsHeldAt(now) ? AppointmentState.Expired : own.State, own.Channel, own.HoldUntil, own.Extended,
            Masking.Name(visitor.Name), Masking.IdNumber(visitor.IdNumber), Masking.Mobile(visitor.Phone), own.ForAnother, property, own.Moves, plan.RulesOn(now.Day()).MovesPerAppointment)
        {
            CaseId = own.CaseId,
            CaseNumber = matter?.CaseNumber,
            CaseToMend = matter?.ToMend == true,
            HallMovedFrom = own.HallMovedFrom,
            HallReason = own.HallReason,
        };
    }
}

internal sealed class GetMyAppointmentsHandler(PortalDbContext db, BookingPlans plans, VisitorCards cards, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<GetMyAppointments, MyAppointments>
{
    private const int PageSize = 20;

    public async Task<MyAppointments> Handle(GetMyAppointments request, CancellationToken ct)
    {
        var plan = await plans.Current(db, ct);
        var now = clock.GetUtcNow();
        var own = db.Appointments.AsNoTracking().Where(a => a.BookedBy == user.Id && a.State != AppointmentState.Expired && !(a.State == AppointmentState.Held && a.HoldUntil <= now)
            && !(a.State == AppointmentState.Cancelled && a.ConfirmedAt == null));
        var after = Guid.TryParse(request.Cursor, out var cursor);
        if (after)
            own = own.Where(a => a.Id < cursor);
        var rows = await own.OrderByDescending(a => a.Id).Take(PageSize + 1).ToListAsync(ct);
        var items = rows.Take(PageSize).Select(a => new MyAppointment(a.Id, a.Number, plan.SubjectOf(a).Title, a.StartsAt, a.EndsAt, a.State, a.HoldUntil,
            Masking.Name(cards.Open(a.VisitorSecret).Name), a.ForAnother)).ToList();
        var page = new Page<MyAppointment>(items, rows.Count > PageSize ? rows[PageSize - 1].Id.ToString() : null);
        return after ? new MyAppointments(page, [], []) : new MyAppointments(page, await Waits(plan, ct), await Cooldowns(plan, now, ct));
    }

    private async Task<IReadOnlyList<MyWait>> Waits(BookingPlan plan, CancellationToken ct)
    {
        var line = db.WaitingEntries.AsNoTracking();
        var rows = await line.Where(w => w.AccountId == user.Id && (w.State == WaitingState.Waiting || w.State == WaitingState.Offered)).OrderBy(w => w.Id)
            .Select(w => new { w.Id, w.ServiceCode, w.FromDay, w.ToDay, w.State, w.AppointmentId, Before = line.Count(o => o.ServiceGroup == w.ServiceGroup && o.State == WaitingState.Waiting && o.Id < w.Id) })
            .ToListAsync(ct);
        return [.. rows.Select(w => new MyWait(w.Id, plan.TitleOf(w.ServiceCode), w.FromDay, w.ToDay, w.State, w.AppointmentId, w.Before))];
    }

    private async Task<IReadOnlyList<MyCooldown>> Cooldowns(BookingPlan plan, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await db.Cooldowns.AsNoTracking().Where(c => c.AccountId == user.Id && c.Until > now).OrderByDescending(c => c.Until)
            .Join(db.Appointments, c => c.AppointmentId, a => a.Id, (c, a) => new { Cooldown = c, a.ServiceCode, a.StartsAt }).ToListAsync(ct);
        return [.. rows.Select(r => new MyCooldown(r.Cooldown.Id, r.Cooldown.Reason, plan.TitleOf(r.ServiceCode), r.StartsAt, r.Cooldown.Until, r.Cooldown.AppealedAt,
            r.Cooldown.AnsweredAt, r.Cooldown.Answer, r.Cooldown.LiftedAt is not null))];
    }
}

internal static class PlanNames
{
    public static string TitleOf(this BookingPlan plan, string service) => plan.Find(service)?.Service.Title ?? service;

    /// <summary>What an appointment is for; a service that can no longer be booked keeps its code and zone.</summary>
    public static BookingSubject SubjectOf(this BookingPlan plan, Appointment of) => plan.Find(of.ServiceCode) is { } found
        ? new BookingSubject(of.ServiceCode, found.Service.Title, found.Service.Hint, of.ServiceGroup, of.Zone, found.Group.Place, found.Group.NeedsPropertyUnit && !found.Service.NeedsCase, found.Group.Mode, found.Service.Bring) { NeedsCase = found.Service.NeedsCase }
        : new BookingSubject(of.ServiceCode, of.ServiceCode, "", of.ServiceGroup, of.Zone, of.Zone, false, ReleaseMode.Open, []);
}
