using System.Globalization;
using System.Text.RegularExpressions;

namespace GaoXin.Portal.Appointments.Schedules;

/// <summary>Opening hours as people write them, a stretch a line: <c>09:00-12:00</c>, <c>12:00-13:00 午间</c>, <c>17:00-18:00 延时</c>.</summary>
internal static partial class SessionLines
{
    private const int Most = 6;
    private static readonly (SessionKind Kind, string Word)[] Words = [(SessionKind.Lunch, "午间"), (SessionKind.Evening, "延时"), (SessionKind.Weekend, "周末"), (SessionKind.Day, "白天")];

    public static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string WordOf(SessionKind kind) => Array.Find(Words, w => w.Kind == kind).Word;

    /// <summary>The sessions, or what is wrong with the text. An empty text is a closed day.</summary>
    public static (IReadOnlyList<Session> Sessions, string? Fault) Parse(string? text, SessionKind usual)
    {
        var sessions = new List<Session>();
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Line().Match(line) is not { Success: true } match || Time(match, "from") is not { } from || Time(match, "to") is not { } to)
                return ([], $"“{line}”看不懂。一行写一段，比如 09:00-12:00，午间和延时在后面加“午间”“延时”。");
            if (from >= to)
                return ([], $"“{line}”结束要晚于开始。");
            if (sessions.Count > 0 && from < sessions[^1].To)
                return ([], $"“{line}”和上一段重叠，请按先后写，不要重叠。");
            sessions.Add(new Session(from, to, match.Groups["kind"].Value is { Length: > 0 } word ? Array.Find(Words, w => w.Word == word).Kind : usual));
        }

        return sessions.Count > Most ? ([], $"一天最多写 {Most} 段。") : (sessions, null);
    }

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public static string Write(IEnumerable<Session> sessions, SessionKind usual) =>
        string.Join('\n', sessions.Select(s => $"{Clock(s.From)}-{Clock(s.To)}{(s.Kind == usual ? "" : $" {WordOf(s.Kind)}")}"));

    private static TimeOnly? Time(Match match, string side) =>
        TimeOnly.TryParseExact(match.Groups[side].Value.Replace('：', ':'), "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    [GeneratedRegex("^(?<from>\\d{1,2}[:：]\\d{2})\\s*(?:[-–—－~～]|到|至)\\s*(?<to>\\d{1,2}[:：]\\d{2})\\s*(?<kind>午间|延时|周末|白天)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
