using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GaoXin.Portal.Appointments.Draws;

/// <summary>An application as it is drawn. The id is all that is published of a person.</summary>
internal sealed record DrawEntry(Guid Id, int Weight, bool Desk, IReadOnlyList<Guid> Preferences)
{
    /// <summary>One line of the published list.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Id:N} {Weight} {(Desk ? "desk" : "web")} {string.Join(',', Preferences.Select(p => p.ToString("N")))}");

    public static DrawEntry Read(string line)
    {
        var parts = line.Split(' ');
        return new DrawEntry(Guid.ParseExact(parts[0], "N"), int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2] == "desk", [.. parts[3].Split(',').Select(p => Guid.ParseExact(p, "N"))]);
    }
}

/// <summary>The places of a slot: for everybody, and those for the telephone and the counter.</summary>
internal sealed record DrawPlaces(Guid Slot, int Public, int Desk);

/// <summary>What an application got; null: nothing.</summary>
internal sealed record DrawResult(Guid Application, int Rank, Guid? Slot, bool FromDesk);

/// <summary>
/// The draw (摇号): a pure function that anybody can run again. u = HMAC-SHA256(seed, public value and application) decides the
/// order, by -ln(u) / weight; who comes earlier gets the first of his preferences that is left. The logarithm is worked out in
/// whole numbers, so that every machine gets the same order.
/// </summary>
internal static class DrawProcedure
{
    private const int FractionBits = 48;
    private const int KeyShift = 16;

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static string Commit(byte[] seed) => Convert.ToHexStringLower(SHA256.HashData(seed));

    /// <summary>The list as it is hashed and published: a line each, in the order of the ids.</summary>
    public static string ListOf(IEnumerable<DrawEntry> entries) => string.Join('\n', entries.Select(e => e.Line).Order(StringComparer.Ordinal));

    public static IReadOnlyList<DrawResult> Run(byte[] seed, string publicValue, IReadOnlyCollection<DrawEntry> entries, IEnumerable<DrawPlaces> places, int most)
    {
        var left = places.ToDictionary(p => p.Slot, p => (p.Public, p.Desk));
        var ordered = entries.Select(e => (Entry: e, Key: KeyOf(seed, publicValue, e))).OrderBy(e => e.Key).ThenBy(e => e.Entry.Id.ToString("N"), StringComparer.Ordinal);
        var results = new List<DrawResult>();
        foreach (var (entry, _) in ordered)
        {
            var result = most > 0 ? Give(entry, results.Count + 1, left) : new DrawResult(entry.Id, results.Count + 1, null, FromDesk: false);
            most -= result.Slot is null ? 0 : 1;
            results.Add(result);
        }

        return results;
    }

    private static DrawResult Give(DrawEntry entry, int rank, Dictionary<Guid, (int Public, int Desk)> left)
    {
        foreach (var slot in entry.Preferences)
        {
            var (open, desk) = left.GetValueOrDefault(slot);
            if (entry.Desk && desk > 0)
            {
                left[slot] = (open, desk - 1);
                return new DrawResult(entry.Id, rank, slot, FromDesk: true);
            }

            if (open > 0)
            {
                left[slot] = (open - 1, desk);
                return new DrawResult(entry.Id, rank, slot, FromDesk: false);
            }
        }

        return new DrawResult(entry.Id, rank, null, FromDesk: false);
    }

    /// <summary>-ln(u) / weight up to a constant factor, as a whole number.</summary>
    private static UInt128 KeyOf(byte[] seed, string publicValue, DrawEntry entry)
    {
        var mac = HMACSHA256.HashData(seed, Encoding.UTF8.GetBytes($"{publicValue}\n{entry.Id:N}"));
        var u = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(mac);
        return ((UInt128)MinusLog2(u == 0 ? 1 : u) << KeyShift) / (UInt128)(uint)entry.Weight;
    }

    /// <summary>-log2(u / 2^64) with 48 binary digits behind the point, by squaring.</summary>
    private static ulong MinusLog2(ulong u)
    {
        var whole = (ulong)System.Numerics.BitOperations.Log2(u);
        var x = (UInt128)u << (63 - (int)whole);
        ulong fraction = 0;
        for (var i = 0; i < FractionBits; i++)
        {
            x = (x * x) >> 63;
            fraction <<= 1;
            if (x >> 64 != 0)
            {
                x >>= 1;
                fraction |= 1;
            }
        }

        return (64UL << FractionBits) - ((whole << FractionBits) | fraction);
    }
}

