using System.Globalization;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Kernel.Printing;

namespace GaoXin.Portal.Licences.Printing;

/// <summary>What is printed on a licence.</summary>
internal sealed record LicenceSheet
{
    public required string Title { get; init; }

    public required string NumberLabel { get; init; }

    public required string Number { get; init; }

    public required string Identifier { get; init; }

    public required string VerifyCode { get; init; }

    public required string FactsHash { get; init; }

    public required string VerifyAddress { get; init; }

    public required string Issuer { get; init; }

    public required DateOnly IssuedOn { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required IReadOnlyList<LicenceFact> Facts { get; init; }

    public required bool IsSample { get; init; }
}

/// <summary>
/// Prints a licence as one horizontal A4 page in a design of the portal's own: neither the state emblem nor the official
/// layout is copied. Text that does not fit is set smaller, never cut.
/// </summary>
internal static class LicencePrint
{
    private const double PageWidth = 841.89;
    private const double PageHeight = 595.28;
    private const double Left = 74;
    private const double Right = PageWidth - Left;
    private const double Bottom = 158;
    private const double Top = 408;
    private const double LabelWidth = 92;
    private const double ColumnGap = 34;
    private const double QrSize = 92;

    /// <summary>The unsigned file, and the code points the font does not have (printed as 〓).</summary>
    public static (PdfFile File, IReadOnlyCollection<int> Missing) Print(LicenceSheet sheet)
    {
        var font = TrueTypeFont.Portal;
        var canvas = new PdfCanvas(font);
        DrawFrame(canvas);
        if (sheet.IsSample)
            DrawWatermark(canvas);
        DrawHead(canvas, sheet);
        DrawFacts(canvas, sheet.Facts);
        DrawFoot(canvas, sheet);
        canvas.Qr(sheet.VerifyAddress, Left, 50, QrSize);
        var about = new PdfDescription(sheet.Title, sheet.Identifier, LicenceMark.Of(sheet.VerifyCode, sheet.FactsHash), sheet.IssuedAt);
        return (new PdfPrinter(font).Print(canvas, PageWidth, PageHeight, about), canvas.Missing);
    }

    private static void DrawFrame(PdfCanvas canvas)
    {
        canvas.Frame(24, 24, PageWidth - 48, PageHeight - 48, 2.5, Ink.Teal);
        canvas.Frame(31, 31, PageWidth - 62, PageHeight - 62, 0.7, Ink.Gold);
        foreach (var x in (double[])[24, PageWidth - 44])
            foreach (var y in (double[])[24, PageHeight - 44])
                canvas.Fill(x, y, 20, 20, Ink.Teal);
    }

    private static void DrawWatermark(PdfCanvas canvas)
    {
        foreach (var (x, y) in ((double, double)[])[(90, 130), (330, 130), (570, 130), (210, 300), (450, 300)])
            canvas.TextTurned(x, y, 40, 28, "演示样本", Ink.Faint);
    }

    private static void DrawHead(PdfCanvas canvas, LicenceSheet sheet)
    {
        canvas.TextCentred(PageWidth / 2, 482, 38, Spaced(sheet.Title), Ink.Teal);
        canvas.Fill(PageWidth / 2 - 60, 462, 120, 2.5, Ink.Gold);
        canvas.Text(Left, 438, 11, sheet.NumberLabel + "  " + sheet.Number, Ink.Black);
        if (sheet.IsSample)
            canvas.TextRight(Right, 438, 11, "演示样本，没有法律效力", Ink.Grey);
        canvas.Line(Left, 428, Right, 428, 0.7, Ink.Teal);
    }

    /// <summary>Two columns: short facts side by side; a fact longer than a column takes the whole width.</summary>
    private static void DrawFacts(PdfCanvas canvas, IReadOnlyList<LicenceFact> facts)
    {
        var size = 13.5;
        while (size > 5 && Layout(new PdfCanvas(TrueTypeFont.Portal), facts, size) < Bottom)
            size -= 0.5;
        Layout(canvas, facts, size);
    }

    private static double Layout(PdfCanvas canvas, IReadOnlyList<LicenceFact> facts, double size)
    {
        var column = (Right - Left - ColumnGap) / 2;
        var (y, rowEnd, second) = (Top, Top, false);
        foreach (var fact in facts)
        {
            var wide = canvas.Width(fact.Value, size) > column - LabelWidth;
            if (second && wide)
                (y, second) = (rowEnd - size * 0.5, false);
            var x = second ? Left + column + ColumnGap : Left;
            canvas.Text(x, y, size * 0.92, fact.Label, Ink.Teal);
            var width = (wide ? Right - Left : column) - LabelWidth;
            var end = canvas.TextWrapped(x + LabelWidth, y, size, width, size * 1.5, fact.Value, Ink.Black);
            rowEnd = second ? Math.Min(rowEnd, end) : end;
            if (second || wide)
                y = rowEnd - size * 0.5;
            second = !second && !wide;
        }

        return second ? rowEnd : y;
    }

    private static void DrawFoot(PdfCanvas canvas, LicenceSheet sheet)
    {
        const double x = Left + QrSize + 16;
        canvas.Text(x, 124, 11, "扫码核验真伪", Ink.Teal);
        canvas.Text(x, 107, 11, "核验码  " + VerifyCode.Grouped(sheet.VerifyCode), Ink.Black);
        canvas.Text(x, 91, 8, "电子证照标识  " + sheet.Identifier, Ink.Grey);
        canvas.Text(x, 77, 8, "本证照已加电子签名，任何改动都能查出。是否有效，以核验页面当时的结果为准。", Ink.Grey);
        canvas.Text(x, 63, 8, sheet.VerifyAddress, Ink.Grey);
        canvas.TextRight(Right, 124, 13, sheet.Issuer, Ink.Black);
        var day = sheet.IssuedOn.ToString("yyyy'年'M'月'd'日'", CultureInfo.InvariantCulture);
        canvas.TextRight(Right, 103, 13, day, Ink.Black);
    }

    private static string Spaced(string title) => title.Length <= 6 ? string.Join(' ', title.AsEnumerable()) : title;
}
