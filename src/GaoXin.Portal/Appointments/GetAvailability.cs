using GaoXin.Portal.Appointments.Schedules;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;

namespace GaoXin.Portal.Appointments;

/// <summary>What can be booked, by groups (预约哪件事).</summary>
[ForAnyone]
public sealed record GetBookableServices : IQuery<IReadOnlyList<BookableGroup>>;

/// <summary>Services that share places.</summary>
/// <param name="Code">The group.</param>
/// <param name="Title">Its name.</param>
/// <param name="Mode">How its places are given out.</param>
/// <param name="Services">Its services.</param>
public sealed record BookableGroup(string Code, string Title, ReleaseMode Mode, IReadOnlyList<BookableItem> Services);

/// <summary>A service that can be booked.</summary>
public sealed record BookableItem(string Code, string Title, string Hint);

/// <summary>The days of the coming two weeks and the slots of each, of one service. Counts are at most a second old.</summary>
[ForAnyone]
public sealed record GetAvailability(string Service) : IQuery<Availability>;

/// <summary>When a service can be booked.</summary>
public sealed record Availability(BookingSubject Subject, IReadOnlyList<BookingDay> Days)
{
    /// <summary>The day, or null when it is not shown.</summary>
    public BookingDay? Day(DateOnly day) => Days.FirstOrDefault(d => d.Day == day);
}

/// <summary>What is booked and where.</summary>
public sealed record BookingSubject(string Service, string Title, string Hint, string Group, string Zone, string Place, bool NeedsPropertyUnit, ReleaseMode Mode, IReadOnlyList<string> Bring)
{
    /// <summary>Only who has a pre-checked case may book; the property is the case's.</summary>
    public bool NeedsCase { get; init; }
}

/// <summary>A day of the grid.</summary>
/// <param name="Day">The day.</param>
/// <param name="State">What can be done with it.</param>
/// <param name="Free">Places left, of a draw places to win.</param>
/// <param name="OpensAt">When its places come out.</param>
/// <param name="ReleaseId">The release, for the waiting room and the draw.</param>
/// <param name="Slots">The times.</param>
public sealed record BookingDay(DateOnly Day, BookingDayState State, int Free, DateTimeOffset? OpensAt, Guid? ReleaseId, IReadOnlyList<BookingSlot> Slots);

/// <summary>What can be done with a day.</summary>
public enum BookingDayState
{
    /// <summary>不开放.</summary>
    Closed,

    /// <summary>还没放号.</summary>
    NotYet,

    /// <summary>有号.</summary>
    Free,

    /// <summary>约满.</summary>
    Full,

    /// <summary>摇号登记中.</summary>
    Draw,

    /// <summary>等开摇.</summary>
    Drawing,

    /// <summary>候场中.</summary>
    Room,
}

/// <summary>A time.</summary>
public sealed record BookingSlot(Guid Id, DateTimeOffset StartsAt, DateTimeOffset EndsAt, SessionKind Session, int Free, bool CanBeTaken);

/// <summary>大厅明天还有多少号: free places of the next day the hall is open, by group. Counts are at most a second old.</summary>
[ForAnyone]
public sealed record GetPlacesTomorrow : IQuery<PlacesTomorrow>;

/// <summary>Places left on a day.</summary>
public sealed record PlacesTomorrow(DateOnly Day, int Free, IReadOnlyList<GroupPlaces> Groups);

/// <summary>Places left of a group.</summary>
public sealed record GroupPlaces(string Group, string Title, int Free, string FirstService);

internal sealed class GetBookableServicesHandler(PortalDbContext db, BookingPlans plans) : IRequestHandler<GetBookableServices, IReadOnlyList<BookableGroup>>
{
    public async Task<IReadOnlyList<BookableGroup>> Handle(GetBookableServices request, CancellationToken ct) =>
        [.. (await plans.Current(db, ct)).Groups.Select(g => new BookableGroup(g.Code, g.Title, g.Mode, [.. g.Services.Select(s => new BookableItem(s.Code, s.Title, s.Hint))]))];
}