/// <summary>A draw as a text that anybody can check: what was committed to, what went in, how many the week may have, what came out.</summary>
internal sealed record DrawProof(
    Guid Release, string Commitment, string ListHash, string Source, string PublicValue, string Seed, int Most, IReadOnlyList<DrawPlaces> Places, IReadOnlyList<DrawEntry> Entries, IReadOnlyList<DrawResult> Results)
{
    private const string Head = "gaoxin-draw 1";

    public string Write()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Head}\nrelease {Release:N}\ncommitment {Commitment}\nlist-hash {ListHash}\nsource {Source}\npublic-value {PublicValue}\nseed {Seed}\nmost {Most}\n");
        foreach (var place in Places.OrderBy(p => p.Slot.ToString("N"), StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"slot {place.Slot:N} {place.Public} {place.Desk}\n");
        foreach (var line in DrawProcedure.ListOf(Entries).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            text.Append(CultureInfo.InvariantCulture, $"application {line}\n");
        foreach (var result in Results)
            text.Append(ResultLine(result));
        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; throws <see cref="FormatException"/> on anything else.</summary>
    public static DrawProof Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length < 8 || lines[0] != Head)
            throw new FormatException("This is no proof of a draw.");
        try
        {
            return new DrawProof(Guid.ParseExact(One(lines, "release"), "N"), One(lines, "commitment"), One(lines, "list-hash"), One(lines, "source"), One(lines, "public-value"), One(lines, "seed"), int.Parse(One(lines, "most"), CultureInfo.InvariantCulture),
                [.. Many(lines, "slot").Select(l => l.Split(' ')).Select(p => new DrawPlaces(Guid.ParseExact(p[0], "N"), int.Parse(p[1], CultureInfo.InvariantCulture), int.Parse(p[2], CultureInfo.InvariantCulture)))],
                [.. Many(lines, "application").Select(DrawEntry.Read)],
                [.. Many(lines, "result").Select(ReadResult)]);
        }
        catch (Exception error) when (error is IndexOutOfRangeException or InvalidOperationException or OverflowException)
        {
            throw new FormatException("The proof is incomplete.", error);
        }
    }

    /// <summary>Everything that does not fit; empty when the draw was held as it was promised.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        var seed = Convert.FromHexString(Seed);
        if (DrawProcedure.Commit(seed) != Commitment)
            faults.Add("the seed is not the one that was committed to");
        if (DrawProcedure.HashOf(DrawProcedure.ListOf(Entries)) != ListHash)
            faults.Add("the list of applications is not the one that was closed");
        if (Entries.Select(e => e.Id).Distinct().Count() != Entries.Count)
            faults.Add("an application is listed twice");
        if (Entries.Any(e => e.Weight < 1))
            faults.Add("a weight is below 1");
        if (faults.Count > 0)
            return faults;
        var again = DrawProcedure.Run(seed, PublicValue, Entries, Places, Most);
        if (again.Count != Results.Count)
            faults.Add($"there are {Results.Count} results for {again.Count} applications");
        faults.AddRange(again.Zip(Results).Where(p => p.First != p.Second).Take(5).Select(p => $"the draw says \"{ResultLine(p.First).Trim()}\", the proof \"{ResultLine(p.Second).Trim()}\""));
        return faults;
    }

    private static string ResultLine(DrawResult result) => string.Create(CultureInfo.InvariantCulture,
        $"result {result.Application:N} {result.Rank} {(result.Slot is { } slot ? slot.ToString("N") : "-")} {(result.FromDesk ? "desk" : "web")}\n");

    private static DrawResult ReadResult(string line)
    {
        var parts = line.Split(' ');
        return new DrawResult(Guid.ParseExact(parts[0], "N"), int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2] == "-" ? null : Guid.ParseExact(parts[2], "N"), parts[3] == "desk");
    }

    private static string One(string[] lines, string name) => Many(lines, name).Single();

    private static IEnumerable<string> Many(string[] lines, string name) =>
        lines.Where(l => l.StartsWith(name + " ", StringComparison.Ordinal)).Select(l => l[(name.Length + 1)..]);
}
