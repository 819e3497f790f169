using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace GaoXin.Portal.Web.Api;

/// <summary>Answers that look the same for everybody: they may be kept a minute, and a program that has one asks only whether it changed.</summary>
internal static class ApiCache
{
    private const string Lifetime = "public, max-age=60";

    /// <summary>
    /// Adds <c>ETag</c> and <c>Cache-Control</c>, and answers 304 to <c>If-None-Match</c>. The tag is a hash of the answer, so
    /// that all instances agree on it. For endpoints that return plain values without personal data.
    /// </summary>
    public static RouteHandlerBuilder Cached(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (context, next) =>
    {
        var answer = await next(context);
        if (answer is null or IResult)
            return answer;
        var options = context.HttpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, options);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\"");
        context.HttpContext.Response.Headers.CacheControl = Lifetime;
        return Results.Bytes(body, "application/json; charset=utf-8", entityTag: tag);
    });
}
