using System.Globalization;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Cases;

/// <summary>
/// A case number (办件编号): GX, the day, a six-digit number of the day, and an ISO 7064 MOD 37,36 check character, for
/// example GX20261122000318K. A typing slip is told before any look-up.
/// </summary>
public static class CaseNumber
{
    private const int Length = 17;

    /// <summary>The stored form of what a person typed (hyphens, spaces, lower case), or null when the check character is wrong.</summary>
    public static string? Normalise(string? typed)
    {
        var text = Text.Compact(typed).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        return text.Length == Length && text.StartsWith("GX", StringComparison.Ordinal) && text.All(char.IsAsciiLetterOrDigit) && CheckCharacter.IsRight(text)
            ? text
            : null;
    }

    /// <summary>The form for people: GX-20261122-000318-K.</summary>
    public static string Display(string? number) =>
        number is { Length: Length } ? $"{number[..2]}-{number[2..10]}-{number[10..16]}-{number[16]}" : "";

    internal static string Compose(DateOnly day, int ordinal)
    {
        var body = $"GX{day:yyyyMMdd}{ordinal.ToString("000000", CultureInfo.InvariantCulture)}";
        return body + CheckCharacter.Of(body);
    }

    /// <summary>Takes the day's next number. The counter row stays locked until the commit: take it last.</summary>
    internal static async Task<string> Take(PortalDbContext db, DateOnly day, CancellationToken ct)
    {
        var taken = await db.Database.SqlQuery<int>($"""
            INSERT INTO cases.number_counters (day, last) VALUES ({day}, 1)
            ON CONFLICT (day) DO UPDATE SET last = cases.number_counters.last + 1 RETURNING last AS "Value"
            """).ToListAsync(ct);
        return Compose(day, taken.Single());
    }
}
