using FluentValidation;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Web.Api;

/// <summary>A kind of problem an interface answers with. The code is stable: programs may decide by it, people read the rest.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable, also the anchor of its explanation.</param>
/// <param name="Title">What happened.</param>
/// <param name="Detail">What to do next.</param>
internal sealed record ApiProblem(int Status, string Code, string Title, string Detail)
{
    public static readonly ApiProblem Malformed = new(400, "malformed", "请求的格式不对", "请对照接口说明，检查参数的名称和格式。");
    public static readonly ApiProblem SignIn = new(401, "sign-in-required", "请先登录", "这个接口要登录以后才能用。");
    public static readonly ApiProblem NotAllowed = new(403, "not-allowed", "您不能用这个接口", "请换一个有权限的账号。");
    public static readonly ApiProblem NotFound = new(404, "not-found", "没有找到", "请检查地址和编号。事项的编号在事项列表里。");
    public static readonly ApiProblem MethodNotAllowed = new(405, "method-not-allowed", "这个地址不支持这种请求方法", "请对照接口说明，换一种请求方法。");
    public static readonly ApiProblem TooLarge = new(413, "too-large", "内容太大", "请减少一次提交的内容。");
    public static readonly ApiProblem MediaType = new(415, "unsupported-media-type", "内容的类型不对", "请用 application/json 提交。");
    public static readonly ApiProblem Refused = new(422, "refused", "这次办不了", "原因和办法在 detail 里，每一条的编号在 refusals 里。");
    public static readonly ApiProblem TooMany = new(429, "too-many-requests", "请求太多", "请按 Retry-After 的秒数等一等，再试。");
    public static readonly ApiProblem Fault = new(500, "fault", "系统出错了", "您没有做错什么。请过几分钟再试，或打 12345，报出 traceId。");
    public static readonly ApiProblem Unavailable = new(503, "unavailable", "暂时不能用", "请过几分钟再试。");

    /// <summary>All of them, in the order of their status.</summary>
    public static IReadOnlyList<ApiProblem> All { get; } =
        [Malformed, SignIn, NotAllowed, NotFound, MethodNotAllowed, TooLarge, MediaType, Refused, TooMany, Fault, Unavailable];

    /// <summary>The problem of a bare status; an unknown one is told by its hundred.</summary>
    public static ApiProblem Of(int status) =>
        All.FirstOrDefault(p => p.Status == status) ?? (status >= 500 ? Fault : Malformed) with { Status = status };

    /// <summary>The problem of an exception.</summary>
    public static ApiProblem Of(Exception error) => error switch
    {
        NotFoundException => NotFound,
        ValidationException => Malformed,
        BadHttpRequestException bad => Of(bad.StatusCode),
        RefusedException refused => Refused with { Code = refused.Refusals[0].Code, Detail = string.Join(' ', refused.Refusals.Select(r => r.Message)) },
        _ => Fault,
    };
}
