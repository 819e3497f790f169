using GaoXin.Portal.Identity;

namespace GaoXin.Portal.Browser.Tests.Steps;

/// <summary>The pages of 公司设立, filled with as little typing as they allow.</summary>
internal static class CompanyFiling
{
    /// <summary>Opens the form and fills every page, up to the check page.</summary>
    public static async Task FilesACompany(this Citizen citizen, string trade, string industry, DemoCitizen partner, params (string Words, string Item)[] scope)
    {
        await citizen.Sees("公司设立登记");
        await citizen.Presses("开始填");
        await citizen.Sees("公司设立登记");
        await citizen.Follows("开始填：取公司名称");
        await citizen.Page(async sheet =>
        {
            await sheet.Types("字号", trade);
            await sheet.Types("行业", industry);
        });
        await citizen.Page(sheet => sheet.Types("注册资本", "100"));
        await citizen.Page(async sheet =>
        {
            foreach (var (words, item) in scope)
                await sheet.AddsToTheScope(words, item);
        });
        await citizen.Page(sheet => sheet.Picks("这个地方是", "自己的房子"));
        await citizen.Page(async sheet =>
        {
            await sheet.Types("出多少钱", "60", "股东 1");
            await citizen.Presses("再加一个股东");
            await sheet.Types("姓名或企业名称", partner.Name, "股东 2");
            await sheet.Types("身份证号", partner.IdNumber, "股东 2");
            await sheet.Types("手机号", partner.Phone, "股东 2");
            await sheet.Types("出多少钱", "40", "股东 2");
        });
        await citizen.Page(sheet => sheet.Picks("谁当监事", partner.Name));
        await citizen.Page(sheet => sheet.Picks("要免费刻一套印章吗？", "是"));
        await citizen.Page(sheet => sheet.Ticks("我填的内容真实"));
        await citizen.Sees("核对无误后提交");
    }

    /// <summary>Does something on the form page at hand and saves it.</summary>
    public static async Task Page(this Citizen citizen, Func<FormSheet, Task> work)
    {
        var sheet = new FormSheet(citizen);
        await work(sheet);
        await sheet.Saves();
    }
}
