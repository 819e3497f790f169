namespace GaoXin.Portal.Identity;

/// <summary>How long a session lives, section <c>Identity:Sessions</c>. Silence ends it, and so does its age.</summary>
internal sealed class SessionOptions
{
    public const string Section = "Identity:Sessions";

    /// <summary>The longest session of a citizen, in hours.</summary>
    public int CitizenHours { get; set; } = 12;

    /// <summary>The longest session of staff, in hours: a working day.</summary>
    public int StaffHours { get; set; } = 8;

    /// <summary>Minutes of silence after which a citizen is signed out.</summary>
    public int CitizenIdleMinutes { get; set; } = 120;

    /// <summary>Minutes of silence after which staff are signed out （等保 2.0 level 3）.</summary>
    public int StaffIdleMinutes { get; set; } = 30;

    public TimeSpan Longest(bool staff) => TimeSpan.FromHours(staff ? StaffHours : CitizenHours);

    public TimeSpan Idle(bool staff) => TimeSpan.FromMinutes(staff ? StaffIdleMinutes : CitizenIdleMinutes);
}
