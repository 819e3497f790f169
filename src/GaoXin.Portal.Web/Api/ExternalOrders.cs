using GaoXin.Portal.Complaints;
using MediatR;

namespace GaoXin.Portal.Web.Api;

/// <summary>
/// <c>POST /api/complaints/{channel}</c>: an order of another platform. The request is signed with HMAC-SHA256 over time, path and body,
/// in <c>X-Portal-Time</c> and <c>X-Portal-Signature</c>; sent again it answers with the same number.
/// </summary>
internal static class ExternalOrders
{
    private const int LargestBody = 64 * 1024;

    public static void MapExternalOrders(this IEndpointRouteBuilder app) => app.MapPost("/api/complaints/{channel}", Receive).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> Receive(string channel, HttpRequest request, IMediator mediator, CancellationToken ct)
    {
        if (await SignedPost.Read(request, LargestBody, ct) is not { } post)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var received = await mediator.Send(new ReceiveOrder(channel, post.Time, post.Path, post.Body, post.Signature), ct);
        return received switch
        {
            { Fault: "signature" } => Results.Unauthorized(),
            { Number: null } => Results.UnprocessableEntity(new { error = received.Fault }),
            { IsNew: true } => Results.Created((string?)null, new { number = received.Number }),
            _ => Results.Ok(new { number = received.Number }),
        };
    }
}
