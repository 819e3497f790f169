using GaoXin.Portal.Kernel;
using GaoXin.Portal.Kernel.Printing;

namespace GaoXin.Portal.Catalogue.Printing;

/// <summary>The guide on paper (一次性告知单): the five answers first, then what to bring, how, where, and what one can do against a decision.</summary>
internal static class GuideSheet
{
    public static byte[] Print(GuideView guide, PortalOptions portal)
    {
        var paper = new SheetPaper(portal.ScanAddress(guide.Service.Code));
        paper.Title(guide.Service.Title, guide.Service.Summary);
        paper.Facts(
        [
            ("谁能办", guide.Audiences),
            ("多久办好", guide.Service.Clock.Words + (guide.Service.Clock.StatutoryWords is { } limit ? $"（法定 {limit}）" : "")),
            ("要跑几次", guide.Visits + (guide.Service.Guide.VisitReason is { } reason ? $"：{reason}" : "")),
            ("收多少钱", guide.Service.Fee.Words),
            ("要带什么", guide.Bring + (guide.BringLess is { } less ? $"，{less}" : "")),
        ]);
        Conditions(paper, guide.Service.Guide);
        Materials(paper, guide);
        paper.Section("怎么办", guide.Service.Guide.Steps.Select((s, i) => $"{i + 1}. {s.Title}：{s.Text}"));
        paper.Section("我们怎么审", guide.Service.Process.Select(Stage));
        paper.Section("您会拿到", guide.Service.Results.Select(Result));
        paper.Section("去哪儿办", guide.Places.Select(Where).Prepend(guide.Service.Guide.Place).OfType<string>());
        paper.Section("收费", Fee(guide.Service.Fee));
        paper.Section("常见问题", guide.Service.Guide.Questions.SelectMany<GuideQuestion, string>(q => [$"问：{q.Question}", $"答：{q.Answer}"]));
        paper.Section("有意见怎么办", [$"咨询：{guide.ConsultPhone}　监督投诉：{guide.ComplaintPhone}", $"行政复议：{guide.Review}", $"行政诉讼：{guide.Lawsuit}"]);
        paper.Section("依据", guide.Service.Guide.LegalBasis);
        paper.Section("编码", [$"实施机关：{guide.Implementer}　事项类型：{guide.Service.Nature.Kind.Chinese()}　办件类型：{guide.Service.Nature.Handling.Chinese()}"
            + (guide.Service.Nature.ImplementationCode is { } code ? $"　实施编码：{code}" : "")]);
        var about = new PdfDescription($"{guide.Service.Title}办事指南", portal.GuideAddress(guide.Service.Code), $"guide-{guide.Service.Code}-{guide.Service.Version}",
            guide.Service.EffectiveFrom.At(TimeOnly.MinValue));
        return paper.Finish(PrintedWords.Version(guide) + (portal.DemoMode ? "　" + PrintedWords.Demo : ""), portal.GuideAddress(guide.Service.Code), about);
    }

    private static void Conditions(SheetPaper paper, ServiceGuide guide)
    {
        paper.Section("能不能办", guide.Conditions.Select(c => $"· {c}"));
        paper.Section("这些情况不能办", guide.Prohibited.Select(p => $"· {p}"));
        if (guide.QuantityLimit is { } limit)
            paper.Section("数量限制", [limit]);
    }

    private static void Materials(SheetPaper paper, GuideView guide)
    {
        paper.Section("请您准备", guide.Wanted.Select(m => $"[  ] {m.Title}{MaterialWords.When(m)}{Hint(m)}"));
        paper.Section("这些不用带", guide.Waived.Select(m => $"· {m.Title}（{MaterialWords.Waived(m)}{(m.SourceNote is null ? "" : $"，来源：{m.SourceNote}")}）"));
    }

    private static string Hint(MaterialDefinition material) => string.Concat(
        $"：{MaterialWords.Form(material)}。", material.Hint, material.Deferrable ? "一时没有的，可以先办后补。" : "");

    private static string Stage(ProcessStep step) =>
        $"{step.Stage.Chinese()}：{step.Who}{(step.Days is { } days ? $"，{(days == 0 ? "当天" : $"{days} 个工作日")}" : "")}。{step.Standard}";

    private static string Result(ItemResult result) =>
        $"{result.Name}（{result.Kind.Chinese()}）{(result.Validity is null ? "" : $"，{result.Validity}")}，{string.Join("、", result.Delivery.Select(d => d.Chinese()))}";

    private static string Where(GuidePlace place) =>
        $"{place.Place.Title}{(place.Window is null ? "" : $"（{place.Window}）")}：{place.Place.Address}。{place.Hours}。{(place.Place.Phone is null ? "" : $"电话 {place.Place.Phone}")}";

    private static IEnumerable<string> Fee(ServiceFee fee) => fee.Charged
        ? [$"{fee.Words}。{(fee.Payment.Count == 0 ? "" : $"可以{string.Join("、", fee.Payment.Select(p => p.Chinese()))}。")}依据：{fee.Basis}", .. fee.Reductions.Select(r => $"减免：{r}")]
        : ["不收费。"];
}
