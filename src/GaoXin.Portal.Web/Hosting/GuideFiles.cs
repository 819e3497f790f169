using System.Globalization;
using System.Threading.RateLimiting;
using System.Xml.Linq;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Printing;
using GaoXin.Portal.Catalogue.Scans;
using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>What belongs to guides and is no page: files to print, the address behind QR codes, sitemap and robots.</summary>
internal static class GuideFiles
{
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>Pages for everybody beside the guides.</summary>
    private static readonly string[] Fixed = ["/", "/services", "/verify", "/accessibility", "/privacy"];

    public static void MapGuideFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/services/{code}/guide.pdf", (string code, IMediator mediator, CancellationToken ct) => Printed(mediator.Send(new PrintGuide(code), ct)))
            .AllowAnonymous().CacheOutput(PublicPageCache.Policy);
        app.MapGet("/services/{code}/poster.pdf", (string code, IMediator mediator, CancellationToken ct) => Printed(mediator.Send(new PrintPoster(code), ct)))
            .AllowAnonymous().CacheOutput(PublicPageCache.Policy);
        app.MapMethods("/s/{code}", [HttpMethods.Get, HttpMethods.Head], Scan).AllowAnonymous();
        app.MapGet("/sitemap.xml", ListGuides).AllowAnonymous().CacheOutput(PublicPageCache.Policy);
        app.MapGet("/robots.txt", Robots).AllowAnonymous().CacheOutput(PublicPageCache.Policy);
    }

    private static async Task<FileContentHttpResult> Printed(Task<PrintedGuide> print)
    {
        var file = await print;
        return TypedResults.File(file.Content, "application/pdf", file.FileName);
    }

    /// <summary>Counts and goes on to the guide. An address without an item ends at the guide's own 404.</summary>
    private static async Task<RedirectHttpResult> Scan(string code, HttpContext http, IMediator mediator, ScanGate gate)
    {
        if (HttpMethods.IsGet(http.Request.Method) && gate.Counts(http, code))
            await mediator.Send(new CountScan(code), http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.LocalRedirect($"/services/{Uri.EscapeDataString(code)}");
    }

    private static async Task<ContentHttpResult> ListGuides(IMediator mediator, IOptions<PortalOptions> portal, CancellationToken ct)
    {
        var guides = await mediator.Send(new GetServiceAddresses(), ct);
        var root = portal.Value.PublicAddress.TrimEnd('/');
        var urls = Fixed.Select(path => new XElement(Sitemap + "url", new XElement(Sitemap + "loc", root + path)))
            .Concat(guides.Select(g => new XElement(Sitemap + "url", new XElement(Sitemap + "loc", portal.Value.GuideAddress(g.Code)),
                new XElement(Sitemap + "lastmod", g.Since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))));
        var document = new XElement(Sitemap + "urlset", urls);
        return TypedResults.Text("""<?xml version="1.0" encoding="UTF-8"?>""" + "\n" + document, "application/xml");
    }

    /// <summary>Personal pages have nothing for search engines, and a robot on a scan address is no scan.</summary>
    private static ContentHttpResult Robots(IOptions<PortalOptions> portal)
    {
        string[] closed = ["/s/", "/cases", "/licences", "/notices", "/me/", "/enterprises", "/sign-in", "/staff", "/preferences", "/demo"];
        return TypedResults.Text($"User-agent: *\n{string.Concat(closed.Select(c => $"Disallow: {c}\n"))}Sitemap: {portal.Value.PublicAddress.TrimEnd('/')}/sitemap.xml\n");
    }
}

/// <summary>
/// Which openings of a scan address count: people, once a minute from the same device and item. What tells devices apart
/// stays in memory for that minute and is stored nowhere.
/// </summary>
internal sealed class ScanGate : IDisposable
{
    private static readonly string[] Robots = ["bot", "spider", "crawl", "slurp", "preview", "curl", "wget", "python", "headless"];

    private readonly PartitionedRateLimiter<(string Visitor, string Code)> _once = PartitionedRateLimiter.Create<(string Visitor, string Code), (string, string)>(
        key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = 1, Window = TimeSpan.FromMinutes(1) }));

    public bool Counts(HttpContext http, string code)
    {
        var headers = http.Request.Headers;
        var agent = headers.UserAgent.ToString();
        if (agent.Length == 0 || Robots.Any(r => agent.Contains(r, StringComparison.OrdinalIgnoreCase)) || headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.Ordinal))
            return false;
        using var lease = _once.AttemptAcquire(($"{NetworkAddress.KeyOf(http.Connection.RemoteIpAddress)} {agent}", code));
        return lease.IsAcquired;
    }

    public void Dispose() => _once.Dispose();
}
