using System.Net;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Staff;

/// <summary>The life of an item on its editors' pages, without JavaScript.</summary>
public sealed class CataloguePageTests(CatalogueWeb web) : IClassFixture<CatalogueWeb>
{
    private const string Items = "/staff/catalogue";

    [Fact]
    public async Task The_list_is_searched_filtered_and_paged()
    {
        var (code, _) = await web.NewDraft("只有草稿的事项");
        var browser = web.Browse(web.Writer);

        var first = (await browser.Get(Items)).ShouldBeOk();
        first.Document.QuerySelectorAll("tr[data-gx-row]").Length.ShouldBe(50);
        (await first.Follow("下一页")).ShouldBeOk().MainText.ShouldContain("第 2 页");
        var found = await first.Form("form[role=search]").Fill("q", "只有草稿").Submit("搜索");
        found.Texts("tr[data-gx-row] td:first-child").ShouldContain("只有草稿的事项");
        (await browser.Get($"{Items}?filter=InForce&q={code}")).ShouldBeOk().MainText.ShouldContain("没有这样的事项");
        (await browser.Get($"{Items}?filter=Editing&q={code}&department=&p=99")).Texts("tr[data-gx-row] td:first-child").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_day_of_an_editor_begins_with_the_items() =>
        (await web.Browse(web.Writer).Get("/staff")).ShouldBeOk().Path.ShouldBe(Items);

    [Fact]
    public async Task The_list_takes_few_statements()
    {
        var browser = web.Browse(web.Writer);
        await browser.Get(Items);
        var statements = await web.Statements.During(() => browser.Get(Items));
        statements.Count.ShouldBeLessThanOrEqualTo(6, string.Join("\n---\n", statements));
    }

    [Fact]
    public async Task A_claimed_item_is_written_reviewed_and_published_by_two_persons_and_invisible_before()
    {
        var (code, editor, second) = (web.NewCode(), web.Browse(web.Writer), web.Browse(web.Second));
        var form = (await editor.Get("/staff/catalogue/new")).ShouldBeOk();
        var refused = await form.Form().Fill("事项名称", "演示认领事项").Fill("编码", "Bad Code").Fill("从哪份清单认领", "省级目录").Submit("保存，接着写");
        refused.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("编码").ShouldStartWith("请用小写字母");
        refused.ErrorOf("依据文件").ShouldStartWith("认领的事项请写明依据文件");
        refused.Form().Value("事项名称").ShouldBe("演示认领事项");
        var page = await refused.Form().Fill("编码", code).Fill("依据文件", "演示文件第 1 号").Fill("实施部门", "卫生健康委员会").Fill("主题", "生育婚姻").Fill("事项类型", "行政许可").Submit("保存，接着写");
        page.ShouldBeOk().Heading.ShouldStartWith("名称和归类");

        page = await page.Form("form.ed-form").Fill("summary", "一句话。").Tick("audiences").Submit("保存，写下一组");
        page.ShouldBeOk().Heading.ShouldStartWith("类型和编码");
        page = await (await editor.Get(page.Path.Replace("/edit/nature", "/edit/time", StringComparison.Ordinal))).Form("form.ed-form").Fill("clock.promised_days", "3").Submit("保存并返回");
        page = await page.Form("form[action*='handler=Submit']").Submit("提交审核");
        page.ShouldBeOk().MainText.ShouldContain("您写的不能由您自己审核发布");
        page.Document.QuerySelector("form[action*='handler=Approve']").ShouldBeNull();
        (await web.Browse().Get($"/services/{code}")).ShouldBe(HttpStatusCode.NotFound);

        page = await (await second.Get(page.Path)).Form("form[action*='handler=Approve']").Submit("审核通过");
        page = await page.Form("form[action*='handler=Publish']").Submit("发布");
        page.ShouldBeOk().MainText.ShouldContain("第 1 版已发布");
        await web.DrainOutbox();
        (await web.Browse().Get($"/services/{code}")).ShouldBeOk().Heading.ShouldBe("演示认领事项");
        page.MainText.ShouldContain("认领自省级目录");
        page.MainText.ShouldContain("审核通过");
    }

    [Fact]
    public async Task Rows_come_and_go_without_a_script_and_what_was_typed_stays()
    {
        var (_, draft) = await web.NewDraft();
        var page = await web.Browse(web.Writer).Get($"/staff/catalogue/drafts/{draft}/edit/materials");

        page = await page.Form("form.ed-form").Submit("add:materials");
        page.Document.QuerySelector("[autofocus]")!.ClassName.ShouldBe("ed-row");
        page = await page.Form("form.ed-form").Fill("materials[0].code", "proof").Fill("materials[0].title", "证明").Submit("add:materials");
        page = await page.Form("form.ed-form").Fill("materials[1].code", "photo").Fill("materials[1].title", "照片").Submit("up:materials:1");
        page.Form("form.ed-form").Value("materials[0].title").ShouldBe("照片");
        page = await page.Form("form.ed-form").Submit("remove:materials:1");
        page.Document.QuerySelector("[autofocus]")!.ClassName.ShouldBe("ed-rows");
        page.Form("form.ed-form").Fields.ShouldNotContain("materials[1].title");
        (await web.Send(new GetItemDraft(draft), web.Writer)).Rows["materials"].ShouldBeEmpty();

        (await page.Form("form.ed-form").Submit("保存并返回")).ShouldBeOk().MainText.ShouldContain("材料：照片");
    }

    [Fact]
    public async Task A_fault_is_told_at_its_field_and_nothing_typed_is_lost()
    {
        var (_, draft) = await web.NewDraft();
        var page = await web.Browse(web.Writer).Get($"/staff/catalogue/drafts/{draft}/edit/time");

        page = await page.Form("form.ed-form").Fill("clock.promised_days", "三").Fill("clock.note", "等专家意见").Submit("保存，写下一组");

        page.ShouldBeOk().ErrorOf("clock.promised_days").ShouldContain("“三”不是整数");
        page.Form("form.ed-form").Value("clock.promised_days").ShouldBe("三");
        page.Form("form.ed-form").Value("clock.note").ShouldBe("等专家意见");
        page.MainText.ShouldContain("已保存");
        var overview = await web.Browse(web.Writer).Get($"/staff/catalogue/drafts/{draft}");
        overview.MainText.ShouldContain("有 1 处要改");
        (await overview.Form("form[action*='handler=Submit']").Submit("提交审核")).ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldContain("承诺办结时限");
        var tooLong = await page.Form("form.ed-form").Fill("clock.promised_days", "3").Fill("clock.note", new string('长', 4001)).Submit("保存，写下一组");
        tooLong.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("clock.note").ShouldBe("文字太长，请写短一些。");
    }

    [Fact]
    public async Task Who_saves_second_sees_both_sides_and_decides()
    {
        var (_, draft) = await web.NewDraft("原来的名称");
        var page = await web.Browse(web.Writer).Get($"/staff/catalogue/drafts/{draft}/edit/basic");
        await web.Change(draft, "basic", new() { ["title"] = "别人改的名称" }, web.Second);

        page = await page.Form("form.ed-form").Fill("title", "我改的名称").Submit("保存，写下一组");

        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldStartWith("演示编辑乙刚改过这份草稿");
        page.Texts(".ed-changes td").ShouldContain("别人改的名称");
        page.Form("form.ed-form").Value("title").ShouldBe("我改的名称");
        (await web.Send(new GetItemDraft(draft), web.Writer)).Title.ShouldBe("别人改的名称");
        (await page.Form("form.ed-form").Submit("保存，写下一组")).ShouldBeOk();
        (await web.Send(new GetItemDraft(draft), web.Writer)).Title.ShouldBe("我改的名称");
    }

    [Fact]
    public async Task The_writer_cannot_publish_past_the_page_and_nobody_publishes_twice()
    {
        var (_, draft) = await web.NewDraft();
        await web.Send(new SubmitItemDraft(draft), web.Writer);
        await web.Send(new ApproveItemDraft(draft), web.Second);
        var form = (await web.Browse(web.Second).Get($"/staff/catalogue/drafts/{draft}")).Form("form[action*='handler=Publish']");
        var forged = await web.Browse(web.Writer).Get($"/staff/catalogue/drafts/{draft}");
        forged.Document.QuerySelector("form[action*='handler=TakeBack']")!.SetAttribute("action", $"/staff/catalogue/drafts/{draft}?handler=Publish");
        (await forged.Form("form[action*='handler=Publish']").Submit()).ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldStartWith("审核和发布要由另一位事项编辑操作");

        (await form.Submit("发布")).ShouldBeOk();
        (await form.Submit("发布")).ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldStartWith("这份草稿已发布");
    }

    [Fact]
    public async Task A_reviewer_sends_back_with_a_reason_and_the_writer_takes_back_without()
    {
        var (_, draft) = await web.NewDraft();
        await web.Send(new SubmitItemDraft(draft), web.Writer);
        var page = await web.Browse(web.Second).Get($"/staff/catalogue/drafts/{draft}");
        page = await page.Form("form[action*='handler=Return']").Fill("要改什么", "改").Submit("退回给写的人");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Text("#Remark-error").ShouldContain("请写清楚要改什么");
        page = await page.Form("form[action*='handler=Return']").Fill("要改什么", "请补上窗口电话。").Submit("退回给写的人");
        page.ShouldBeOk().MainText.ShouldContain("请补上窗口电话。");

        await web.Send(new SubmitItemDraft(draft), web.Writer);
        page = await (await web.Browse(web.Writer).Get($"/staff/catalogue/drafts/{draft}")).Form("form[action*='handler=TakeBack']").Submit("撤回来改");
        page.ShouldBeOk().MainText.ShouldContain("可以接着改");
        (await page.Form("form[action*='handler=Discard']").Submit("确认放弃")).ShouldBeOk().MainText.ShouldContain("草稿已放弃");
    }

    [Fact]
    public async Task A_scheduled_version_is_withdrawn_before_its_day_and_versions_are_compared_in_words()
    {
        var code = await web.Published("原来的名称");
        var draft = await web.Send(new StartItemDraft(code), web.Writer);
        await web.Change(draft, "basic", new() { ["title"] = "以后的名称" });
        await web.Publish(draft, web.Clock.Today().AddDays(30));

        var page = (await web.Browse(web.Second).Get($"/staff/catalogue/items/{code}")).ShouldBeOk();
        page.MainText.ShouldContain("定时生效");
        var compared = (await page.Follow("和第 1 版比")).ShouldBeOk();
        compared.Heading.ShouldContain("改了 1 处");
        compared.Texts(".ed-changes td").ShouldBe(["原来的名称", "以后的名称"]);
        page = await page.Form("form[action*='handler=Withdraw']").Submit("撤回第 2 版");
        page.ShouldBeOk().MainText.ShouldContain("第 2 版已撤回");
        (await web.Browse(web.Writer).Get($"/staff/catalogue/items/{code}/compare?from=1&to=9")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_cancellation_says_why_by_what_and_where_to_go()
    {
        var code = await web.Published("要取消的事项");
        var page = (await web.Browse(web.Writer).Get($"/staff/catalogue/items/{code}/cancel")).ShouldBeOk();
        page = await page.Form().Fill("取消原因", "旧").Fill("改办哪件事项", "no-such-item").Submit("写成草稿，去核对");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Count.ShouldBe(2);
        page = await page.Form().Fill("取消原因", "并入老年人优待证，不用单独办").Fill("取消依据", "演示通知").Submit("写成草稿，去核对");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("改办哪件事项").ShouldContain("没有在用的事项");
        page = await page.Form().Fill("改办哪件事项", "elder-card").Submit("写成草稿，去核对");

        page.ShouldBeOk().MainText.ShouldContain("取消原因");
        page.MainText.ShouldContain("并入老年人优待证，不用单独办");
    }

    [Fact]
    public async Task The_preview_shows_the_guide_as_the_public_will_see_it()
    {
        var (code, draft) = await web.NewDraft("预览的事项");
        var preview = (await web.Browse(web.Writer).Get($"/staff/catalogue/drafts/{draft}/preview")).ShouldBeOk();
        var shown = preview.Texts("main .gx-facts, main section h2");
        await web.Publish(draft);
        (await web.Browse().Get($"/services/{code}")).ShouldBeOk().Texts("main .gx-facts, main section h2").ShouldBe(shown);

        var (_, faulty) = await web.NewDraft();
        await web.Change(faulty, "time", new() { ["clock.promised_days"] = "" });
        (await web.Browse(web.Writer).Get($"/staff/catalogue/drafts/{faulty}/preview")).ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_publication_replaces_the_public_pages_kept_here()
    {
        var code = await web.Published("先前的名称");
        (await web.Browse().Get($"/services/{code}")).Heading.ShouldBe("先前的名称");
        var draft = await web.Send(new StartItemDraft(code), web.Writer);
        await web.Change(draft, "basic", new() { ["title"] = "后来的名称" });
        (await web.Browse().Get($"/services/{code}")).Heading.ShouldBe("先前的名称");

        await web.Publish(draft);

        (await web.Browse().Get($"/services/{code}")).Heading.ShouldBe("后来的名称");
    }

    [Fact]
    public async Task Officers_and_citizens_do_not_get_in_and_the_auditor_only_reads()
    {
        var (code, draft) = await web.NewDraft();
        string[] pages = [Items, "/staff/catalogue/new", $"/staff/catalogue/items/{code}", $"/staff/catalogue/drafts/{draft}", $"/staff/catalogue/drafts/{draft}/edit/basic",
            $"/staff/catalogue/drafts/{draft}/preview", "/staff/catalogue/imports", "/staff/catalogue/export/xlsx"];
        foreach (var page in pages)
        {
            (await web.Browse(TestUsers.Officer()).Get(page)).ShouldBe(HttpStatusCode.Forbidden);
            (await web.Browse(TestUsers.Citizen()).Get(page)).ShouldBe(HttpStatusCode.Forbidden);
        }

        var auditor = web.Browse(TestUsers.Staff(Roles.Auditor));
        (await auditor.Get(Items)).ShouldBeOk().MainText.ShouldNotContain("新增或认领事项");
        (await auditor.Get($"/staff/catalogue/items/{code}")).ShouldBeOk().Document.QuerySelector("main form").ShouldBeNull();
        (await auditor.Get($"/staff/catalogue/drafts/{draft}")).ShouldBeOk().Document.QuerySelector("main form").ShouldBeNull();
        foreach (var page in (string[])[$"/staff/catalogue/drafts/{draft}/edit/basic", "/staff/catalogue/new", $"/staff/catalogue/items/{code}/cancel"])
            (await auditor.Get(page)).ShouldBe(HttpStatusCode.Forbidden);
        (await web.Browse(web.Writer).Get($"/staff/catalogue/drafts/{Guid.CreateVersion7()}")).ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(web.Writer).Get("/staff/catalogue/items/no-such-item")).ShouldBe(HttpStatusCode.NotFound);
    }
}
