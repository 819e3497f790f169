using System.Globalization;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>The addresses of booking.</summary>
internal static class BookingLinks
{
    public const string Services = "/appointments";
    public const string Mine = "/appointments/mine";
    public const string Fairness = "/appointments/fairness";

    public static string Time(string service, DateOnly? day = null) =>
        $"/appointments/time?service={Uri.EscapeDataString(service)}{(day is { } d ? $"&day={Iso(d)}" : "")}";

    public static string Who(string service, Guid slot) => $"/appointments/who?service={Uri.EscapeDataString(service)}&slot={slot}";

    public static string Wait(string service) => $"/appointments/wait?service={Uri.EscapeDataString(service)}";

    public static string Draw(string service, Guid release) => $"/appointments/draw?service={Uri.EscapeDataString(service)}&release={release}";

    public static string Room(string service, Guid release) => $"/appointments/room?service={Uri.EscapeDataString(service)}&release={release}";

    public static string Proof(Guid release) => $"/appointments/draws/{release}";

    public static string Confirm(Guid id) => $"/appointments/{id}/confirm";

    public static string Pass(Guid id) => $"/appointments/{id}";

    public static string Calendar(Guid id) => $"/appointments/{id}/calendar";

    public static string Cancel(Guid id) => $"/appointments/{id}/cancel";

    public static string Reschedule(Guid id, DateOnly? day = null) => $"/appointments/{id}/reschedule{(day is { } d ? $"?day={Iso(d)}" : "")}";

    public static string RealName(string back) => $"/real-name?returnUrl={Uri.EscapeDataString(back)}";

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
