using System.Globalization;
using System.Text;
using QRCoder;

namespace GaoXin.Portal.Kernel.Printing;

/// <summary>A colour, each part 0..1.</summary>
internal readonly record struct Ink(double Red, double Green, double Blue)
{
    public static readonly Ink Black = new(0.11, 0.13, 0.15);
    public static readonly Ink Grey = new(0.36, 0.39, 0.42);
    public static readonly Ink Faint = new(0.90, 0.92, 0.92);
    public static readonly Ink Teal = new(0.043, 0.353, 0.376);
    public static readonly Ink Gold = new(0.949, 0.714, 0.196);
}

/// <summary>Draws on one page, in points from the lower left corner, and keeps which glyphs were used.</summary>
internal sealed class PdfCanvas(TrueTypeFont font)
{
    /// <summary>Printed in place of a character the font does not have.</summary>
    public const char Substitute = '〓';

    private readonly StringBuilder _content = new();
    private readonly SortedDictionary<ushort, Rune> _used = [];
    private readonly SortedSet<int> _missing = [];

    public string Content => _content.ToString();

    public IReadOnlyDictionary<ushort, Rune> Used => _used;

    /// <summary>Code points that had to be substituted.</summary>
    public IReadOnlyCollection<int> Missing => _missing;

    public void Text(double x, double y, double size, string text, Ink ink) =>
        Draw(text, size, ink, $"1 0 0 1 {N(x)} {N(y)} Tm");

    public void TextRight(double right, double y, double size, string text, Ink ink) => Text(right - Width(text, size), y, size, text, ink);

    public void TextCentred(double centre, double y, double size, string text, Ink ink) => Text(centre - Width(text, size) / 2, y, size, text, ink);

    public void TextTurned(double x, double y, double size, double degrees, string text, Ink ink)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        Draw(text, size, ink, $"{N(cos)} {N(sin)} {N(-sin)} {N(cos)} {N(x)} {N(y)} Tm");
    }

    /// <summary>Writes lines downwards and answers the baseline below the last one.</summary>
    public double TextWrapped(double x, double y, double size, double width, double leading, string text, Ink ink)
    {
        foreach (var line in Lines(text, size, width))
        {
            Text(x, y, size, line, ink);
            y -= leading;
        }

        return y;
    }

    public IReadOnlyList<string> Lines(string text, double size, double width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var full = line.Length > 0 && Width(line.ToString() + rune, size) > width;
            if (full && !Closes(rune))
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(rune);
        }

        lines.Add(line.ToString());
        return lines;
    }

    public double Width(string text, double size) => text.EnumerateRunes().Sum(r => font.Width(GlyphOf(r))) * size / 1000;

    public void Fill(double x, double y, double width, double height, Ink ink) =>
        _content.Append(CultureInfo.InvariantCulture, $"{Rgb(ink)} rg {N(x)} {N(y)} {N(width)} {N(height)} re f\n");

    public void Frame(double x, double y, double width, double height, double line, Ink ink) =>
        _content.Append(CultureInfo.InvariantCulture, $"{Rgb(ink)} RG {N(line)} w {N(x)} {N(y)} {N(width)} {N(height)} re S\n");

    public void Line(double x1, double y1, double x2, double y2, double width, Ink ink) =>
        _content.Append(CultureInfo.InvariantCulture, $"{Rgb(ink)} RG {N(width)} w {N(x1)} {N(y1)} m {N(x2)} {N(y2)} l S\n");

    /// <summary>A QR code on white, its lower left corner at x and y.</summary>
    public void Qr(string text, double x, double y, double size)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        var module = size / modules.Count;
        Fill(x, y, size, size, new Ink(1, 1, 1));
        for (var row = 0; row < modules.Count; row++)
        {
            for (var column = 0; column < modules.Count; column++)
            {
                if (modules[row][column])
                    Fill(x + column * module, y + size - (row + 1) * module, module + 0.02, module + 0.02, Ink.Black);
            }
        }
    }

    /// <summary>A comma, a stop or a closing bracket never starts a line.</summary>
    private static bool Closes(Rune rune) => "，。；：、）》”’！？,.;:)".Contains(rune.ToString(), StringComparison.Ordinal);

    private void Draw(string text, double size, Ink ink, string matrix)
    {
        var hex = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (font.Glyph(rune) == 0)
                _missing.Add(rune.Value);
            var glyph = GlyphOf(rune);
            _used.TryAdd(glyph, font.Glyph(rune) == 0 ? new Rune(Substitute) : rune);
            hex.Append(glyph.ToString("X4", CultureInfo.InvariantCulture));
        }

        _content.Append($"BT {Rgb(ink)} rg /F1 {N(size)} Tf {matrix} <{hex}> Tj ET\n");
    }

    private ushort GlyphOf(Rune rune) => font.Glyph(rune) is var glyph and not 0 ? glyph : font.Glyph(new Rune(Substitute));

    private static string Rgb(Ink ink) => $"{N(ink.Red)} {N(ink.Green)} {N(ink.Blue)}";

    private static string N(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
