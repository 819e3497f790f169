using GaoXin.Portal.Browser.Tests.Steps;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Identity;
using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Journeys;

/// <summary>What people do that no form expects: two tabs, a closed tab, back, reload, a wrong page, no mouse.</summary>
[Trait("Category", "Browser")]
public sealed class MisuseTests(BrowserPortal portal) : IClassFixture<BrowserPortal>
{
    private const string Save = "保存，填下一项";

    [Fact]
    public async Task What_is_typed_is_there_on_another_device_after_the_tab_was_closed()
    {
        var (phone, draft) = await Drafting(Citizen.Jia, 390);
        await phone.Opens($"/cases/{draft}/form/capital");
        await phone.Page.GetByLabel("预计有多少员工").FillAsync("7");
        await phone.Reads("已自动保存");
        await phone.Page.CloseAsync();

        var desk = await Citizen.SignedIn(portal, Citizen.Jia, 1280);
        await desk.Opens($"/cases/{draft}/form/capital");
        await Assertions.Expect(desk.Page.GetByLabel("预计有多少员工")).ToHaveValueAsync("7");
    }

    [Fact]
    public async Task Two_tabs_that_save_different_values_are_shown_both()
    {
        var (first, draft) = await Drafting(Citizen.Yi, 1280, javaScript: false);
        var second = await Citizen.SignedIn(portal, Citizen.Yi, 390);
        await first.Opens($"/cases/{draft}/form/capital");
        await second.Opens($"/cases/{draft}/form/capital");
        await first.Page.GetByLabel("注册资本").FillAsync("100");
        await first.Presses(Save);
        await second.Page.GetByLabel("注册资本").FillAsync("200");
        await second.Presses(Save);
        await second.Reads("两边填得不一样");
        await second.Reads("100");
        await second.Looks();
        await second.Presses("按我选的保存");
        await second.Sees("公司做什么生意？");
    }

    [Fact]
    public async Task A_page_with_faults_is_mended_with_the_keyboard_alone()
    {
        var (citizen, draft) = await Drafting(Citizen.Bing, 390);
        await citizen.Opens($"/cases/{draft}/form/name");
        var keys = citizen.Page.Keyboard;
        await citizen.Page.GetByRole(AriaRole.Textbox, new() { Name = "字号" }).FocusAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(citizen.Page.Locator(".gx-errsum")).ToBeFocusedAsync();
        await citizen.Looks();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Assertions.Expect(citizen.Page.GetByRole(AriaRole.Textbox, new() { Name = "字号" })).ToBeFocusedAsync();
        (await citizen.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).boxShadow")).ShouldNotBe("nonenone");
        await keys.TypeAsync("金乌");
        await keys.PressAsync("Tab");
        await Assertions.Expect(citizen.Page.GetByRole(AriaRole.Textbox, new() { Name = "字号" })).Not.ToBeFocusedAsync();
        await citizen.Page.GetByRole(AriaRole.Textbox, new() { Name = "行业" }).FocusAsync();
        await keys.TypeAsync("软件科技");
        await keys.PressAsync("Enter");
        await citizen.Sees("注册资本是多少？");
    }

    [Fact]
    public async Task A_double_click_files_one_case_and_back_or_reload_shows_no_form()
    {
        var shopkeeper = await Citizen.SignedIn(portal, Citizen.Ding, 390);
        await shopkeeper.Opens("/cases/start/individual-business-setup");
        await shopkeeper.FilesAShop("朱雀", "百货", ("服装店", "服装服饰零售"));
        var check = shopkeeper.Page.Url;
        await shopkeeper.Page.GetByRole(AriaRole.Button, new() { Name = "签名并提交" }).DblClickAsync();
        await Assertions.Expect(shopkeeper.Page.GetByRole(AriaRole.Link, new() { Name = "看电子证照" })).ToBeVisibleAsync();
        await shopkeeper.Sees("个体工商户设立登记");
        await shopkeeper.Page.ReloadAsync();
        await shopkeeper.Page.GoBackAsync();
        await Assertions.Expect(shopkeeper.Page.GetByRole(AriaRole.Button, new() { Name = "签名并提交" })).ToHaveCountAsync(0);
        await shopkeeper.Opens(new Uri(check).AbsolutePath.Replace("/check", "/form/name", StringComparison.Ordinal));
        await Assertions.Expect(shopkeeper.Page.GetByRole(AriaRole.Button, new() { Name = Save })).ToHaveCountAsync(0);
        var cases = await portal.Send(new GetMyCases(), await portal.UserOf(Citizen.Ding));
        cases.Items.Count(c => c.ServiceTitle == "个体工商户设立登记").ShouldBe(1);
    }

    private async Task<(Citizen Citizen, Guid Draft)> Drafting(DemoCitizen person, int width, bool javaScript = true) =>
        (await Citizen.SignedIn(portal, person, width, javaScript), await portal.Send(new StartCase("company-setup"), await portal.UserOf(person)));
}
