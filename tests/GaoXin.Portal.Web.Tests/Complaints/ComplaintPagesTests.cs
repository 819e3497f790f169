using System.Net;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Tests.Staff;

namespace GaoXin.Portal.Web.Tests.Complaints;

/// <summary>Filing and tracking without scripts, signed in and as a stranger.</summary>
public sealed class ComplaintPagesTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    private const string Story = "路口的路灯坏了三天，晚上看不见，请打 13766660001 联系我。";

    // The smallest JPEG with an EXIF segment that tells a place.
    private static readonly byte[] Photo =
        [0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x11, .. "Exif\0\0GPS34.75N"u8, 0xFF, 0xDA, 0x00, 0x02, 0x11, 0x22, 0xFF, 0xD9];

    [Fact]
    public async Task A_stranger_files_in_two_steps_sees_code_and_promise_and_comes_back_by_number_and_telephone()
    {
        var page = await Filed(web.Browse(), "13766660001");
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.MainText.ShouldContain("撤回码");
        var number = ComplaintNumber.Normalise(page.Path.Split('/')[^1])!;
        await web.DrainOutbox();

        var later = web.Browse();
        (await later.Get($"/complaints/{number}")).Path.ShouldBe("/complaints/look-up");
        var wrong = await (await later.Get("/complaints/look-up")).Form().Fill("Command.Number", number).Fill("Command.Proof", "9999").Submit("查进度");
        (wrong.Status, wrong.Errors.Single()).ShouldBe((HttpStatusCode.UnprocessableEntity, "编号和手机号后四位对不上，或者没有这件诉求。请核对后再查；匿名反映、没留手机号的，请填 8 位撤回码。"));
        var track = await wrong.Form().Fill("Command.Proof", "0001").Submit("查进度");
        track.Path.ShouldBe($"/complaints/{number}");
        track.MainText.ShouldContain("城市管理局");
        track.MainText.ShouldContain("最晚答复");
        track.MainText.ShouldNotContain("撤回码");
    }

    [Fact]
    public async Task The_second_step_shows_the_public_text_without_the_number_and_the_emergency_line()
    {
        var first = await web.Browse().Get("/complaints/new");
        var check = await Fill(first.Form(), "13766660002", "路口有人打人，还着火了，我的电话 13766660002。").Submit("下一步");
        check.MainText.ShouldContain("请马上打 119");
        check.MainText.ShouldContain("请马上打 110");
        check.Text("section.gx-card p.gx-typed").ShouldNotContain("13766660002");
        var back = await check.Form().Submit("返回改");
        back.Form().Value("Command.Text").ShouldContain("路口有人打人");
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_field_and_what_was_typed_stays()
    {
        var refused = await (await web.Browse().Get("/complaints/new")).Form().Fill("Command.Text", "太短").Submit("下一步");
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.ErrorOf("Command.Text").ShouldContain("至少 10 个字");
        refused.ErrorOf("Command.Kind").ShouldNotBeEmpty();
        refused.Form().Value("Command.Text").ShouldBe("太短");
        var nameless = await Fill((await web.Browse().Get("/complaints/new")).Form(), "", Story, name: "").Submit("下一步");
        nameless.ErrorOf("Command.Name").ShouldContain("实名反映要留姓名");
    }

    [Fact]
    public async Task An_owner_adds_reopens_nothing_yet_and_withdraws_with_the_code_only()
    {
        var applicant = await web.NewApplicant();
        var browser = web.Browse(applicant.User);
        var page = await Filed(browser, "");
        var code = page.Text(".gx-notice--ok p:nth-of-type(3) strong");
        var number = page.Path.Split('/')[^1];
        var added = await page.Form("form[action*=Answer]").Fill("Text", "补充一句：在路口东侧。").Submit("补充");
        added.MainText.ShouldContain("补充一句：在路口东侧。");
        (await browser.Get("/complaints/mine")).MainText.ShouldContain(ComplaintNumber.Display(number));

        var withdraw = await browser.Get($"/complaints/{number}/withdraw");
        var wrong = await withdraw.Form().Fill("Command.Code", "22222222").Fill("Command.Reason", "解决了").Submit("撤回诉求");
        wrong.ErrorOf("Command.Code").ShouldContain("撤回码不对");
        (await wrong.Form().Fill("Command.Code", code).Submit("撤回诉求")).MainText.ShouldContain("已撤回");
    }

    [Fact]
    public async Task Somebody_elses_number_and_an_unknown_one_lead_to_the_same_page()
    {
        var page = await Filed(web.Browse(), "13766660003");
        var other = web.Browse((await web.NewApplicant()).User);
        var known = await other.Get(page.Path);
        var unknown = await other.Get($"/complaints/{ComplaintNumber.Compose(new DateOnly(2026, 11, 2), 77_777)}");
        (known.Path, unknown.Path).ShouldBe(("/complaints/look-up", "/complaints/look-up"));
        known.MainText.ShouldBe(unknown.MainText);
    }

    private static PageForm Fill(PageForm form, string phone, string text, string name = "演示戊某")
    {
        form.Choose("Command.Kind", nameof(ComplaintKind.Grievance)).Fill("Command.Topic", "street-light").Fill("Command.Text", text)
            .Choose("Command.Identity", nameof(IdentityMode.Named)).Choose("Command.MayPublish", "true");
        if (form.Fields.Contains("Command.Name"))
            form.Fill("Command.Name", name);
        return form.Fill("Command.Phone", phone);
    }

    private async Task<PageView> Filed(PageClient browser, string phone)
    {
        var check = await Fill((await browser.Get("/complaints/new")).Form(), phone, Story).Submit("下一步");
        check.Heading.ShouldBe("核对一下，再提交", string.Join('|', check.Errors));
        return await check.Form().Attach("Photos", "灯.jpg", "image/jpeg", Photo).Submit("提交");
    }
}
