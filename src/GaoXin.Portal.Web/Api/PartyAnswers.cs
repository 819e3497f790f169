using GaoXin.Portal.OneThing.Connectors;
using MediatR;

namespace GaoXin.Portal.Web.Api;

/// <summary>
/// <c>POST /api/parties/{party}/answers</c>: what an outside party decided. The request is signed with HMAC-SHA256 over time, path and
/// body, in <c>X-Portal-Time</c> and <c>X-Portal-Signature</c>; sent again it is the same answer.
/// </summary>
internal static class PartyAnswers
{
    private const int LargestBody = 16 * 1024;

    public static void MapPartyAnswers(this IEndpointRouteBuilder app) => app.MapPost("/api/parties/{party}/answers", Receive).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> Receive(string party, HttpRequest request, IMediator mediator, CancellationToken ct)
    {
        if (await SignedPost.Read(request, LargestBody, ct) is not { } post)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var fault = await mediator.Send(new ReceiveAnswer(party, post.Time, post.Path, post.Body, post.Signature), ct);
        return fault switch
        {
            null => Results.NoContent(),
            "signature" => Results.Unauthorized(),
            _ => Results.UnprocessableEntity(new { error = fault }),
        };
    }
}
