namespace GaoXin.Portal.Browser.Tests.Steps;

/// <summary>The pages of 个体工商户设立, filled with as little typing as they allow.</summary>
internal static class ShopFiling
{
    /// <summary>Opens the form and fills every page, up to the check page.</summary>
    public static async Task FilesAShop(this Citizen citizen, string trade, string industry, params (string Words, string Item)[] scope)
    {
        await citizen.Sees("个体工商户设立登记");
        await citizen.Presses("开始填");
        await citizen.Sees("个体工商户设立登记");
        await citizen.Follows("开始填：核对经营者");
        await citizen.Page(sheet => sheet.Types("经营者住址", "郑州高新区演示大道 1 号 3 号楼 1204 室"));
        await citizen.Page(async sheet =>
        {
            await sheet.Picks("要给店起名字吗？", "是");
            await sheet.Types("字号", trade);
            await sheet.Types("行业", industry);
        });
        await citizen.Page(async sheet =>
        {
            foreach (var (words, item) in scope)
                await sheet.AddsToTheScope(words, item);
        });
        await citizen.Page(sheet => sheet.Picks("这个地方是", "自己的房子"));
        await citizen.Page(sheet => sheet.Ticks("我填的内容真实"));
        await citizen.Sees("核对无误后提交");
    }
}
