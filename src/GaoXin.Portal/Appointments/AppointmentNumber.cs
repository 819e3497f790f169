using System.Globalization;
using System.Security.Cryptography;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Appointments;

/// <summary>
/// An appointment number (预约号): Y, eight random digits and an ISO 7064 MOD 37,36 check character, for example Y48210937K. It
/// is drawn, not counted: a counter would make all who book wait for one row, and a guessable number tells who else comes.
/// </summary>
public static class AppointmentNumber
{
    internal const int Length = 10;
    private const char Kind = 'Y';
    private const int Numbers = 100_000_000;

    /// <summary>The stored form of what a person typed or scanned, or null when the check character is wrong.</summary>
    public static string? Normalise(string? typed) => Normalise(typed, Kind);

    /// <summary>The form for people: Y4821-0937-K.</summary>
    public static string Display(string? number) => number is { Length: Length } ? $"{number[..5]}-{number[5..9]}-{number[9]}" : "";

    internal static string Draw() => Draw(Kind);

    /// <summary>
    /// Numbers that no appointment has. One drawn blindly is taken now and then, and among the hundreds of a draw nearly always once
    /// there are a million appointments. Somebody may take one before the commit: the unique index refuses it, and the command is repeated.
    /// </summary>
    internal static async Task<Queue<string>> Free(PortalDbContext db, int count, CancellationToken ct, Func<string>? draw = null)
    {
        var free = new HashSet<string>();
        while (free.Count < count)
        {
            var drawn = Enumerable.Range(0, count - free.Count).Select(_ => (draw ?? Draw)()).Distinct().ToArray();
            free.UnionWith(drawn.Except(await db.Appointments.Where(a => drawn.Contains(a.Number)).Select(a => a.Number).ToListAsync(ct)));
        }

        return new Queue<string>(free);
    }

    internal static string? Normalise(string? typed, char kind)
    {
        var text = Text.Compact(typed).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        return text.Length == Length && text[0] == kind && text.AsSpan(1, Length - 2).ContainsAnyExceptInRange('0', '9') == false && CheckCharacter.IsRight(text) ? text : null;
    }

    internal static string Draw(char kind)
    {
        var body = kind + RandomNumberGenerator.GetInt32(Numbers).ToString("00000000", CultureInfo.InvariantCulture);
        return body + CheckCharacter.Of(body);
    }
}

/// <summary>The number of an application for a draw (抽签编号): like an appointment number, with C. It stands in no list and no proof that is published.</summary>
public static class DrawNumber
{
    private const char Kind = 'C';

    /// <summary>The stored form of what a person typed, or null when the check character is wrong.</summary>
    public static string? Normalise(string? typed) => AppointmentNumber.Normalise(typed, Kind);

    internal static string Draw() => AppointmentNumber.Draw(Kind);
}
