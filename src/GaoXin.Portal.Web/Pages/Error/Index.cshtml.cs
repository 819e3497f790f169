using System.Diagnostics;
using System.Globalization;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Error;

/// <summary>What happened, whether anything is lost, what to do next, and a number for the hotline.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class IndexModel : PortalPage
{
    private static readonly IReadOnlyDictionary<int, ErrorText> Texts = new Dictionary<int, ErrorText>
    {
        [400] = new("这次提交没有收下", "页面可能开得太久，或者提交了两次。", "您自动保存过的内容还在。请回到上一页，刷新后再提交。"),
        [403] = new("您不能看这一页", "这一页只给有权限的账号看。", "您的数据没有变化。如果您有别的账号，请换账号登录；代企业办理的，请先确认授权还在有效期内。"),
        [404] = new("没有找到这一页", "网址可能打错了，页面可能搬走了，也可能这件事不在您的账号下。", "您的数据没有变化。请检查网址，或者从首页重新找。"),
        [405] = new("这个网址不能这样打开", "这个地址只接受从页面上提交。", "您的数据没有变化。请从首页重新进入。"),
        [409] = new("另一个窗口或设备刚改过这一页", "您手上的这一页不是最新的。", "已保存的内容都在。请刷新这一页，看过最新的内容再改。"),
        [413] = new("文件太大，没有收下", "上传的文件超过了大小限制。", "您填的内容还在。请压缩文件或重新拍照，再上传一次。"),
        [422] = new("这次没有办成", "", "您的数据没有变化。"),
        [429] = new("点得太快了，请等一会儿", "同一个地方短时间里提交太多次，我们先停一下，防止有人恶意尝试。", "您保存过的内容还在。请等 1 分钟再试。"),
        [500] = new("系统出错了，不是您的问题", "我们这边没有处理好这次请求，已经记录下来。", "已保存的内容都在；这一次提交没有生效，不会重复。请 10 分钟后再试。"),
        [503] = new("系统正在维护", "我们正在更新，暂时不能办理。", "已保存的内容都在。请 10 分钟后再来。"),
    };

    /// <summary>The status code. Read from the route: binding stops at a form that could not be read, which is just what a 400 is about.</summary>
    public int Code { get; private set; }

    /// <summary>What the page says.</summary>
    internal ErrorText Shown { get; private set; } = Texts[500];

    /// <summary>The sentences of a refusal, when there was one.</summary>
    public IReadOnlyList<Refusal> Refusals { get; private set; } = [];

    /// <summary>The first characters of the trace, which the log holds too.</summary>
    public string TraceNumber => (Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier)[..8];

    public void OnGet() => Show();

    public void OnPost() => Show();

    private void Show()
    {
        _ = int.TryParse(RouteData.Values["code"]?.ToString(), CultureInfo.InvariantCulture, out var code);
        Code = Texts.ContainsKey(code) ? code : code is >= 400 and < 500 ? 404 : 500;
        Shown = Texts[Code];
        Refusals = HttpContext.Items[RefusalFilter.RefusalsKey] as IReadOnlyList<Refusal> ?? [];
        Response.StatusCode = Code;
    }

    internal sealed record ErrorText(string Title, string What, string Next);
}
