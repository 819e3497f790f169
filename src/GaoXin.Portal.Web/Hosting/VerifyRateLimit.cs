using System.Globalization;
using System.Threading.RateLimiting;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.RateLimiting;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// Verification is open to everybody, so guessing codes is made slow: 30 a minute from one address
/// (<c>Portal:Hosting:VerifyPerMinute</c>). Use it with <c>[EnableRateLimiting(VerifyRateLimit.Name)]</c>.
/// </summary>
internal sealed class VerifyRateLimit(IConfiguration configuration) : IRateLimiterPolicy<string>
{
    /// <summary>The name of the policy.</summary>
    public const string Name = "verify";

    private const int PerMinute = 30;
    private readonly int _limit = configuration.GetValue("Portal:Hosting:VerifyPerMinute", PerMinute);

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected => (context, _) =>
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
            context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
        RateLimitPartition.GetFixedWindowLimiter(NetworkAddress.KeyOf(httpContext.Connection.RemoteIpAddress), _ =>
            new FixedWindowRateLimiterOptions { PermitLimit = _limit, Window = TimeSpan.FromMinutes(1) });
}
