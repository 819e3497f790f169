using GaoXin.Portal.Kernel;
using GaoXin.Portal.Kernel.Printing;

namespace GaoXin.Portal.Catalogue.Printing;

/// <summary>One A4 page for a wall or a window: the name, the code to scan, the three figures that matter.</summary>
internal static class GuidePoster
{
    private const double Width = 595.28;
    private const double Height = 841.89;
    private const double Middle = Width / 2;
    private const double Margin = 56;
    private const double CodeSize = 300;
    private const double CodeBottom = 276;
    private static readonly Ink White = new(1, 1, 1);

    public static byte[] Print(GuideView guide, PortalOptions portal)
    {
        var font = TrueTypeFont.Portal;
        var canvas = new PdfCanvas(font);
        canvas.Fill(0, Height - 92, Width, 92, Ink.Teal);
        canvas.Fill(0, Height - 97, Width, 5, Ink.Gold);
        canvas.TextCentred(Middle, Height - 46, 24, "高新区政务服务", White);
        canvas.TextCentred(Middle, Height - 72, 13, "扫一扫，看办事指南", White);
        DrawName(canvas, guide);
        canvas.Qr(portal.ScanAddress(guide.Service.Code), Middle - CodeSize / 2, CodeBottom, CodeSize);
        canvas.Frame(Middle - CodeSize / 2, CodeBottom, CodeSize, CodeSize, 1.5, Ink.Teal);
        canvas.TextCentred(Middle, 252, 15, "能不能办、带什么、几天好，扫码就知道", Ink.Teal);
        DrawFigures(canvas, guide);
        DrawFoot(canvas, guide, portal);
        var about = new PdfDescription($"{guide.Service.Title}二维码", portal.ScanAddress(guide.Service.Code), $"poster-{guide.Service.Code}-{guide.Service.Version}",
            guide.Service.EffectiveFrom.At(TimeOnly.MinValue));
        return new PdfPrinter(font).Print(canvas, Width, Height, about).Bytes;
    }

    /// <summary>In one or two lines, as large as they fit.</summary>
    private static void DrawName(PdfCanvas canvas, GuideView guide)
    {
        var size = 40.0;
        while (size > 14 && canvas.Lines(guide.Service.Title, size, Width - Margin * 2).Count > (size > 30 ? 1 : 2))
            size -= 2;
        var lines = canvas.Lines(guide.Service.Title, size, Width - Margin * 2);
        var y = 660 + (lines.Count - 1) * size * 0.65;
        foreach (var line in lines)
        {
            canvas.TextCentred(Middle, y, size, line, Ink.Black);
            y -= size * 1.3;
        }

        canvas.TextCentred(Middle, 596, 14, string.Join("　", guide.Badges.Prepend(guide.Department)), Ink.Grey);
    }

    private static void DrawFigures(PdfCanvas canvas, GuideView guide)
    {
        (string Label, string Value)[] figures = [("多久办好", guide.Service.Clock.Words), ("要跑几次", guide.Visits), ("要带什么", guide.Bring)];
        var width = (Width - Margin * 2) / figures.Length;
        for (var i = 0; i < figures.Length; i++)
        {
            var centre = Margin + width * (i + 0.5);
            canvas.TextCentred(centre, 214, 12, figures[i].Label, Ink.Grey);
            var y = 190.0;
            foreach (var line in canvas.Lines(figures[i].Value, 17, width - 12))
            {
                canvas.TextCentred(centre, y, 17, line, Ink.Black);
                y -= 22;
            }
        }
    }

    private static void DrawFoot(PdfCanvas canvas, GuideView guide, PortalOptions portal)
    {
        canvas.Line(Margin, 126, Width - Margin, 126, 0.7, Ink.Teal);
        canvas.TextCentred(Middle, 102, 13, $"不会扫码？打电话问：{guide.ConsultPhone}，或打 12345", Ink.Black);
        canvas.TextCentred(Middle, 80, 10, portal.ScanAddress(guide.Service.Code), Ink.Grey);
        canvas.TextCentred(Middle, 62, 9, $"{PrintedWords.Version(guide)}　内容以扫码打开的页面为准", Ink.Grey);
        if (portal.DemoMode)
            canvas.TextCentred(Middle, 44, 9, PrintedWords.Demo, Ink.Grey);
    }
}

internal static class PrintedWords
{
    public const string Demo = "演示环境，不是政府网站，内容是示例";

    public static string Version(GuideView guide) => $"第 {guide.Service.Version} 版，{guide.Service.EffectiveFrom:yyyy年M月d日}起";
}
