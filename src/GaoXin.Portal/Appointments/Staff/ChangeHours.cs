using FluentValidation;
using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments.Staff;

/// <summary>
/// Stores the opening hours of a zone from a day on (改开放时间), after a preview. Times that the new hours lack are withdrawn; their
/// appointments move to the nearest free time and the people are told, with the right to choose another time or to cancel at no
/// cost. The answer is the number of appointments affected. Refused: <c>appointment.preview-again</c>, <c>appointment.same-hours</c>.
/// </summary>
[ForStaff(Roles.HallManager)]
public sealed record ChangeHours : ICommand<int>, IRepeatable
{
    /// <summary>The zone's code.</summary>
    public string Zone { get; init; } = "";

    /// <summary>The first day, tomorrow at the earliest: today's hours are ended by a closure.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Working days, a stretch a line: <c>09:00-12:00</c>, <c>12:00-13:00 午间</c>.</summary>
    public string WorkingDays { get; init; } = "";

    /// <summary>Saturdays; empty when it is closed.</summary>
    public string Saturdays { get; init; } = "";

    /// <summary>Sundays; empty when it is closed.</summary>
    public string Sundays { get; init; } = "";

    /// <summary>The reason, as the people read it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>From the preview: what it showed is what happens, or nothing does.</summary>
    public string Token { get; init; } = "";
}

/// <summary>Whom new hours would affect, before they are stored; checked like <see cref="ChangeHours"/>.</summary>
[ForStaff(Roles.HallManager)]
public sealed record PreviewHours(ChangeHours Change) : IQuery<HallChangePreview>;

/// <summary>The hours of a zone: today's as text to change, and all versions that are in force or come.</summary>
[ForStaff(Roles.HallManager)]
public sealed record GetZoneHours(string Zone) : IQuery<ZoneHoursView>;

/// <summary>The hours of a zone.</summary>
/// <param name="Latest">What is in force at the end, to begin a change with.</param>
/// <param name="Versions">Those in force or to come, in the order of their days.</param>
public sealed record ZoneHoursView(ChangeHours Latest, IReadOnlyList<HoursVersion> Versions);

/// <summary>A version.</summary>
/// <param name="From">Its first day.</param>
/// <param name="WorkingDays">In lines.</param>
/// <param name="Saturdays">In lines.</param>
/// <param name="Sundays">In lines.</param>
/// <param name="Reason">Null for hours of the delivered files.</param>
/// <param name="StoredAt">When it was stored; null for hours of the delivered files.</param>
/// <param name="Affected">Appointments that moved for it.</param>
public sealed record HoursVersion(DateOnly From, string WorkingDays, string Saturdays, string Sundays, string? Reason, DateTimeOffset? StoredAt, int Affected);

internal sealed class ChangeHoursValidator : AbstractValidator<ChangeHours>
{
    public ChangeHoursValidator(TimeProvider clock)
    {
        RuleFor(r => r.Zone).NotEmpty().WithMessage("请选哪个区。");
        RuleFor(r => r.From).Must(d => d > clock.Today()).WithMessage("最早从明天起。今天要停，请用“停办一个区”。");
        RuleFor(r => r.From).Must(d => d is null || d <= clock.Today().AddYears(1)).WithMessage("最晚写到一年以后。");
        Lines(r => r.WorkingDays, SessionKind.Day);
        Lines(r => r.Saturdays, SessionKind.Weekend);
        Lines(r => r.Sundays, SessionKind.Weekend);
        RuleFor(r => r.WorkingDays).Must((r, _) => !string.IsNullOrWhiteSpace(r.WorkingDays + r.Saturdays + r.Sundays)).WithMessage("三栏都空着就是不再开放。请至少写一段；短时间不开，请用“停办一个区”。");
        RuleFor(r => r.Reason).Cascade(CascadeMode.Stop).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("请写原因，约了号的人会看到，比如冬季作息。").MaximumLength(200).WithMessage("原因最多 200 字。");
    }

    private void Lines(System.Linq.Expressions.Expression<Func<ChangeHours, string>> field, SessionKind usual) =>
        RuleFor(field).Custom((text, context) =>
        {
            if (SessionLines.Parse(text, usual).Fault is { } fault)
                context.AddFailure(fault);
        });
}

internal sealed class PreviewHoursValidator : AbstractValidator<PreviewHours>
{
    public PreviewHoursValidator(TimeProvider clock) => RuleFor(r => r.Change).SetValidator(new ChangeHoursValidator(clock)).OverridePropertyName("");
}