internal sealed class GetAvailabilityHandler(PortalDbContext db, BookingPlans plans, FreeSeats seats, TimeProvider clock) : IRequestHandler<GetAvailability, Availability>
{
    public async Task<Availability> Handle(GetAvailability request, CancellationToken ct)
    {
        var plan = await plans.Current(db, ct);
        var (group, service) = plan.Find(request.Service) ?? throw new NotFoundException("bookable service");
        var (now, rules) = (clock.GetUtcNow(), plan.RulesOn(clock.Today()));
        var rows = (await seats.Of(group.Code)).ToLookup(r => r.Day);
        var days = Enumerable.Range(0, rules.DaysAhead).Select(i => now.Day().AddDays(i)).Select(day => BookingDays.Of(day, [.. rows[day]], rules, now));
        return new Availability(
            new BookingSubject(service.Code, service.Title, service.Hint, group.Code, group.Zone, group.Place, group.NeedsPropertyUnit && !service.NeedsCase, group.Mode, service.Bring) { NeedsCase = service.NeedsCase }, [.. days]);
    }
}

internal sealed class GetPlacesTomorrowHandler(PortalDbContext db, BookingPlans plans, FreeSeats seats, TimeProvider clock) : IRequestHandler<GetPlacesTomorrow, PlacesTomorrow>
{
    public async Task<PlacesTomorrow> Handle(GetPlacesTomorrow request, CancellationToken ct)
    {
        var plan = await plans.Current(db, ct);
        var (now, rules) = (clock.GetUtcNow(), plan.RulesOn(clock.Today()));
        var rows = new List<(BookingGroup Group, SlotRow Row)>();
        foreach (var group in plan.Groups.Where(g => g.Mode != ReleaseMode.Draw))
            rows.AddRange((await seats.Of(group.Code)).Where(r => r.Day > now.Day()).Select(r => (group, r)));
        var day = rows.Count == 0 ? now.Day().AddDays(1) : rows.Min(r => r.Row.Day);
        var groups = rows.Where(r => r.Row.Day == day).GroupBy(r => r.Group)
            .Select(g => new GroupPlaces(g.Key.Code, g.Key.Title, BookingDays.Of(day, [.. g.Select(r => r.Row)], rules, now).Free, g.Key.Services[0].Code)).ToList();
        return new PlacesTomorrow(day, groups.Sum(g => g.Free), groups);
    }
}

/// <summary>What a day's rows mean now.</summary>
internal static class BookingDays
{
    public static BookingDay Of(DateOnly day, IReadOnlyList<SlotRow> rows, BookingRules rules, DateTimeOffset now)
    {
        if (rows.Count == 0)
            return new BookingDay(day, BookingDayState.Closed, 0, null, null, []);
        var first = rows[0];
        var slots = rows.Select(r => Slot(r, rules, now)).ToList();
        var state = StateOf(first, slots, now);
        var free = state == BookingDayState.NotYet ? 0 : slots.Where(s => s.CanBeTaken).Sum(s => s.Free);
        return new BookingDay(day, state, free, first.OpensAt, first.ReleaseId, slots);
    }

    private static BookingSlot Slot(SlotRow row, BookingRules rules, DateTimeOffset now)
    {
        var drawn = row.Mode == nameof(ReleaseMode.Draw) && row.DecidedAt is null;
        var free = drawn ? row.Seats : row.Free;
        var open = row.StartsAt - rules.Closes > now && row.OpensAt <= now;
        return new BookingSlot(row.Id, row.StartsAt, row.EndsAt, Enum.Parse<SessionKind>(row.Session), free, open && free > 0);
    }

    private static BookingDayState StateOf(SlotRow first, List<BookingSlot> slots, DateTimeOffset now)
    {
        if (first.OpensAt > now)
            return first.Mode == nameof(ReleaseMode.WaitingRoom) && first.OpensAt.Day() == now.Day() ? BookingDayState.Room : BookingDayState.NotYet;
        if (first is { Mode: nameof(ReleaseMode.Draw), DecidedAt: null })
            return first.ClosesAt > now ? BookingDayState.Draw : BookingDayState.Drawing;
        if (first.Mode == nameof(ReleaseMode.WaitingRoom) && !(first.FreeFrom <= now))
            return BookingDayState.Room;
        return slots.Exists(s => s.CanBeTaken) ? BookingDayState.Free : BookingDayState.Full;
    }
}
