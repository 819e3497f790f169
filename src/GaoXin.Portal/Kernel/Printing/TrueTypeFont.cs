using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace GaoXin.Portal.Kernel.Printing;

/// <summary>
/// The portal's font for documents (Noto Sans SC, OFL, see Fonts/OFL.txt): character map, widths, and a subset with the
/// used outlines only. Glyph numbers stay, so text in a PDF is written as glyph numbers and rare characters beyond the
/// basic plane work too.
/// </summary>
internal sealed class TrueTypeFont
{
    private static readonly Lazy<TrueTypeFont> Embedded = new(Load);
    private static readonly string[] KeptTables = ["glyf", "head", "hhea", "hmtx", "loca", "maxp"];
    private readonly byte[] _file;
    private readonly Dictionary<string, (int At, int Length)> _tables = [];
    private readonly Dictionary<int, ushort> _glyphs = [];
    private readonly int _longMetrics;
    private readonly bool _longOffsets;

    public TrueTypeFont(byte[] file)
    {
        _file = file;
        for (var i = 0; i < U16(4); i++)
        {
            var entry = 12 + i * 16;
            _tables[Encoding.ASCII.GetString(file, entry, 4)] = ((int)U32(entry + 8), (int)U32(entry + 12));
        }

        UnitsPerEm = U16(Table("head") + 18);
        _longOffsets = U16(Table("head") + 50) == 1;
        GlyphCount = U16(Table("maxp") + 4);
        _longMetrics = U16(Table("hhea") + 34);
        ReadCharacters();
    }

    /// <summary>The embedded font, unpacked once.</summary>
    public static TrueTypeFont Portal => Embedded.Value;

    public int UnitsPerEm { get; }

    public int GlyphCount { get; }

    /// <summary>The glyph of a character; 0 when the font has none.</summary>
    public ushort Glyph(Rune character) => _glyphs.GetValueOrDefault(character.Value);

    /// <summary>The advance in thousandths of the font size.</summary>
    public int Width(ushort glyph) => U16(Table("hmtx") + Math.Min(glyph, _longMetrics - 1) * 4) * 1000 / UnitsPerEm;

    /// <summary>A font file with the outlines of these glyphs and their parts; all others are empty.</summary>
    public byte[] Subset(IEnumerable<ushort> used)
    {
        var wanted = WithParts(used);
        var loca = new byte[(GlyphCount + 1) * 4];
        var outlines = new MemoryStream();
        var metrics = new byte[_tables["hmtx"].Length];
        for (var glyph = 0; glyph <= GlyphCount; glyph++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(loca.AsSpan(glyph * 4), (uint)outlines.Length);
            if (glyph == GlyphCount || !wanted.Contains((ushort)glyph))
                continue;
            outlines.Write(Outline(glyph));
            while (outlines.Length % 4 != 0)
                outlines.WriteByte(0);
            CopyMetric(glyph, metrics);
        }

        CopyMetric(_longMetrics - 1, metrics);
        var head = Copy("head");
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(50), 1);
        return Assemble([outlines.ToArray(), head, Copy("hhea"), metrics, loca, Copy("maxp")]);
    }

    private static TrueTypeFont Load()
    {
        using var packed = typeof(TrueTypeFont).Assembly.GetManifestResourceStream("GaoXin.Portal.Kernel.Printing.Fonts.NotoSansSC-Regular.ttf.br")!;
        using var unpacked = new BrotliStream(packed, CompressionMode.Decompress);
        using var file = new MemoryStream();
        unpacked.CopyTo(file);
        return new TrueTypeFont(file.ToArray());
    }

    private void ReadCharacters()
    {
        var cmap = Table("cmap");
        for (var i = 0; i < U16(cmap + 2); i++)
        {
            var at = cmap + (int)U32(cmap + 4 + i * 8 + 4);
            if (U16(at) == 12)
                ReadGroups(at);
        }

        if (_glyphs.Count == 0)
            throw new InvalidDataException("The font needs a character map of format 12.");
    }

    private void ReadGroups(int at)
    {
        for (var i = 0; i < (int)U32(at + 12); i++)
        {
            var group = at + 16 + i * 12;
            var (first, last, glyph) = ((int)U32(group), (int)U32(group + 4), (int)U32(group + 8));
            for (var point = first; point <= last; point++)
                _glyphs[point] = (ushort)(glyph + point - first);
        }
    }

    private HashSet<ushort> WithParts(IEnumerable<ushort> used)
    {
        var wanted = new HashSet<ushort> { 0 };
        var open = new Stack<ushort>(used);
        while (open.TryPop(out var glyph))
        {
            if (!wanted.Add(glyph))
                continue;
            foreach (var part in Parts(glyph))
                open.Push(part);
        }

        return wanted;
    }

    /// <summary>The glyphs a composite outline refers to.</summary>
    private IEnumerable<ushort> Parts(ushort glyph)
    {
        var outline = Outline(glyph).ToArray();
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            yield break;
        for (var at = 10; ;)
        {
            var flags = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at));
            yield return BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at + 2));
            at += 4 + ((flags & 0x1) != 0 ? 4 : 2) + ((flags & 0x8) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
            if ((flags & 0x20) == 0)
                yield break;
        }
    }

    private ReadOnlySpan<byte> Outline(int glyph)
    {
        var loca = Table("loca");
        var (from, to) = _longOffsets
            ? ((int)U32(loca + glyph * 4), (int)U32(loca + glyph * 4 + 4))
            : (U16(loca + glyph * 2) * 2, U16(loca + glyph * 2 + 2) * 2);
        return _file.AsSpan(Table("glyf") + from, to - from);
    }

    private void CopyMetric(int glyph, byte[] metrics)
    {
        var (at, length) = glyph < _longMetrics ? (glyph * 4, 4) : (_longMetrics * 4 + (glyph - _longMetrics) * 2, 2);
        _file.AsSpan(Table("hmtx") + at, length).CopyTo(metrics.AsSpan(at));
    }

    private static byte[] Assemble(byte[][] contents)
    {
        var file = new MemoryStream();
        Span<byte> header = [0, 1, 0, 0, 0, (byte)KeptTables.Length, 0, 64, 0, 2, 0, (byte)(KeptTables.Length * 16 - 64)];
        file.Write(header);
        Span<byte> entry = stackalloc byte[16];
        var at = 12 + KeptTables.Length * 16;
        for (var i = 0; i < KeptTables.Length; i++)
        {
            Encoding.ASCII.GetBytes(KeptTables[i], entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Checksum(contents[i]));
            BinaryPrimitives.WriteUInt32BigEndian(entry[8..], (uint)at);
            BinaryPrimitives.WriteUInt32BigEndian(entry[12..], (uint)contents[i].Length);
            file.Write(entry);
            at += (contents[i].Length + 3) / 4 * 4;
        }

        foreach (var content in contents)
        {
            file.Write(content);
            file.Write(new byte[(4 - content.Length % 4) % 4]);
        }

        return file.ToArray();
    }

    private static uint Checksum(byte[] content)
    {
        uint sum = 0;
        for (var i = 0; i < content.Length; i++)
            sum += (uint)content[i] << (24 - i % 4 * 8);
        return sum;
    }

    private byte[] Copy(string table) => _file[_tables[table].At..(_tables[table].At + _tables[table].Length)];

    private int Table(string name) => _tables[name].At;

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));
}
