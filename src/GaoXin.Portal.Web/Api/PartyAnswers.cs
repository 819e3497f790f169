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
        if (request.ContentLength is null or > LargestBody)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(ct);
        var fault = await mediator.Send(new ReceiveAnswer(party, request.Headers["X-Portal-Time"].ToString(), request.Path, body, request.Headers["X-Portal-Signature"].ToString()), ct);
        return fault switch
        {
            null => Results.NoContent(),
            "signature" => Results.Unauthorized(),
            _ => Results.UnprocessableEntity(new { error = fault }),
        };
    }
}
