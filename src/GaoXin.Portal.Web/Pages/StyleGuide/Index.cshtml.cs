using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.StyleGuide;

/// <summary>样式总览: every component on one page, in Development only.</summary>
[AllowAnonymous]
public sealed class IndexModel(IHostEnvironment environment) : PortalPage
{
    internal static readonly (string Token, string Name, string Use)[] Colours =
    [
        ("brand-900", "松青 900", "深底"), ("brand-800", "松青 800", "按下"), ("brand-700", "松青 700", "主色、链接"),
        ("brand-600", "松青 600", "图形"), ("brand-200", "松青 200", "浅描边"), ("brand-100", "松青 100", "浅底"),
        ("amber-500", "槐黄 500", "焦点、强调"), ("paper", "纸", "页面底"), ("ink", "墨", "正文"), ("ink-2", "墨 2", "次要文字"),
        ("ink-3", "墨 3", "提示文字"), ("line-input", "输入框线", "4.3:1"), ("red-700", "红 700", "错误、超期"),
        ("green-700", "绿 700", "完成"), ("blue-800", "蓝 800", "进行中"), ("amber-800", "琥珀 800", "等待、留意"),
    ];

    internal static readonly VerifyExample[] Verifications =
    [
        new("valid", "check", "有效：这张执照是真的", "数字签名完好，内容没有被改过。"),
        new("revoked", "ban", "已撤销：这张执照不能再用", "登记机关已经撤销。请不要再凭它办事。"),
        new("superseded", "history", "已换发：这是旧的一张", "执照的内容变更过，请看最新的一张。"),
        new("altered", "alert-triangle", "内容被改过：不要相信这个文件", "文件里的内容和签名对不上。"),
        new("unknown", "help-circle", "没有查到这张证照", "请核对核验码，大小写都可以，空格可以不填。"),
    ];

    [BindProperty(SupportsGet = true), Display(Name = "门牌号")]
    public string? Room { get; set; }

    public IActionResult OnGet()
    {
        if (!environment.IsDevelopment())
            return NotFound();
        ModelState.AddModelError("room", "请填写门牌号，比如“3 号楼 1204 室”");
        ModelState.AddModelError("proof", "请上传房屋使用证明");
        return Page();
    }

    internal sealed record VerifyExample(string State, string Icon, string Title, string Text);
}
