using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Printing;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Kernel.Printing;
using GaoXin.Portal.TestKit;
using UglyToad.PdfPig;

namespace GaoXin.Portal.Tests.Catalogue.Printing;

public sealed class PrintedGuideTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task The_sheet_holds_the_answers_on_pages_that_are_counted()
    {
        var file = await host.Send(new PrintGuide("food-operation-licence"));

        var (pages, text) = Read(file.Content);
        file.FileName.ShouldEndWith("-办事指南.pdf");
        pages.ShouldBeGreaterThan(1);
        string[] said = ["谁能办", "多久办好", "要跑几次", "收多少钱", "要带什么", "请您准备", "怎么办", "去哪儿办", "行政复议", $"第{pages}页，共{pages}页", "https://portal.example/services/food-operation-licence"];
        foreach (var words in said)
            text.ShouldContain(words);
        text.ShouldNotContain(PdfCanvas.Substitute.ToString());
    }

    [Fact]
    public async Task The_poster_is_one_page_with_the_name_and_the_address_of_its_code()
    {
        var file = await host.Send(new PrintPoster("elder-card"));

        var (pages, text) = Read(file.Content);
        pages.ShouldBe(1);
        text.ShouldContain("老年人优待证办理");
        text.ShouldContain("https://portal.example/s/elder-card");
    }

    [Fact]
    public async Task The_same_version_prints_the_same_bytes() =>
        (await host.Send(new PrintPoster("elder-card"))).Content.ShouldBe((await host.Send(new PrintPoster("elder-card"))).Content);

    [Fact]
    public async Task No_character_of_any_guide_is_missing_in_the_font()
    {
        var strange = new List<string>();
        foreach (var code in (await host.Send(new GetServiceAddresses())).Select(a => a.Code))
        {
            if (Read((await host.Send(new PrintGuide(code))).Content).Text.Contains(PdfCanvas.Substitute))
                strange.Add(code);
        }

        strange.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_item_has_neither()
    {
        var code = await host.InScope(scope => scope.NewItem("elder-card"));
        await host.InScope(scope => scope.NextVersion(code, 2, ItemVersions.Cancel("不用办了")));

        await Should.ThrowAsync<NotFoundException>(() => host.Send(new PrintGuide(code)));
        await Should.ThrowAsync<NotFoundException>(() => host.Send(new PrintPoster(code)));
    }

    /// <summary>Text without blanks, because a line break in the middle of a word is none to a reader.</summary>
    private static (int Pages, string Text) Read(byte[] file)
    {
        using var document = PdfDocument.Open(file);
        var text = string.Concat(document.GetPages().Select(p => p.Text));
        return (document.NumberOfPages, string.Concat(text.Where(c => !char.IsWhiteSpace(c))));
    }
}
