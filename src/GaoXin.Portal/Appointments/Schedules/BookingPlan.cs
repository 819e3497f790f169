using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Appointments.Schedules;

/// <summary>What can be booked, when, and under which limits: the files under <c>seeds/schedules</c>, read once.</summary>
internal sealed record BookingPlan(
    IReadOnlyList<BookingGroup> Groups, IReadOnlyList<OpeningHours> Hours, IReadOnlyList<BookingRules> Rules, IReadOnlyList<QuotaSetting> Quotas)
{
    private Dictionary<string, (BookingGroup Group, BookableService Service)> ByService { get; } =
        Groups.SelectMany(g => g.Services.Select(s => (Group: g, Service: s))).ToDictionary(p => p.Service.Code);

    /// <summary>The group and the words of a bookable service; null when it can not be booked.</summary>
    public (BookingGroup Group, BookableService Service)? Find(string service) => ByService.TryGetValue(service, out var found) ? found : null;

    public BookingGroup? Group(string code) => Groups.FirstOrDefault(g => g.Code == code);

    /// <summary>The rules in force on a day.</summary>
    public BookingRules RulesOn(DateOnly day) => Rules.LastOrDefault(r => r.From <= day) ?? Rules[0];

    /// <summary>The hours that zones keep which are not named in <see cref="ZoneHours"/>.</summary>
    public required string UsualHours { get; init; }

    /// <summary>Zones with hours of their own.</summary>
    public required IReadOnlyDictionary<string, string> ZoneHours { get; init; }

    /// <summary>The hours of a zone in the files.</summary>
    public IEnumerable<OpeningHours> HoursOf(string zone)
    {
        var code = ZoneHours.GetValueOrDefault(zone, UsualHours);
        return Hours.Where(h => h.Code == code);
    }

    /// <summary>The quota of a group in the week of a Monday; null when it has none.</summary>
    public int? QuotaOf(string group, DateOnly monday)
    {
        var own = Quotas.Where(q => q.Group == group).ToList();
        return own.Find(q => q.Week == monday)?.Quota ?? own.Where(q => q.Week is null && q.From <= monday.AddDays(6)).MaxBy(q => q.From)?.Quota;
    }
}

/// <summary>Services that share places (号源): a person has one active appointment in it.</summary>
internal sealed record BookingGroup(string Code, string Title, string Zone, int Minutes, ReleaseMode Mode)
{
    /// <summary>Where in the hall, in words.</summary>
    public required string Place { get; init; }

    /// <summary>Places a slot, by session; a session that is not named has none.</summary>
    public required IReadOnlyDictionary<SessionKind, int> Seats { get; init; }

    /// <summary>The 28-digit unit number is asked for, and one property has one active appointment.</summary>
    public bool NeedsPropertyUnit { get; init; }

    public required IReadOnlyList<BookableService> Services { get; init; }
}

/// <summary>A service of the catalogue that can be booked.</summary>
internal sealed record BookableService(string Code, string Title, string Hint, IReadOnlyList<string> Bring)
{
    /// <summary>Only a pre-checked case (预审通过的办件) can be booked, and its property with it.</summary>
    public bool NeedsCase { get; init; }
}

/// <summary>When a zone is open, one version. Times are local.</summary>
internal sealed record OpeningHours(string Code, int Version, DateOnly EffectiveFrom, string Title)
{
    public required IReadOnlyList<Session> WorkingDays { get; init; }

    public required IReadOnlyList<Session> Saturdays { get; init; }

    public required IReadOnlyList<Session> Sundays { get; init; }

    /// <summary>True when both say the same of every day.</summary>
    public bool SameAs(OpeningHours other) => WorkingDays.SequenceEqual(other.WorkingDays) && Saturdays.SequenceEqual(other.Saturdays) && Sundays.SequenceEqual(other.Sundays);

    /// <summary>The sessions of a day: a make-up working day is a working day, a declared day off is closed.</summary>
    public IReadOnlyList<Session> On(DateOnly day, WorkingCalendar calendar) =>
        calendar.IsWorkingDay(day) ? WorkingDays
        : calendar.IsDeclaredOff(day) ? []
        : day.DayOfWeek == DayOfWeek.Saturday ? Saturdays : Sundays;
}

/// <summary>A stretch of the day.</summary>
internal sealed record Session(TimeOnly From, TimeOnly To, SessionKind Kind);

/// <summary>The quota of a group from a day on, or of one week alone.</summary>
internal sealed record QuotaSetting(string Group, DateOnly From, DateOnly? Week, int Quota);

/// <summary>Every limit of booking, in force from a day.</summary>
internal sealed record BookingRules
{
    public required DateOnly From { get; init; }

    /// <summary>Places come out so many days before.</summary>
    public required int DaysAhead { get; init; }

    public required TimeOnly ReleaseAt { get; init; }

    public required int ClosesMinutesBefore { get; init; }

    public required int HoldMinutes { get; init; }

    public required int ExtendMinutes { get; init; }

    /// <summary>Share of the public places that come out later, at random times of the following day.</summary>
    public required int HoldBackPercent { get; init; }

    /// <summary>Share of all places for telephone, kiosk and counter.</summary>
    public required int DeskPercent { get; init; }

    public required int PerWeek { get; init; }

    public required int PerMonth { get; init; }

    public required int ExpiredHoldsPerDay { get; init; }

    public required int MovesPerAppointment { get; init; }

    public required int AgentPerMonth { get; init; }

    public required int FreeCancelHours { get; init; }

    public required int CancelWindowDays { get; init; }

    public required int CancelCooldownDays { get; init; }

    public required int LateCancelCooldownDays { get; init; }

    public required int NoShowWindowDays { get; init; }

    /// <summary>For the first, second … time not come within the window; the last counts for all that follow.</summary>
    public required IReadOnlyList<int> NoShowCooldownDays { get; init; }

    public required int CheckInMinutesBefore { get; init; }

    public required int GraceMinutes { get; init; }

    public required int OfferMinutes { get; init; }

    public required int SameDayHours { get; init; }

    public required int RoomMinutes { get; init; }

    public required int RoomBatch { get; init; }

    public required int DrawClosesDaysBefore { get; init; }

    public required int DrawPreferences { get; init; }

    /// <summary>Where the public value of a draw comes from, fixed before and published after the close.</summary>
    public required string DrawSource { get; init; }

    /// <summary>A pre-checked case (预审通过的办件) is booked within so many days, or ends.</summary>
    public required int BookWithinDays { get; init; }

    /// <summary>So many days before the end it is reminded of.</summary>
    public required int BookReminderDays { get; init; }

    /// <summary>The last day to book what was pre-checked on a day.</summary>
    public DateOnly BookBy(DateOnly from) => from.AddDays(BookWithinDays);

    public TimeSpan Hold => TimeSpan.FromMinutes(HoldMinutes);

    public TimeSpan Extension => TimeSpan.FromMinutes(ExtendMinutes);

    public TimeSpan Closes => TimeSpan.FromMinutes(ClosesMinutesBefore);
}
