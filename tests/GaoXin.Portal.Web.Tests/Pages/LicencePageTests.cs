using System.Net;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Pages;

/// <summary>The program in demo mode with room for many verifications from the one address of the tests.</summary>
public sealed class LicenceWeb : PortalWebFactory
{
    /// <inheritdoc />
    protected override bool DemoMode => true;

    /// <inheritdoc />
    protected override void Configure(IDictionary<string, string?> settings) => settings["Portal:Hosting:VerifyPerMinute"] = "1000";
}

/// <summary>The program with the usual limit of verifications.</summary>
public sealed class LimitedWeb : PortalWebFactory;

public sealed class LicencePageTests(LicenceWeb web) : IClassFixture<LicenceWeb>
{
    private static int _serial;
    private static readonly TestUser Holder = TestUsers.Citizen();

    [Fact]
    public async Task A_scanned_code_shows_the_facts_to_anybody()
    {
        var receipt = await Issue();
        var page = await web.Browse().Get($"/verify/{receipt.VerifyCode}");
        page.ShouldBeOk().Text(".gx-verify h2").ShouldBe("有效：这张证照是真的");
        page.MainText.ShouldContain("郑州槐叶演示有限公司");
        page.MainText.ShouldContain(receipt.Identifier);
        page.MainText.ShouldContain("演**");
        page.MainText.ShouldNotContain("演示甲乙");
    }

    [Fact]
    public async Task A_typed_code_leads_to_its_answer()
    {
        var receipt = await Issue();
        var form = (await web.Browse().Get("/verify")).ShouldBeOk().Form();
        var page = await form.Fill("核验码", VerifyCode.Grouped(receipt.VerifyCode).ToLowerInvariant()).Submit();
        page.ShouldBeOk().Path.ShouldBe($"/verify/{receipt.VerifyCode}");
        page.Text(".gx-verify h2").ShouldStartWith("有效");
    }

    [Fact]
    public async Task A_malformed_code_is_explained_at_the_field_and_kept()
    {
        var page = await (await web.Browse().Get("/verify")).Form().Fill("核验码", "123").Submit();
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("核验码").ShouldStartWith("请填写 16 位核验码");
        page.Form().Value("核验码").ShouldBe("123");
    }

    [Fact]
    public async Task A_file_is_valid_altered_or_unknown()
    {
        var receipt = await Issue();
        var file = (await web.Send(new DownloadLicence(receipt.Id), Holder)).Content;
        (await Upload(file)).Text(".gx-verify h2").ShouldStartWith("有效");
        file[^200] ^= 1;
        (await Upload(file)).Text(".gx-verify h2").ShouldStartWith("被改过");
        (await Upload("hello"u8.ToArray())).Text(".gx-verify h2").ShouldStartWith("查不到");
        (await Upload(new byte[VerifyLicenceFile.MaximumBytes + 1])).ShouldBe(HttpStatusCode.UnprocessableEntity)
            .Errors.Single().ShouldStartWith("文件超过 5 MB");
    }

    [Fact]
    public async Task Sending_no_file_asks_for_one()
    {
        var page = await (await web.Browse().Get("/verify")).Form("form[enctype]").Submit();
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).Errors.Single().ShouldBe("请先选择要核验的 PDF 文件");
    }

    [Theory]
    [InlineData("2222222222222222")]
    [InlineData("nothing")]
    [InlineData("<script>alert(1)</script>")]
    public async Task A_code_never_given_is_not_found(string code)
    {
        var page = await web.Browse().Get($"/verify/{Uri.EscapeDataString(code)}");
        page.ShouldBeOk().Text(".gx-verify h2").ShouldStartWith("查不到");
        page.Document.QuerySelector(".gx-verify--none").ShouldNotBeNull();
    }

    [Fact]
    public async Task Revoked_and_replaced_licences_say_so()
    {
        var key = NewKey();
        var (first, second) = (await Issue(key), await Issue(key));
        (await web.Browse().Get($"/verify/{first.VerifyCode}")).Text(".gx-verify--old h2").ShouldStartWith("已换新版");
        await web.Send(new RevokeLicence { LicenceId = second.Id, Reason = "提交虚假材料取得登记" }, TestUsers.Staff(Roles.SeniorOfficer));
        var page = await web.Browse().Get($"/verify/{second.VerifyCode}");
        page.Text(".gx-verify--bad h2").ShouldStartWith("已撤销");
        page.MainText.ShouldNotContain("虚假材料");
    }

    [Fact]
    public async Task A_holder_finds_downloads_and_follows_the_versions()
    {
        var holder = TestUsers.Citizen();
        var key = NewKey();
        await Issue(key, holder.Id);
        var second = await Issue(key, holder.Id);
        var browser = web.Browse(holder);
        var page = await (await browser.Get("/licences")).ShouldBeOk().Follow("查看和下载");
        page.ShouldBeOk().MainText.ShouldContain("第 2 版");
        (await page.Follow("第 1 版")).MainText.ShouldContain("这一版已经换新");
        var answer = await browser.Send(new HttpRequestMessage(HttpMethod.Get, $"/licences/{second.Id}?handler=Download"));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))
            .ShouldBe((await web.Send(new DownloadLicence(second.Id), holder)).Content);
    }

    [Fact]
    public async Task Someone_elses_licence_is_not_there_and_nobody_is_asked_to_sign_in()
    {
        var receipt = await Issue();
        var stranger = web.Browse(TestUsers.Citizen());
        (await stranger.Get("/licences")).ShouldBeOk().MainText.ShouldContain("还没有证照");
        (await stranger.Get($"/licences/{receipt.Id}")).ShouldBe(HttpStatusCode.NotFound);
        (await stranger.Get($"/licences/{receipt.Id}?handler=Download")).ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse().Send(new HttpRequestMessage(HttpMethod.Get, $"/licences/{receipt.Id}?handler=Download")))
            .StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    private static string NewKey() => CreditCode.Compose("91", "410100", $"MAF{Interlocked.Increment(ref _serial):00000}").Code;

    private async Task<PageView> Upload(byte[] content) =>
        await (await web.Browse().Get("/verify")).Form("form[enctype]").Attach("Upload", "licence.pdf", "application/pdf", content).Submit();

    private Task<LicenceReceipt> Issue(string? key = null, Guid? holder = null) => web.Send(new IssueLicence
    {
        CaseId = Guid.CreateVersion7(),
        Kind = "business-licence",
        Title = "营业执照（电子）",
        HolderKey = key ?? NewKey(),
        HolderName = "郑州槐叶演示有限公司",
        Issuer = "高新区市场监管部门（示例）",
        ValidFrom = new DateOnly(2026, 11, 23),
        Holders = [holder ?? Holder.Id],
        Facts = [new("名称", "郑州槐叶演示有限公司"), new("联络员", "演示甲乙", Personal: true)],
    });
}

public sealed class VerifyLimitTests(LimitedWeb web) : IClassFixture<LimitedWeb>
{
    [Fact]
    public async Task Guessing_codes_is_slowed_down()
    {
        var browser = web.Browse();
        for (var i = 0; i < 30; i++)
            (await browser.Get("/verify/2222222222222222")).ShouldBeOk();
        (await browser.Get("/verify/2222222222222222")).ShouldBe(HttpStatusCode.TooManyRequests);
    }
}
