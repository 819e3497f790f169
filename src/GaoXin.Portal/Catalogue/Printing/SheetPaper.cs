using GaoXin.Portal.Kernel.Printing;

namespace GaoXin.Portal.Catalogue.Printing;

/// <summary>Sets text downwards on A4 pages and begins a new one when a page is full.</summary>
internal sealed class SheetPaper
{
    private const double Width = 595.28;
    private const double Height = 841.89;
    private const double Margin = 54;
    private const double Right = Width - Margin;
    private const double Bottom = 68;
    private const double Text = 10.5;
    private const double Leading = 16.5;
    private const double LabelWidth = 74;
    private const double CodeSize = 82;
    private readonly TrueTypeFont _font = TrueTypeFont.Portal;
    private readonly List<PdfCanvas> _pages = [];
    private double _y;

    /// <summary>The first page with its head and the code to scan.</summary>
    public SheetPaper(string scanAddress)
    {
        Turn();
        Canvas.Text(Margin, _y, 10, "高新区政务服务　办事指南（一次性告知）", Ink.Teal);
        Canvas.Qr(scanAddress, Right - CodeSize, Height - Margin - CodeSize + 12, CodeSize);
        _y -= 32;
    }

    private PdfCanvas Canvas => _pages[^1];

    /// <summary>The name and what it does, beside the code.</summary>
    public void Title(string title, string summary)
    {
        const double width = Right - Margin - CodeSize - 20;
        _y = Canvas.TextWrapped(Margin, _y, 21, width, 28, title, Ink.Black);
        _y = Math.Min(Canvas.TextWrapped(Margin, _y + 4, Text, width, Leading, summary, Ink.Grey), Height - Margin - CodeSize);
        _y -= 4;
    }

    /// <summary>Answers with their questions, in a frame.</summary>
    public void Facts(IReadOnlyList<(string Question, string Answer)> facts)
    {
        var top = _y + 8;
        _y -= 10;
        foreach (var (question, answer) in facts)
        {
            Canvas.Text(Margin + 12, _y, Text, question, Ink.Teal);
            _y = Canvas.TextWrapped(Margin + 12 + LabelWidth, _y, Text + 0.5, Right - Margin - LabelWidth - 24, Leading, answer, Ink.Black) - 2;
        }

        Canvas.Frame(Margin, _y + 8, Right - Margin, top - _y - 8, 1, Ink.Teal);
        _y -= 14;
    }

    /// <summary>A heading with its paragraphs; nothing when there are none. A heading never stands alone at the foot of a page.</summary>
    public void Section(string heading, IEnumerable<string> paragraphs)
    {
        var texts = paragraphs.ToList();
        if (texts.Count == 0)
            return;
        if (_y - 30 - Leading < Bottom)
            Turn();
        _y -= 6;
        Canvas.Fill(Margin, _y - 2, 3, 13, Ink.Gold);
        Canvas.Text(Margin + 10, _y, 12.5, heading, Ink.Teal);
        _y -= 20;
        foreach (var text in texts)
            Paragraph(text);
        _y -= 6;
    }

    /// <summary>Writes the foot of every page, now that their number is known.</summary>
    public byte[] Finish(string note, string address, PdfDescription about)
    {
        for (var i = 0; i < _pages.Count; i++)
        {
            _pages[i].Line(Margin, 50, Right, 50, 0.5, Ink.Teal);
            _pages[i].Text(Margin, 37, 8, note, Ink.Grey);
            _pages[i].Text(Margin, 25, 8, address, Ink.Grey);
            _pages[i].TextRight(Right, 37, 8, $"第 {i + 1} 页，共 {_pages.Count} 页", Ink.Grey);
        }

        return new PdfPrinter(_font).Print(_pages, Width, Height, about).Bytes;
    }

    private void Paragraph(string text)
    {
        foreach (var line in Canvas.Lines(text, Text, Right - Margin - 10))
        {
            if (_y < Bottom)
                Turn();
            Canvas.Text(Margin + 10, _y, Text, line, Ink.Black);
            _y -= Leading;
        }
    }

    private void Turn()
    {
        _pages.Add(new PdfCanvas(_font));
        _y = Height - Margin;
    }
}