/// <summary>New hours of a zone as they would be stored, and what they do to its groups.</summary>
internal sealed class HoursChanges(PortalDbContext db, BookingPlans plans, IMediator mediator, TimeProvider clock)
{
    public async Task<HoursChange> Of(ChangeHours typed, CancellationToken ct)
    {
        if ((await mediator.Send(new GetZones(), ct)).Zones.FirstOrDefault(z => z.Code == typed.Zone) is not { } zone)
            throw new NotFoundException("zone");
        var (plan, now, day) = (await plans.Current(db, ct), clock.GetUtcNow(), typed.From!.Value);
        var schedules = await db.ZoneSchedules(plan, ct);
        var before = schedules.Of(zone.Code);
        var hours = new OpeningHours(zone.Code, (schedules.StoredOf(zone.Code).LastOrDefault()?.Version ?? 0) + 1, day, zone.Title)
        {
            WorkingDays = SessionLines.Parse(typed.WorkingDays, SessionKind.Day).Sessions,
            Saturdays = SessionLines.Parse(typed.Saturdays, SessionKind.Weekend).Sessions,
            Sundays = SessionLines.Parse(typed.Sundays, SessionKind.Weekend).Sessions,
        };
        if (before.On(day) is { } old && old.SameAs(hours))
            throw new RefusedException(AppointmentRefusals.SameHours());
        var (calendar, closures, after) = (await mediator.Send(new GetWorkingCalendar(), ct), await db.ComingClosures(now, ct), before.With(hours));
        List<GroupSlots> groups = [.. plan.Groups.Where(g => g.Zone == zone.Code).Select(g => new GroupSlots(db, plan, g, after, calendar, closures, now))];
        var comparisons = new List<SlotComparison>();
        foreach (var group in groups)
            comparisons.Add(await group.Compare(ct));
        var words = $"{ZoneHours.ContentOf(hours)} {typed.Reason.Trim()}";
        return new HoursChange(hours, groups, new HallChange(words, [.. comparisons.SelectMany(c => c.Gone).Select(s => s.Id)], [.. comparisons.SelectMany(c => c.Wanted).Where(w => w.There is null).Select(w => w.Planned)]));
    }
}

/// <summary>A change of hours.</summary>
internal sealed record HoursChange(OpeningHours Hours, IReadOnlyList<GroupSlots> Groups, HallChange Change);

internal sealed class PreviewHoursHandler(HoursChanges changes, WithdrawalPreview preview) : IRequestHandler<PreviewHours, HallChangePreview>
{
    public async Task<HallChangePreview> Handle(PreviewHours request, CancellationToken ct) => await preview.Of((await changes.Of(request.Change, ct)).Change, ct);
}

internal sealed class ChangeHoursHandler(PortalDbContext db, HoursChanges changes, WithdrawalPreview preview, MovedByHall moved, ICurrentUser user, TimeProvider clock) : IRequestHandler<ChangeHours, int>
{
    public async Task<int> Handle(ChangeHours request, CancellationToken ct)
    {
        await db.LockPlan(ct);
        var change = await changes.Of(request, ct);
        var (affected, reason) = (await preview.MustBeSeen(change.Change, request.Token, ct), request.Reason.Trim());
        db.Add(new ZoneHours
        {
            Zone = request.Zone,
            Version = change.Hours.Version,
            EffectiveFrom = change.Hours.EffectiveFrom,
            Content = ZoneHours.ContentOf(change.Hours),
            Reason = reason,
            Affected = affected,
            StoredBy = user.Id,
            StoredAt = clock.GetUtcNow(),
        });
        foreach (var group in change.Groups)
            await group.Bring(moved, reason, ct);
        return affected;
    }
}

internal sealed class GetZoneHoursHandler(PortalDbContext db, BookingPlans plans, TimeProvider clock) : IRequestHandler<GetZoneHours, ZoneHoursView>
{
    public async Task<ZoneHoursView> Handle(GetZoneHours request, CancellationToken ct)
    {
        var schedules = await db.ZoneSchedules(await plans.Current(db, ct), ct);
        var (schedule, stored) = (schedules.Of(request.Zone), schedules.StoredOf(request.Zone));
        var now = schedule.On(clock.Today());
        var versions = schedule.Versions.Where(v => v == now || v.EffectiveFrom > clock.Today()).Select(v => ViewOf(v, stored.FirstOrDefault(h => h.Zone == v.Code && h.Version == v.Version))).ToList();
        var last = versions.LastOrDefault();
        return new ZoneHoursView(new ChangeHours { Zone = request.Zone, WorkingDays = last?.WorkingDays ?? "", Saturdays = last?.Saturdays ?? "", Sundays = last?.Sundays ?? "" }, versions);
    }

    private static HoursVersion ViewOf(OpeningHours hours, ZoneHours? stored) => new(hours.EffectiveFrom,
        SessionLines.Write(hours.WorkingDays, SessionKind.Day), SessionLines.Write(hours.Saturdays, SessionKind.Weekend), SessionLines.Write(hours.Sundays, SessionKind.Weekend),
        stored?.Reason, stored?.StoredAt, stored?.Affected ?? 0);
}
