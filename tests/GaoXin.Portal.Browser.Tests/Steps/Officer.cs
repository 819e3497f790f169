using GaoXin.Portal.Identity;
using Microsoft.Playwright;

namespace GaoXin.Portal.Browser.Tests.Steps;

/// <summary>An officer of the market regulation department at his desk.</summary>
public sealed class Officer : Visitor
{
    private const string Account = "officer";

    private Officer(BrowserPortal portal, IPage page)
        : base(portal, page, javaScript: true)
    {
    }

    /// <inheritdoc />
    protected override string Who => Account;

    /// <summary>Opens a browser and signs in with password and one-time code.</summary>
    public static async Task<Officer> SignsIn(BrowserPortal portal, int width)
    {
        var officer = new Officer(portal, await portal.OpenAsync(width));
        await officer.Opens("/staff");
        await officer.Sees("工作人员登录");
        await officer.Page.GetByLabel("账号").FillAsync(Account);
        await officer.Page.GetByLabel("密码").And(officer.Page.Locator("input")).FillAsync(DemoPeople.Password);
        await officer.Presses("继续");
        await officer.Sees("填动态码");
        await officer.Page.GetByLabel("动态码").FillAsync(Totp.Code(DemoPeople.TotpSecret, DateTimeOffset.UtcNow));
        await officer.Presses("登录");
        await officer.Sees("待办");
        return officer;
    }

    /// <summary>Opens the case of a company from the work list.</summary>
    public async Task OpensTheCaseOf(string company)
    {
        await Opens("/staff/work");
        await Sees("待办");
        await Page.Locator("tr[data-gx-row]", new() { HasText = company }).Locator("td a").First.ClickAsync();
        await Sees(company);
    }

    /// <summary>Asks the applicant to mend one answer.</summary>
    public async Task AsksToMend(string label, string remark)
    {
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = $"要改：{label}" }).CheckAsync();
        await Page.GetByLabel($"{label} 要怎么改").FillAsync(remark);
        await Looks();
        await Presses("要求补正");
        await Reads("在等申请人补正 1 处");
        await Looks();
    }

    /// <summary>Looks at the case and the list on a phone too.</summary>
    public async Task LooksAlsoOnAPhone()
    {
        var (here, width) = (Page.Url, Page.ViewportSize!.Width);
        await Page.SetViewportSizeAsync(390, 900);
        await Looks();
        await Opens("/staff/work");
        await Looks();
        await Page.SetViewportSizeAsync(width, 900);
        await Opens(here);
    }

    /// <summary>Ticks the referred rule and approves, with the second confirmation.</summary>
    public async Task Approves()
    {
        await Page.GetByLabel("我已核对，可以通过").CheckAsync();
        await Page.Locator("summary", new() { HasText = "准予，发" }).ClickAsync();
        await Looks();
        await Presses("确认准予");
        await Reads("已准予");
        await Looks();
    }
}
