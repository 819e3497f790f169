using System.Net;
using System.Text;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Exchange;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Staff;

/// <summary>批量导入、导出 on its pages.</summary>
public sealed class ImportPageTests(CatalogueWeb web) : IClassFixture<CatalogueWeb>
{
    private const string Imports = "/staff/catalogue/imports";

    [Fact]
    public async Task A_file_with_a_fault_shows_row_column_and_fix_and_cannot_be_written()
    {
        var page = await Upload(web.Writer, "faults.csv", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(CatalogueWeb.Csv((web.NewCode(), "坏的事项"))).Replace("行政确认", "行政确定", StringComparison.Ordinal)));

        page.ShouldBeOk().Texts(".st-table td").Take(5).ShouldBe(["事项", "2", "事项类型", "“行政确定”不在可选的词里", "是不是“行政确认”？"]);
        page.Document.QuerySelector("form[action*='handler=Write']").ShouldBeNull();
    }

    [Fact]
    public async Task A_file_is_checked_written_published_by_another_and_undone()
    {
        var (known, added) = (await web.Published("原来的名称"), web.NewCode());
        var page = await Upload(web.Writer, "items.csv", CatalogueWeb.Csv((known, "导入的名称"), (added, "导入的事项")));
        page.ShouldBeOk().Texts(".st-kpi b").Take(2).ShouldBe(["1", "1"]);
        page.Texts(".ed-changes ins").ShouldContain("导入的名称");
        page = await page.Form("form[action*='handler=Write']").Submit("导入这 2 项");
        page.ShouldBeOk().MainText.ShouldContain("您导入的不能由您自己发布");
        page.Document.QuerySelector("form[action*='handler=Approve']").ShouldBeNull();

        page = await (await web.Browse(web.Second).Get(page.Path)).Form("form[action*='handler=Approve']").Submit("审核通过，发布这 2 项");
        page.ShouldBeOk().MainText.ShouldContain("已发布 2 项");
        await web.DrainOutbox();
        (await web.Browse().Get($"/services/{added}")).ShouldBeOk().Heading.ShouldBe("导入的事项");

        page.Text("form[action*='handler=Undo']").ShouldContain("2 项撤回，恢复原来的版本");
        page = await page.Form("form[action*='handler=Undo']").Submit("确认撤销");
        page.ShouldBeOk().MainText.ShouldContain("导入已撤销：撤回 2 项");
        await web.DrainOutbox();
        (await web.Send(new GetServiceDefinition(known)))!.Title.ShouldBe("原来的名称");
    }

    [Fact]
    public async Task An_import_that_is_given_up_publishes_nothing()
    {
        var code = web.NewCode();
        var page = await Upload(web.Writer, "given-up.csv", CatalogueWeb.Csv((code, "不要的事项")));
        page = await page.Form("form[action*='handler=Write']").Submit();
        page = await page.Form("form[action*='handler=Discard']").Submit("放弃这一批");
        page.ShouldBeOk().MainText.ShouldContain("这一批已放弃");
        (await web.Browse(web.Writer).Get($"/staff/catalogue/items/{code}")).ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(web.Writer).Get(Imports)).MainText.ShouldContain("given-up.csv");
    }

    [Fact]
    public async Task No_file_a_large_file_and_a_wrong_file_say_what_to_do()
    {
        var page = await web.Browse(web.Writer).Get(Imports);
        (await page.Form("form[enctype]").Submit("上传并检查")).ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("File").ShouldBe("请选择文件。");
        (await Upload(web.Writer, "large.csv", new byte[CheckImport.Largest + 1])).ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("File").ShouldStartWith("文件超过 10 MB");
        (await Upload(web.Writer, "x.pdf", "%PDF"u8.ToArray())).ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("File").ShouldContain("不认识“.pdf”");
        var reason = await page.Form("form[enctype]").Attach("File", "a.csv", "text/csv", CatalogueWeb.Csv((web.NewCode(), "甲"))).Fill("MissingReason", "不再办理").Submit("上传并检查");
        reason.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("MissingBasis").ShouldBe("请写明取消的依据。");
        reason.Form("form[enctype]").Value("MissingReason").ShouldBe("不再办理");
    }

    [Theory]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData("csv", "application/zip")]
    [InlineData("yaml", "application/zip")]
    public async Task All_items_and_an_empty_table_are_downloaded(string format, string type)
    {
        foreach (var address in (string[])[$"/staff/catalogue/export/{format}", $"/staff/catalogue/export/{format}?empty=true"])
        {
            var answer = await web.Browse(web.Writer).Send(new HttpRequestMessage(HttpMethod.Get, address));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
            answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBeGreaterThan(300);
        }

        (await web.Browse(web.Writer).Get("/staff/catalogue/export/docx")).ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<PageView> Upload(TestUser user, string name, byte[] content) =>
        await (await web.Browse(user).Get(Imports)).Form("form[enctype]").Attach("File", name, "application/octet-stream", content).Submit("上传并检查");
}
