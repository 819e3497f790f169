using System.Globalization;
using System.Text;
using GaoXin.Portal.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Benchmarks;

/// <summary>
/// The limit to compare with, in the benchmark's host only: N bytes of Chinese HTML from memory. <c>/benchmark/static/N</c>
/// is an endpoint behind the portal's middleware like every page; <c>/benchmark/bare/N</c> answers before all of it.
/// </summary>
internal sealed class StaticPages : IStartupFilter
{
    private const string Static = "/benchmark/static";
    private const string Bare = "/benchmark/bare";

    /// <summary>Answers after one statement that does nothing: what asking the database costs before any page does.</summary>
    public const string Statement = "/benchmark/statement";

    private static readonly Dictionary<int, byte[]> Pages = [];

    /// <summary>One for all requests, like the endpoint of a page: what the authorization keeps by endpoint is kept once.</summary>
    private static readonly Endpoint StaticPage = new(Answer, new EndpointMetadataCollection(new AllowAnonymousAttribute()), "static page");

    public static string EndpointOf(int size) => Address(Static, size);

    public static string BareOf(int size) => Address(Bare, size);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Request.Path.StartsWithSegments(Bare, out _))
                return Answer(context);
            if (context.Request.Path.StartsWithSegments(Statement, out _))
                return Ask(context);
            if (context.Request.Path.StartsWithSegments(Static, out _))
                context.SetEndpoint(StaticPage);
            return following(context);
        });
        next(app);
    };

    private static string Address(string path, int size)
    {
        lock (Pages)
            Pages.TryAdd(size, Page(size));
        return $"{path}/{size.ToString(CultureInfo.InvariantCulture)}";
    }

    private static Task Answer(HttpContext context)
    {
        byte[] page;
        lock (Pages)
            page = Pages[int.Parse(context.Request.Path.Value!.Split('/')[^1], CultureInfo.InvariantCulture)];
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = page.Length;
        return context.Response.Body.WriteAsync(page, 0, page.Length);
    }

    private static async Task Ask(HttpContext context)
    {
        var db = context.RequestServices.GetRequiredService<PortalDbContext>();
        await db.Database.OpenConnectionAsync(context.RequestAborted);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT 1";
        await command.ExecuteScalarAsync(context.RequestAborted);
        await context.Response.WriteAsync("1", context.RequestAborted);
    }

    private static byte[] Page(int size)
    {
        var page = Enumerable.Repeat((byte)' ', size).ToArray();
        var text = Encoding.UTF8.GetBytes("<p>高新区政务服务</p>");
        for (var at = 0; at + text.Length <= size; at += text.Length)
            text.CopyTo(page, at);
        return page;
    }
}
