using System.Globalization;
using System.Text;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Pages.Appointments;

/// <summary>The appointment for a phone's calendar (iCalendar, RFC 5545). Nothing personal stands in it.</summary>
public sealed class CalendarModel(IOptions<PortalOptions> options, TimeProvider clock) : PortalPage
{
    private const int LongestLine = 70;

    /// <summary>The file.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        var appointment = await Send(new GetAppointment(id));
        if (appointment.State is not (AppointmentState.Confirmed or AppointmentState.CheckedIn))
            return NotFound();
        string[] lines =
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//GaoXin.Portal//Appointments//ZH", "METHOD:PUBLISH", "BEGIN:VEVENT",
            $"UID:{appointment.Id}@gaoxin-portal", $"DTSTAMP:{Utc(clock.GetUtcNow())}", $"SEQUENCE:{appointment.Moves}",
            $"DTSTART:{Utc(appointment.StartsAt)}", $"DTEND:{Utc(appointment.EndsAt)}",
            $"SUMMARY:{Escaped($"到大厅办{appointment.Subject.Title}")}", $"LOCATION:{Escaped(appointment.Subject.Place)}",
            $"DESCRIPTION:{Escaped($"预约号 {appointment.DisplayNumber}。带身份证，提前 10 分钟取号。")}",
            $"URL:{options.Value.PublicAddress.TrimEnd('/')}{BookingLinks.Pass(id)}",
            "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT2H", $"DESCRIPTION:{Escaped($"到大厅办{appointment.Subject.Title}")}", "END:VALARM",
            "END:VEVENT", "END:VCALENDAR",
        ];
        return File(Encoding.UTF8.GetBytes(string.Concat(lines.Select(Folded))), "text/calendar; charset=utf-8", $"{appointment.Number}.ics");
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>A line has at most 75 octets; what follows a fold begins with a space. Characters stay whole.</summary>
    private static string Folded(string line)
    {
        var (result, length) = (new StringBuilder(), 0);
        foreach (var rune in line.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > LongestLine)
            {
                result.Append("\r\n ");
                length = 1;
            }

            result.Append(rune);
            length += rune.Utf8SequenceLength;
        }

        return result.Append("\r\n").ToString();
    }
}
