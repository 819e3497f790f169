using GaoXin.Portal.Appointments;
using GaoXin.Portal.Hall;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Web.Api;

/// <summary>大厅接口: the hall now, a ticket by its code, and check-in with the code on the kiosk's screen.</summary>
internal static class HallApi
{
    public static void MapHall(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("/hall").WithTags("大厅").AllowAnonymous();
        open.MapGet("/now", (IMediator mediator, CancellationToken ct) => mediator.Send(new GetHallNow(), ct)).WithName("getHallNow").WithSummary("各区多少人在等、大约等多久");
        open.MapGet("/tickets/{code}", (string code, IMediator mediator, CancellationToken ct) => mediator.Send(new GetTicket(code), ct))
            .WithName("getTicket").WithSummary("一个排队号，按它的编码").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGroup("/hall").WithTags("大厅").RequireAuthorization().AddEndpointFilter(BearerTokens.ByToken).AddEndpointFilter(BookingApi.WithKey).AddOpenApiOperationTransformer(BookingApi.DescribeKey)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .MapPost("/check-in", CheckIn).WithName("checkIn").WithSummary("到大厅以后用预约取号，要带自助机屏幕上的码");
    }

    /// <summary>Checked in already is checked in: the request may have been sent again.</summary>
    private static async Task<TakenTicket> CheckIn(CheckInRequest request, IMediator mediator, CancellationToken ct)
    {
        var appointment = await mediator.Send(new GetAppointment(request.AppointmentId), ct);
        try
        {
            return await mediator.Send(new CheckInAppointment { AppointmentNumber = appointment.Number, PresenceCode = request.PresenceCode }, ct);
        }
        catch (RefusedException refused) when (refused.Refusals[0].Code == "appointment.taken-up")
        {
            return await mediator.Send(new GetTicketOfAppointment(request.AppointmentId), ct) ?? throw new RefusedException(refused.Refusals);
        }
    }
}

/// <summary>用哪个预约取号.</summary>
internal sealed record CheckInRequest(Guid AppointmentId, string? PresenceCode);
