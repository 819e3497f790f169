using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace GaoXin.Portal.Kernel.Printing;

/// <summary>A printed file, and what an update of it has to know.</summary>
internal sealed record PdfFile(
    byte[] Bytes, int ObjectCount, int Catalog, string CatalogEntries, int Page, string PageEntries, string Trailer, int CrossReferences);

/// <summary>What the file says about itself.</summary>
internal sealed record PdfDescription(string Title, string Subject, string Keywords, DateTimeOffset CreatedAt);

/// <summary>Strings of a PDF.</summary>
internal static class PdfText
{
    public static string Hex(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public static string Date(DateTimeOffset instant) => instant.UtcDateTime.ToString("'(D:'yyyyMMddHHmmss'Z)'", CultureInfo.InvariantCulture);
}

/// <summary>Writes pages of one size with one embedded font. The same content gives the same bytes: nothing here is random or reads the clock.</summary>
internal sealed class PdfPrinter(TrueTypeFont font)
{
    private const int Catalog = 1;
    private const int Page = 3;
    private const int FirstAfterFont = 10;
    private readonly MemoryStream _file = new();
    private readonly List<long> _offsets = [];

    public PdfFile Print(PdfCanvas canvas, double width, double height, PdfDescription about) => Print([canvas], width, height, about);

    public PdfFile Print(IReadOnlyList<PdfCanvas> pages, double width, double height, PdfDescription about)
    {
        var used = new SortedDictionary<ushort, Rune>();
        foreach (var (glyph, rune) in pages.SelectMany(p => p.Used))
            used.TryAdd(glyph, rune);
        Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n%" + about.Keywords + "\n");
        const string catalogEntries = "/Type /Catalog /Pages 2 0 R /Lang (zh-CN) /ViewerPreferences << /DisplayDocTitle true >>";
        string PageEntries(int content) => string.Create(CultureInfo.InvariantCulture,
            $"/Type /Page /Parent 2 0 R /MediaBox [0 0 {width:0.##} {height:0.##}] /Contents {content} 0 R /Resources << /Font << /F1 5 0 R >> >>");
        Entries(catalogEntries);
        Entries($"/Type /Pages /Kids [{string.Join(' ', pages.Select((_, i) => $"{PageNumber(i)} 0 R"))}] /Count {pages.Count}");
        Entries(PageEntries(Page + 1));
        Stream(Encoding.Latin1.GetBytes(pages[0].Content), "");
        Entries("/Type /Font /Subtype /Type0 /BaseFont /GXNOTO+NotoSansSC /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 9 0 R");
        Entries("/Type /Font /Subtype /CIDFontType2 /BaseFont /GXNOTO+NotoSansSC /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
            + $"/Supplement 0 >> /FontDescriptor 7 0 R /CIDToGIDMap /Identity /DW 1000 /W [{Widths(used.Keys)}]");
        Entries("/Type /FontDescriptor /FontName /GXNOTO+NotoSansSC /Flags 4 /FontBBox [-1000 -1000 3000 2000] /ItalicAngle 0 /Ascent 880 "
            + "/Descent -120 /CapHeight 733 /StemV 80 /FontFile2 8 0 R");
        var outlines = font.Subset(used.Keys);
        Stream(outlines, $" /Length1 {outlines.Length}");
        Stream(Encoding.Latin1.GetBytes(ToUnicode(used)), "");
        for (var i = 1; i < pages.Count; i++)
        {
            Entries(PageEntries(PageNumber(i) + 1));
            Stream(Encoding.Latin1.GetBytes(pages[i].Content), "");
        }

        Entries($"/Title {PdfText.Hex(about.Title)} /Subject {PdfText.Hex(about.Subject)} /Keywords ({about.Keywords}) "
            + $"/Producer (GaoXin.Portal) /CreationDate {PdfText.Date(about.CreatedAt)}");
        return Finish(catalogEntries, PageEntries(Page + 1));
    }

    /// <summary>The first page comes before the font, the others after it.</summary>
    private static int PageNumber(int index) => index == 0 ? Page : FirstAfterFont + (index - 1) * 2;

    private PdfFile Finish(string catalogEntries, string pageEntries)
    {
        var id = Convert.ToHexString(SHA256.HashData(_file.ToArray()))[..32];
        var trailer = $"/Root {Catalog} 0 R /Info {_offsets.Count} 0 R /ID [<{id}> <{id}>]";
        var table = (int)_file.Length;
        Write($"xref\n0 {_offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in _offsets)
            Write(string.Create(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n"));
        Write($"trailer\n<< /Size {_offsets.Count + 1} {trailer} >>\nstartxref\n{table}\n%%EOF\n");
        return new PdfFile(_file.ToArray(), _offsets.Count, Catalog, catalogEntries, Page, pageEntries, trailer, table);
    }

    private string Widths(IEnumerable<ushort> used) =>
        string.Join(' ', used.Where(g => font.Width(g) != 1000).Select(g => $"{g} [{font.Width(g)}]"));

    /// <summary>So that text can be searched, copied and read aloud.</summary>
    private static string ToUnicode(SortedDictionary<ushort, Rune> used)
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) "
            + "/Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            + "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        foreach (var chunk in used.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{chunk.Length} beginbfchar\n");
            foreach (var (glyph, rune) in chunk)
                map.Append($"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(rune.ToString()))}>\n");
            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    private void Entries(string entries)
    {
        _offsets.Add(_file.Length);
        Write($"{_offsets.Count} 0 obj\n<< {entries} >>\nendobj\n");
    }

    private void Stream(byte[] content, string entries)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(content);
        _offsets.Add(_file.Length);
        Write($"{_offsets.Count} 0 obj\n<< /Length {packed.Length} /Filter /FlateDecode{entries} >>\nstream\n");
        packed.WriteTo(_file);
        Write("\nendstream\nendobj\n");
    }

    private void Write(string text) => _file.Write(Encoding.Latin1.GetBytes(text));
}

/// <summary>An incremental update: new and replaced objects behind the untouched bytes of a file.</summary>
internal sealed class PdfUpdate(PdfFile file)
{
    private readonly StringBuilder _text = new();
    private readonly SortedDictionary<int, int> _offsets = [];

    public void Object(int number, string entries)
    {
        _offsets[number] = file.Bytes.Length + _text.Length;
        _text.Append($"{number} 0 obj\n<< {entries} >>\nendobj\n");
    }

    public string Finish()
    {
        var table = file.Bytes.Length + _text.Length;
        _text.Append("xref\n");
        foreach (var (number, offset) in _offsets)
            _text.Append(CultureInfo.InvariantCulture, $"{number} 1\n{offset:0000000000} 00000 n \n");
        _text.Append($"trailer\n<< /Size {_offsets.Keys.Max() + 1} {file.Trailer} /Prev {file.CrossReferences} >>\nstartxref\n{table}\n%%EOF\n");
        return _text.ToString();
    }
}
