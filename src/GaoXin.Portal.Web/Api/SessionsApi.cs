using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using MediatR;

namespace GaoXin.Portal.Web.Api;

/// <summary>登录接口: a token for a phone and its code. The device cookie of the first answer belongs to the second request.</summary>
internal static class SessionsApi
{
    public static void MapSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/sessions").WithTags("登录").AllowAnonymous().RequireRateLimiting(RateLimits.SignIn);
        sessions.MapPost("/codes", Code).WithName("requestSignInCode").WithSummary("发短信验证码")
            .WithDescription("回答里的 Cookie（gx-device）要在换令牌时带回来，验证码只在要它的设备上有效。").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        sessions.MapPost("", Token).WithName("signIn").WithSummary("用验证码换令牌")
            .WithDescription("之后的请求带 Authorization: Bearer 令牌。").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Code(RequestSignInCode request, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(request, ct);
        return Results.NoContent();
    }

    private static async Task<SessionAnswer> Token(SignInWithCode request, IMediator mediator, IPortalSession session, HttpContext context, CancellationToken ct)
    {
        var outcome = await mediator.Send(request, ct);
        if (outcome.Refusal is { } refusal)
            throw new RefusedException(refusal);
        var token = await session.SignInForToken(outcome.AccountId!.Value, ct);
        context.Response.Headers.CacheControl = "no-store";
        return new SessionAnswer(token.Token, "Bearer", token.ExpiresAt);
    }
}

/// <summary>令牌.</summary>
internal sealed record SessionAnswer(string AccessToken, string TokenType, DateTimeOffset ExpiresAt);
