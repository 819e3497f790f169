using FluentValidation;
using FluentValidation.Results;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Draws;
using GaoXin.Portal.Appointments.Waiting;
using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace GaoXin.Portal.Web.Api;

/// <summary>预约接口: booking for the mini-program. Every POST carries an <c>Idempotency-Key</c>; sent again it does nothing twice.</summary>
internal static class BookingApi
{
    private const string KeyHeader = "Idempotency-Key";

    public static void MapBooking(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("/appointments").WithTags("预约").AllowAnonymous();
        open.MapGet("/services", (IMediator mediator, CancellationToken ct) => mediator.Send(new GetBookableServices(), ct)).WithName("getBookableServices").WithSummary("能预约的业务");
        open.MapGet("/availability/{service}", (string service, IMediator mediator, CancellationToken ct) => mediator.Send(new GetAvailability(service), ct))
            .WithName("getAvailability").WithSummary("一项业务两周的余号，按天和时段").ProducesProblem(StatusCodes.Status404NotFound);
        open.MapGet("/tomorrow", (IMediator mediator, CancellationToken ct) => mediator.Send(new GetPlacesTomorrow(), ct)).WithName("getPlacesTomorrow").WithSummary("大厅明天还有多少号");
        MapOwn(api.MapGroup("/appointments").WithTags("预约").RequireAuthorization().AddEndpointFilter(BearerTokens.ByToken)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity));
    }

    private static void MapOwn(RouteGroupBuilder own)
    {
        own.MapGet("", (string? after, IMediator mediator, CancellationToken ct) => mediator.Send(new GetMyAppointments(after), ct)).WithName("getMyAppointments").WithSummary("我的预约、候补和暂停");
        own.MapGet("/{id:guid}", (Guid id, IMediator mediator, CancellationToken ct) => mediator.Send(new GetAppointment(id), ct)).WithName("getAppointment").WithSummary("一个预约");
        var changes = own.MapGroup("").AddEndpointFilter(WithKey).AddOpenApiOperationTransformer(DescribeKey);
        changes.MapPost("/holds", (HoldSeat hold, HttpRequest request, IMediator mediator, CancellationToken ct) => mediator.Send(hold with { Key = KeyOf(request), FromApp = true }, ct))
            .WithName("holdSeat").WithSummary("留一个号，5 分钟内确认");
        changes.MapPost("/{id:guid}/confirm", (Guid id, IMediator mediator, CancellationToken ct) => Then(id, new ConfirmAppointment(id), mediator, ct)).WithName("confirmAppointment").WithSummary("确认预约");
        changes.MapPost("/{id:guid}/extend", (Guid id, IMediator mediator, CancellationToken ct) => Then(id, new ExtendHold(id), mediator, ct)).WithName("extendHold").WithSummary("再留 5 分钟，一次");
        changes.MapPost("/{id:guid}/cancel", (Guid id, IMediator mediator, CancellationToken ct) => Then(id, new CancelAppointment(id), mediator, ct)).WithName("cancelAppointment").WithSummary("取消预约");
        changes.MapPost("/{id:guid}/reschedule", Reschedule).WithName("rescheduleAppointment").WithSummary("改时间");
        changes.MapPost("/waiting", async (JoinWaitingList wait, HttpRequest request, IMediator mediator, CancellationToken ct) => new IdAnswer(await mediator.Send(wait with { Key = KeyOf(request) }, ct)))
            .WithName("joinWaitingList").WithSummary("加入候补");
        changes.MapPost("/draws", async (ApplyForDraw apply, HttpRequest request, IMediator mediator, CancellationToken ct) => new IdAnswer(await mediator.Send(apply with { Key = KeyOf(request), FromApp = true }, ct)))
            .WithName("applyForDraw").WithSummary("登记摇号");
    }

    /// <summary>Moved there already is moved: the request may have been sent again.</summary>
    private static async Task<AppointmentView> Reschedule(Guid id, NewTime to, IMediator mediator, CancellationToken ct)
    {
        try
        {
            await mediator.Send(new RescheduleAppointment(id, to.SlotId), ct);
        }
        catch (RefusedException refused) when (refused.Refusals[0].Code == "appointment.same-time")
        {
            return await mediator.Send(new GetAppointment(id), ct);
        }

        return await mediator.Send(new GetAppointment(id), ct);
    }

    private static async Task<AppointmentView> Then(Guid id, IRequest<Unit> command, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(command, ct);
        return await mediator.Send(new GetAppointment(id), ct);
    }

    private static string KeyOf(HttpRequest request) => request.Headers[KeyHeader].ToString();

    internal static Task DescribeKey(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = KeyHeader,
            In = ParameterLocation.Header,
            Required = true,
            Description = "8 到 80 个字符，同一次操作重发时不变：重发得到同样的结果，不会办两次。",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
        return Task.CompletedTask;
    }

    internal static ValueTask<object?> WithKey(EndpointFilterInvocationContext context, EndpointFilterDelegate following) =>
        KeyOf(context.HttpContext.Request).Length is >= 8 and <= 80
            ? following(context)
            : throw new ValidationException([new ValidationFailure(KeyHeader, "请求头 Idempotency-Key 要有 8 到 80 个字符，同一次操作重发时不变。")]);
}

/// <summary>改到的时段.</summary>
internal sealed record NewTime(Guid SlotId);

/// <summary>新记录的编号.</summary>
internal sealed record IdAnswer(Guid Id);
