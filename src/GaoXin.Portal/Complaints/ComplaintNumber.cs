using System.Globalization;
using System.Security.Cryptography;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Complaints;

/// <summary>
/// A complaint number (诉求编号): SQ, the day, a five-digit number of the day and an ISO 7064 MOD 37,36 check character, for
/// example SQ2026112100042K. A typing slip is told before any look-up.
/// </summary>
public static class ComplaintNumber
{
    private const int Length = 16;

    /// <summary>The stored form of what a person typed, or null when the check character is wrong.</summary>
    public static string? Normalise(string? typed)
    {
        var text = Text.Compact(typed).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        return text.Length == Length && text.StartsWith("SQ", StringComparison.Ordinal) && text.All(char.IsAsciiLetterOrDigit) && CheckCharacter.IsRight(text) ? text : null;
    }

    /// <summary>The form for people: SQ-20261121-00042-K.</summary>
    public static string Display(string? number) =>
        number is { Length: Length } ? $"{number[..2]}-{number[2..10]}-{number[10..15]}-{number[15]}" : "";

    internal static string Compose(DateOnly day, int ordinal)
    {
        var body = $"SQ{day:yyyyMMdd}{ordinal.ToString("00000", CultureInfo.InvariantCulture)}";
        return body + CheckCharacter.Of(body);
    }

    /// <summary>Takes the day's next number. The counter row stays locked until the commit: take it last.</summary>
    internal static async Task<string> Take(PortalDbContext db, DateOnly day, CancellationToken ct)
    {
        var taken = await db.Database.SqlQuery<int>($"""
            INSERT INTO complaints.number_counters (day, last) VALUES ({day}, 1)
            ON CONFLICT (day) DO UPDATE SET last = complaints.number_counters.last + 1 RETURNING last AS "Value"
            """).ToListAsync(ct);
        return Compose(day, taken.Single());
    }
}

/// <summary>The citizen's own code (撤回码): eight characters that nobody else gets, kept as a keyed hash.</summary>
internal static class WithdrawalCode
{
    public const int Length = 8;

    // Without 0, 1, I, L, O, U: read over the telephone and written by hand.
    private const string Letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New() => RandomNumberGenerator.GetString(Letters, Length);

    public static byte[] Hash(PersonalDataCipher cipher, string number, string code) =>
        cipher.Hash($"{number} {Text.Compact(code).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()}", "complaint-code");

    /// <summary>The form for people: K7Q2-M9XC.</summary>
    public static string Display(string code) => code.Length == Length ? $"{code[..4]}-{code[4..]}" : code;
}

/// <summary>Keyed hashes by which a complaint is found again.</summary>
internal static class ComplaintKeys
{
    public static byte[] OfPhone(PersonalDataCipher cipher, string digits) => cipher.Hash(digits, "complaint-phone");

    /// <summary>The number with the last four digits of the telephone.</summary>
    public static byte[] OfTail(PersonalDataCipher cipher, string number, string lastFour) => cipher.Hash($"{number} {lastFour}", "complaint-tail");
}
