using System.Net;
using System.Text;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Cases;

/// <summary>The program in demo mode: real definitions, demo persons with real names.</summary>
public sealed class CaseSite : PortalWebFactory
{
    protected override bool DemoMode => true;
}

public sealed class CasePagesTests(CaseSite site) : IClassFixture<CaseSite>
{
    private const string Save = "保存，填下一项";

    [Fact]
    public async Task A_person_without_a_real_name_is_sent_to_give_it_and_a_stranger_to_sign_in()
    {
        (await site.Browse().Get("/cases/start/company-setup")).Path.ShouldBe("/sign-in");
        (await site.Browse(TestUsers.Officer()).Get("/cases/start/company-setup")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_draft_is_started_once_and_found_among_my_cases()
    {
        var (browser, id) = await Draft(0);
        var again = await (await browser.Get("/cases/start/company-setup")).Form().Submit("开始填");
        again.Path.ShouldBe($"/cases/{id}/tasks");
        (await (await browser.Get("/cases")).ShouldBeOk().Follow("接着填")).Path.ShouldBe($"/cases/{id}/tasks");
        (await browser.Get($"/cases/{id}")).Path.ShouldBe($"/cases/{id}/tasks");
    }

    [Fact]
    public async Task Nobody_else_sees_a_draft()
    {
        var (_, id) = await Draft(0);
        var other = site.Browse(await Citizen(4));
        foreach (var page in (string[])["", "/tasks", "/form/name", "/check", "/withdraw"])
            (await other.Get($"/cases/{id}{page}")).Status.ShouldBe(HttpStatusCode.NotFound, page);
        (await other.Get($"/signatures/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await site.Browse(TestUsers.Officer()).Get($"/cases/{id}/form/name")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_wrong_page_says_so_at_the_fields_and_keeps_what_was_typed()
    {
        var (browser, id) = await Draft(1);
        var page = await (await browser.Get($"/cases/{id}/form/name")).ShouldBeOk().Form()
            .Fill("company.name.tradeName", new string('槐', 10_000)).Fill("company.name.industry", "智能😀").Submit(Save);
        page.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.Document.Title.ShouldNotBeNull().ShouldStartWith("有错误：");
        page.ErrorOf("company.name.tradeName").ShouldNotBeEmpty();
        page.ErrorOf("company.name.industry").ShouldContain("😀");
        page.Form().Value("company.name.tradeName").Length.ShouldBe(10_000);
        page.Form().Value("company.name.industry").ShouldBe("智能😀");
        page.Document.QuerySelector(".gx-errsum a")!.GetAttribute("href").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_form_page_takes_at_most_six_statements()
    {
        var (browser, id) = await Draft(1);
        foreach (var step in (string[])["name", "scope", "address", "shareholders", "officers"])
        {
            await browser.Get($"/cases/{id}/form/{step}");
            var statements = await site.Statements.During(() => browser.Get($"/cases/{id}/form/{step}"));
            statements.Count.ShouldBeLessThanOrEqualTo(6, step + "\n" + string.Join('\n', statements));
        }
    }

    [Fact]
    public async Task A_stale_tab_shows_both_sides_and_the_person_picks()
    {
        var (browser, id) = await Draft(2);
        var first = await browser.Get($"/cases/{id}/form/capital");
        var second = await browser.Get($"/cases/{id}/form/capital");
        (await first.Form().Fill("company.capital", "100").Submit(Save)).Path.ShouldBe($"/cases/{id}/form/scope");
        var conflict = await second.Form().Fill("company.capital", "200").Submit(Save);
        conflict.ShouldBe(HttpStatusCode.UnprocessableEntity).MainText.ShouldContain("两边填得不一样");
        conflict.Form().Value("company.capital").ShouldBe("200");
        (await conflict.Form().Submit("按我选的保存")).Path.ShouldBe($"/cases/{id}/form/scope");
        (await browser.Get($"/cases/{id}/form/capital")).Form().Value("company.capital").ShouldBe("200");
    }

    [Fact]
    public async Task Rows_are_added_and_removed_without_JavaScript_and_the_fifty_first_is_refused()
    {
        var (browser, id) = await Draft(3);
        var page = await browser.Get($"/cases/{id}/form/shareholders");
        page = (await page.Form().Fill("shareholders/r1/shareholder.subscribed", "12.5").Submit("再加一个股东")).ShouldBeOk();
        page.Form().Value("shareholders/r1/shareholder.subscribed").ShouldBe("12.5");
        page.Form().Fields.ShouldContain("shareholders/r2/shareholder.name");
        page = await page.Form().Submit("删除股东 2");
        page.Form().Fields.ShouldNotContain("shareholders/r2/shareholder.name");
        for (var i = 2; i <= 50; i++)
            page = (await page.Form().Submit("再加一个股东")).ShouldBeOk();
        page.MainText.ShouldContain("最多 50 个，已经加满了");
        page.MainText.ShouldNotContain("再加一个股东");
    }

    [Fact]
    public async Task Scope_items_are_searched_and_chosen_without_JavaScript()
    {
        var (browser, id) = await Draft(3);
        var page = await (await browser.Get($"/cases/{id}/form/scope")).Form().Fill("find", "软件").Submit("搜索");
        page.ShouldBeOk().MainText.ShouldContain("软件开发");
        page = await page.Form().Tick("软件开发").Submit("加上勾选的");
        page.MainText.ShouldContain("已选 1 项");
        page.MainText.ShouldContain("主营项目");
    }

    [Fact]
    public async Task A_disguised_or_too_large_file_is_refused_at_its_field_and_the_rest_is_kept()
    {
        var (browser, id) = await Draft(1);
        var page = await (await browser.Get($"/cases/{id}/form/address")).Form().Fill("company.premises.room", "9 号")
            .Attach("material:domicile-proof", "房.pdf", "application/pdf", Encoding.UTF8.GetBytes("<script>alert(1)</script>")).Submit("上传");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("material:domicile-proof").ShouldContain("只收 JPG、PNG 图片和 PDF");
        page.Form().Value("company.premises.room").ShouldBe("9 号");
        page = await page.Form().Attach("material:domicile-proof", "大.pdf", "application/pdf", new byte[60 * 1024 * 1024]).Submit("上传");
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("material:domicile-proof").ShouldContain("超过 10 MB");
        page.Form().Value("company.premises.room").ShouldBe("9 号");
        page = await page.Form().Attach("material:domicile-proof", "证明.pdf", "application/pdf", Encoding.UTF8.GetBytes("%PDF-1.7\n1 0 obj\n%%EOF")).Submit("上传");
        page.ShouldBeOk().MainText.ShouldContain("证明.pdf");
        var file = page.Document.QuerySelector(".gx-file a")!.GetAttribute("href")!;
        using var request = new HttpRequestMessage(HttpMethod.Get, file);
        using var answer = await browser.Send(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        (await site.Browse(await Citizen(4)).Get(file)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Autosave_keeps_the_values_and_answers_the_version()
    {
        var (browser, id) = await Draft(0);
        var form = (await browser.Get($"/cases/{id}/form/capital")).Form();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/cases/{id}/form/capital/autosave")
        {
            Content = new FormUrlEncodedContent([
                new("__RequestVerificationToken", form.Value("__RequestVerificationToken")), new("version", form.Value("version")), new("company.employees", "7")]),
        };
        using var answer = await browser.Send(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"version\":");
        (await browser.Get($"/cases/{id}/form/capital")).Form().Value("company.employees").ShouldBe("7");
    }

    private async Task<(PageClient Browser, Guid Id)> Draft(int person)
    {
        var browser = site.Browse(await Citizen(person));
        var page = await (await browser.Get("/cases/start/company-setup")).ShouldBeOk().Form().Submit("开始填");
        return (browser, Guid.Parse(page.ShouldBeOk().Path.Split('/')[2]));
    }

    private Task<TestUser> Citizen(int person) => site.InScope(async services =>
    {
        var phone = DemoPeople.Citizens[person].Phone;
        var people = (IPeople)services.GetService(typeof(IPeople))!;
        return TestUsers.Citizen((await people.FindAccountByPhone(phone, CancellationToken.None))!.Value);
    });
}
