using GaoXin.Portal.Identity;
using Microsoft.Net.Http.Headers;

namespace GaoXin.Portal.Web.Api;

/// <summary>
/// Signs requests of the interface in by <c>Authorization: Bearer</c>. Stands behind the cookies' authentication. An address that
/// changes something takes only such requests (<see cref="ByToken"/>), because a browser sends cookies by itself.
/// </summary>
internal sealed class BearerTokens(RequestDelegate next)
{
    private const string Scheme = "Bearer ";
    private static readonly object Mark = new();

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsApi() && context.Request.Headers[HeaderNames.Authorization].ToString() is { Length: > 7 } header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            // Asked for here, not as a parameter: that would make the parts of the sign-in for every request there is.
            var session = context.RequestServices.GetRequiredService<IPortalSession>();
            if (await session.OfToken(header[Scheme.Length..].Trim(), context.RequestAborted) is not { } principal)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            context.User = principal;
            context.Items[Mark] = Mark;
        }

        await next(context);
    }

    /// <summary>Refuses (401) who came without a token.</summary>
    public static async ValueTask<object?> ByToken(EndpointFilterInvocationContext context, EndpointFilterDelegate following) =>
        context.HttpContext.Items.ContainsKey(Mark) ? await following(context) : Results.StatusCode(StatusCodes.Status401Unauthorized);
}
