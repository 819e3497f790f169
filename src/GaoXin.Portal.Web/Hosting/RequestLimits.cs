using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// How large a request may be. One file may have 10 MB, said at its field by the page that takes it; so that the page can
/// say it and keep what was typed, a signed-in upload is read up to <see cref="LargestUpload"/>. Everything larger,
/// and large requests that are no upload, are answered 413 with a sentence that says what to do.
/// </summary>
internal sealed class RequestLimits(RequestDelegate next)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>A signed-in upload (multipart).</summary>
    public const long LargestUpload = 72 * Megabyte;

    /// <summary>An upload by anybody, for example a licence to verify.</summary>
    public const long AnonymousUpload = 12 * Megabyte;

    /// <summary>Anything else.</summary>
    public const long PlainRequest = 2 * Megabyte;

    private static readonly byte[] TooLarge = Encoding.UTF8.GetBytes(
        """
        <!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>文件太大了</title></head><body>
        <h1>文件太大了</h1>
        <p>一个文件最多 10 MB。请压缩，或者重新拍照，再上传。</p>
        <p>按浏览器的“返回”回到上一页，已经保存的内容都还在。</p>
        </body></html>
        """);

    public async Task InvokeAsync(HttpContext context)
    {
        var limit = LimitOf(context);
        if (context.Request.ContentLength > limit)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.Body.WriteAsync(TooLarge, context.RequestAborted);
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = limit;
        await next(context);
    }

    internal static long LimitOf(HttpContext context) =>
        !context.Request.HasFormContentType || context.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) != true
            ? PlainRequest
            : context.User.Identity?.IsAuthenticated == true ? LargestUpload : AnonymousUpload;
}
