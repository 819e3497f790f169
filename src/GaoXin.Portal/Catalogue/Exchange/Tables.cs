using System.Data;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Kernel;
using MiniExcelLibs;

namespace GaoXin.Portal.Catalogue.Exchange;

/// <summary>A row of a table as text, with its number in the file (the heading is 1).</summary>
internal sealed record TableRow(int Number, IReadOnlyList<string> Cells);

/// <summary>A sheet: its name, its headings and its rows.</summary>
internal sealed record Table(string Name, IReadOnlyList<string> Headings, IReadOnlyList<TableRow> Rows);

/// <summary>A cell's text and back: formulas are never written into CSV, and Excel's numbers and days become plain text.</summary>
internal static class Cells
{
    public static string Text(object? value) => value switch
    {
        null => "",
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double number => number.ToString("0.##########", CultureInfo.InvariantCulture),
        bool flag => flag ? "是" : "否",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

/// <summary>An Excel workbook, a sheet a table.</summary>
internal static class Workbooks
{
    private const int MostRows = 100_000;
    private const int MostColumns = 300;

    public static IReadOnlyList<Table> Read(byte[] content)
    {
        Zips.MustBeSmall(content);
        using var stream = new MemoryStream(content, writable: false);
        var tables = new List<Table>();
        foreach (var name in stream.GetSheetNames())
        {
            stream.Position = 0;
            var lines = stream.Query(useHeaderRow: false, sheetName: name).Take(MostRows).Cast<IDictionary<string, object?>>()
                .Select((cells, i) => new TableRow(i + 1, Texts(cells))).ToList();
            tables.Add(Tables.WithHeadings(name, lines));
        }

        return tables;
    }

    /// <summary>One cell far to the right makes every row as wide as the sheet can be.</summary>
    private static List<string> Texts(IDictionary<string, object?> cells) => cells.Count <= MostColumns
        ? [.. cells.Values.Select(v => Cells.Text(v).Trim())]
        : throw new RefusedException(EditingRefusals.FileNotReadable($"一张表最多 {MostColumns} 列。请删掉右边多余的列，再导入。"));

    public static byte[] Write(IReadOnlyList<Table> tables)
    {
        using var stream = new MemoryStream();
        stream.SaveAs(tables.ToDictionary(t => t.Name, t => (object)Data(t)));
        return stream.ToArray();
    }

    private static DataTable Data(Table table)
    {
        var data = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var heading in table.Headings)
            data.Columns.Add(heading, typeof(string));
        foreach (var row in table.Rows)
            data.Rows.Add([.. row.Cells]);
        return data;
    }
}

/// <summary>CSV (RFC 4180, UTF-8): one table, or a zip with one file a table.</summary>
internal static class CsvFiles
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);

    public static Table Read(string name, string text) => Tables.WithHeadings(name, Lines(text.TrimStart('\uFEFF')));

    public static byte[] WriteZip(IReadOnlyList<Table> tables)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var table in tables)
                Zips.Add(zip, table.Name + ".csv", Utf8.GetPreamble().Concat(Utf8.GetBytes(Write(table))).ToArray());
        }

        return stream.ToArray();
    }

    public static string Write(Table table) =>
        string.Concat(table.Rows.Select(r => r.Cells).Prepend(table.Headings).Select(cells => string.Join(',', cells.Select(Quoted)) + "\r\n"));

    private static string Quoted(string cell)
    {
        var safe = LooksLikeFormula(cell) ? "'" + cell : cell;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static List<TableRow> Lines(string text)
    {
        var (rows, cells, cell) = (new List<TableRow>(), new List<string>(), new StringBuilder());
        var (quoted, line, start) = (false, 1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
                line++;
            if (quoted)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                    cell.Append(text[i++]);
                else if (c == '"')
                    quoted = false;
                else
                    cell.Append(c);
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                cells.Add(Unmarked(cell));
                if (c == ',')
                    continue;
                rows.Add(new TableRow(start, cells));
                (cells, start) = ([], line);
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        if (cell.Length > 0 || cells.Count > 0)
        {
            cells.Add(Unmarked(cell));
            rows.Add(new TableRow(start, cells));
        }

        return rows;
    }

    private static string Unmarked(StringBuilder cell)
    {
        var text = cell.ToString().Trim();
        cell.Clear();
        return text.Length > 1 && text[0] == '\'' && LooksLikeFormula(text[1..]) ? text[1..] : text;
    }

    /// <summary>A spreadsheet would compute it when the file is opened.</summary>
    private static bool LooksLikeFormula(string cell) => cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t';
}

internal static class Tables
{
    /// <summary>The first row holds the headings; empty rows are left out.</summary>
    public static Table WithHeadings(string name, IReadOnlyList<TableRow> lines)
    {
        var headings = lines.Count == 0 ? [] : lines[0].Cells.Select(h => h.Trim()).ToList();
        return new Table(name, headings, [.. lines.Skip(1).Where(r => r.Cells.Any(c => c.Length > 0))]);
    }
}

internal static class Zips
{
    private const int MostEntries = 5000;
    private const long LargestUnpacked = 100_000_000;

    public static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(content);
    }

    /// <summary>The texts of all tables and definitions in a zip; what else lies in it (folders, a Mac's own notes) is passed over.</summary>
    public static IReadOnlyList<(string Name, string Text)> Texts(byte[] content)
    {
        MustBeSmall(content);
        using var zip = Open(content);
        return [.. zip.Entries.Where(IsText).Select(e => (e.FullName.Replace('\\', '/'), TextFiles.Read(Bytes(e))))];
    }

    /// <summary>Refuses a file that unpacks to more than an import ever needs. What a zip says of itself can be a lie: it is unpacked and counted.</summary>
    public static void MustBeSmall(byte[] content)
    {
        using var zip = Open(content);
        if (zip.Entries.Count > MostEntries)
            throw new RefusedException(EditingRefusals.FileNotReadable($"里面的文件超过 {MostEntries} 个，请分几批导入。"));
        var (total, buffer) = (0L, new byte[81920]);
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                total += read;
                if (total > LargestUnpacked)
                    throw new RefusedException(EditingRefusals.FileNotReadable("解开以后超过 100 MB。请去掉图片和多余的内容，或分几批导入。"));
            }
        }
    }

    /// <summary>Windows writes Chinese names in its own encoding and says so by not saying UTF-8.</summary>
    private static ZipArchive Open(byte[] content) =>
        new(new MemoryStream(content, writable: false), ZipArchiveMode.Read, leaveOpen: false, CodePagesEncodingProvider.Instance.GetEncoding("GB18030"));

    private static bool IsText(ZipArchiveEntry entry) =>
        !entry.Name.StartsWith("._", StringComparison.Ordinal) && Path.GetExtension(entry.Name).ToLowerInvariant() is ".csv" or ".yaml" or ".yml";

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

/// <summary>Text as people save it: UTF-8, or GB18030, which Excel in China writes into a CSV by default.</summary>
internal static class TextFiles
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Gb18030 =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    public static string Read(byte[] content)
    {
        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new RefusedException(EditingRefusals.FileNotReadable("它是“Unicode 文本”。请在 Excel 里另存为“CSV UTF-8（逗号分隔）”。"));
        return Decoded(Utf8, content) ?? Decoded(Gb18030, content)
            ?? throw new RefusedException(EditingRefusals.FileNotReadable("认不出文字编码。请在 Excel 里另存为“CSV UTF-8（逗号分隔）”。"));
    }

    private static string? Decoded(Encoding encoding, byte[] content)
    {
        try
        {
            return encoding.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
