using System.Globalization;
using GaoXin.Portal.Persistence.Seeds;

namespace GaoXin.Portal.Appointments.Schedules;

/// <summary>Reads definition files that fit their schemas.</summary>
internal static class PlanReader
{
    public static BookingPlan Read(IEnumerable<SeedNode> groups, IEnumerable<SeedNode> hours, IEnumerable<SeedNode> rules)
    {
        var (settings, files) = (rules.ToList(), groups.ToList());
        return new BookingPlan(
            [.. files.SelectMany(f => f.ListOf("groups")).Select(Group)],
            [.. hours.Select(Hours)],
            [.. settings.SelectMany(f => f.ListOf("rules")).Select(Rule).OrderBy(r => r.From)],
            [.. settings.SelectMany(f => f.ListOf("weekly_quotas")).SelectMany(Quotas)])
        {
            UsualHours = files.Select(f => f.TextOf("usual_hours")).FirstOrDefault() ?? "",
            ZoneHours = files.SelectMany(f => f["zone_hours"]?.Entries ?? []).ToDictionary(e => e.Key, e => e.Value.Text ?? ""),
        };
    }

    public static OpeningHours Hours(SeedNode node) => new(Text(node, "code"), Number(node, "version"), Day(node, "effective_from"), Text(node, "title"))
    {
        WorkingDays = [.. node.ListOf("working_days").Select(Session)],
        Saturdays = [.. node.ListOf("saturdays").Select(Session)],
        Sundays = [.. node.ListOf("sundays").Select(Session)],
    };

    private static BookingGroup Group(SeedNode node) =>
        new(Text(node, "code"), Text(node, "title"), Text(node, "zone"), Number(node, "minutes"), Mode(node.TextOf("mode")))
        {
            Place = Text(node, "place"),
            Seats = (node["seats"]?.Entries ?? []).ToDictionary(e => Kind(e.Key), e => e.Value.Value is decimal seats ? (int)seats : 0),
            NeedsPropertyUnit = node.FlagOf("needs_property_unit"),
            Services = [.. node.ListOf("services").Select(s => new BookableService(Text(s, "code"), Text(s, "title"), Text(s, "hint"), s.TextsOf("bring")) { NeedsCase = s.FlagOf("needs_case") })],
        };

    private static BookingRules Rule(SeedNode node) => new()
    {
        From = Day(node, "from"),
        DaysAhead = Number(node, "days_ahead"),
        ReleaseAt = Time(node, "release_at"),
        ClosesMinutesBefore = Number(node, "closes_minutes_before"),
        HoldMinutes = Number(node, "hold_minutes"),
        ExtendMinutes = Number(node, "extend_minutes"),
        HoldBackPercent = Number(node, "hold_back_percent"),
        DeskPercent = Number(node, "desk_percent"),
        PerWeek = Number(node, "per_week"),
        PerMonth = Number(node, "per_month"),
        ExpiredHoldsPerDay = Number(node, "expired_holds_per_day"),
        MovesPerAppointment = Number(node, "moves_per_appointment"),
        AgentPerMonth = Number(node, "agent_per_month"),
        FreeCancelHours = Number(node, "free_cancel_hours"),
        CancelWindowDays = Number(node, "cancel_window_days"),
        CancelCooldownDays = Number(node, "cancel_cooldown_days"),
        LateCancelCooldownDays = Number(node, "late_cancel_cooldown_days"),
        NoShowWindowDays = Number(node, "no_show_window_days"),
        NoShowCooldownDays = [.. node.ListOf("no_show_cooldown_days").Select(n => n.Value is decimal days ? (int)days : 0)],
        CheckInMinutesBefore = Number(node, "check_in_minutes_before"),
        GraceMinutes = Number(node, "grace_minutes"),
        OfferMinutes = Number(node, "offer_minutes"),
        SameDayHours = Number(node, "same_day_hours"),
        RoomMinutes = Number(node, "room_minutes"),
        RoomBatch = Number(node, "room_batch"),
        DrawClosesDaysBefore = Number(node, "draw_closes_days_before"),
        DrawPreferences = Number(node, "draw_preferences"),
        DrawSource = Text(node, "draw_source"),
        BookWithinDays = Number(node, "book_within_days"),
        BookReminderDays = Number(node, "book_reminder_days"),
    };

    private static IEnumerable<QuotaSetting> Quotas(SeedNode node) =>
        node.ListOf("quotas").Select(q => new QuotaSetting(Text(node, "group"), q.DayOf("from") ?? q.DayOf("week") ?? DateOnly.MinValue, q.DayOf("week"), Number(q, "quota")));

    private static Session Session(SeedNode node) => new(Time(node, "from"), Time(node, "to"), Kind(node.TextOf("kind") ?? "day"));

    private static SessionKind Kind(string name) => Enum.Parse<SessionKind>(name, ignoreCase: true);

    private static ReleaseMode Mode(string? name) => name switch
    {
        "draw" => ReleaseMode.Draw,
        "waiting-room" => ReleaseMode.WaitingRoom,
        _ => ReleaseMode.Open,
    };

    private static string Text(SeedNode node, string key) => node.TextOf(key) ?? "";

    private static int Number(SeedNode node, string key) => node.NumberOf(key) ?? 0;

    private static DateOnly Day(SeedNode node, string key) => node.DayOf(key) ?? DateOnly.MinValue;

    private static TimeOnly Time(SeedNode node, string key) => TimeOnly.ParseExact(Text(node, key), "HH:mm", CultureInfo.InvariantCulture);
}
