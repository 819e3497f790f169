using GaoXin.Portal.Appointments.Schedules;

namespace GaoXin.Portal.Appointments;

/// <summary>
/// What giving a place back late, again, or not coming costs: some days without online booking. What the hall caused costs
/// nothing, and nobody pays for what somebody else booked in his name: the booker has a limit of his own. The page says the
/// rule before anybody pays for it.
/// </summary>
internal static class Penalties
{
    /// <summary>Booked for another, or moved by the hall.</summary>
    public static bool Spares(Appointment of) => of.ForAnother || of.IsHallsDoing;

    /// <summary>For a cancellation now: the first in the window and early enough is free. Null: nothing.</summary>
    public static (CooldownReason Reason, int Days)? ForCancelling(BookingRules rules, bool exempt, int cancelledInWindow, TimeSpan before)
    {
        if (exempt)
            return null;
        if (cancelledInWindow > 0)
            return Days(CooldownReason.CancelledAgain, rules.CancelCooldownDays);
        return before < TimeSpan.FromHours(rules.FreeCancelHours) ? Days(CooldownReason.CancelledLate, rules.LateCancelCooldownDays) : null;
    }

    /// <summary>For not coming: longer the next time.</summary>
    public static (CooldownReason Reason, int Days)? ForMissing(BookingRules rules, bool exempt, int missedInWindow) =>
        exempt ? null : Days(CooldownReason.NoShow, rules.NoShowCooldownDays[Math.Min(missedInWindow, rules.NoShowCooldownDays.Count - 1)]);

    private static (CooldownReason Reason, int Days)? Days(CooldownReason reason, int days) => days == 0 ? null : (reason, days);
}
