using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>How the portal stands behind a reverse proxy: forwarded headers, compression, stopping in good order.</summary>
internal static class Edge
{
    /// <summary>Addresses or networks (CIDR) of the reverse proxies whose forwarded headers are believed.</summary>
    private const string TrustedProxies = "Portal:Hosting:TrustedProxies";
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(30);

    /// <summary>Adds the services of <see cref="UsePortalEdge"/>, upload limits, the page cache and draining at the end.</summary>
    public static WebApplicationBuilder AddPortalEdge(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<ForwardedHeadersOptions>(options => TrustProxies(options, builder.Configuration));
        builder.Services.AddResponseCompression(options => options.EnableForHttps = true);
        builder.Services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        builder.Services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestLimits.LargestUpload;
        });
        builder.Services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = RequestLimits.LargestUpload);
        builder.Services.AddPublicPageCache();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Shutdown);
        builder.Services.AddHostedService<Draining>();
        return builder;
    }

    /// <summary>Before everything but the security headers.</summary>
    public static WebApplication UsePortalEdge(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseResponseCompression();
        if (!app.Environment.IsDevelopment())
            app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.Always });
        return app;
    }

    /// <summary>
    /// Right after authentication and authorization: request limits, the page cache for anonymous visitors, and no compression of what
    /// a signed-in person sees (length would tell secrets that stand beside reflected text: BREACH).
    /// </summary>
    public static WebApplication UsePortalAfterSignIn(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (context.User.Identity?.IsAuthenticated == true && context.Features.Get<IHttpsCompressionFeature>() is { } compression)
                compression.Mode = HttpsCompressionMode.DoNotCompress;
            return next(context);
        });
        app.UseMiddleware<RequestLimits>();
        app.UseSearchCounting();
        app.UseOutputCache();
        return app;
    }

    private static void TrustProxies(ForwardedHeadersOptions options, IConfiguration configuration)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var text in configuration.GetSection(TrustedProxies).Get<string[]>() ?? [])
        {
            if (IPAddress.TryParse(text, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(text));
        }
    }
}

/// <summary>
/// Between "stop" and closing the port: <c>/health/ready</c> is red already, the reverse proxy looks elsewhere, requests
/// on their way are still taken. Seconds: <c>Portal:Hosting:DrainSeconds</c>, 5 in Production, else 0.
/// </summary>
internal sealed class Draining(IConfiguration configuration, IHostEnvironment environment, TimeProvider clock) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        var seconds = configuration.GetValue("Portal:Hosting:DrainSeconds", environment.IsProduction() ? 5 : 0);
        return seconds == 0 ? Task.CompletedTask : Task.Delay(TimeSpan.FromSeconds(seconds), clock, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
