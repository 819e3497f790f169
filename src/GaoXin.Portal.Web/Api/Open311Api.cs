using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Xml.Linq;
using FluentValidation;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Api;

/// <summary>
/// 诉求接口: the subset of Open311 GeoReport v2 that files and follows complaints, in JSON and XML as the ending of the address says.
/// What goes wrong is said in the form of that standard, not as problem details, because its programs expect it.
/// </summary>
internal static class Open311Api
{
    private const string Json = "json";
    private const string Xml = "xml";
    private const string Format = "{format:regex(^(json|xml)$)}";

    public static void MapOpen311(this IEndpointRouteBuilder api)
    {
        var reports = api.MapGroup("/open311").WithTags("诉求").AllowAnonymous().AddEndpointFilter(SayFaults);
        reports.MapGet($"/services.{Format}", Services).WithName("listReportServices").WithSummary("能反映的主题").Produces<Open311Service[]>()
            .WithDescription("Open311 GeoReport v2 的 GET service list。地址以 .json 或 .xml 结尾。");
        Faulty(reports.MapPost($"/requests.{Format}", File), StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests)
            .WithName("fileReport").WithSummary("反映一件事").Produces<Open311Receipt[]>().DisableAntiforgery().Accepts<Open311Form>("application/x-www-form-urlencoded")
            .WithDescription("表单（application/x-www-form-urlencoded）：api_key、service_code、description 必填；address_string 或 lat 和 long，first_name、last_name、phone，"
                + "attribute[may_publish]=true 可选。api_key 由系统管理员登记后发放。回答带 expected_datetime：最晚答复的时间。");
        Faulty(reports.MapGet($"/requests.{Format}", List), StatusCodes.Status403Forbidden).WithName("listReports").WithSummary("查反映过的事").Produces<Open311Request[]>()
            .WithDescription($"带 api_key 查自己提交的，不带查已经公开的。新的在前，一次最多 {GetOpenReports.Most} 件，更早的用 end_date 往前查。不含任何个人信息。");
        Faulty(reports.MapGet($"/requests/{{id:guid}}.{Format}", One), StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound).WithName("getReport").WithSummary("一件的进度").Produces<Open311Request[]>()
            .WithDescription("已经公开的谁都能查；没有公开的，带提交它的 api_key 才能查。");
    }

    private static RouteHandlerBuilder Faulty(RouteHandlerBuilder endpoint, params int[] statuses) =>
        statuses.Prepend(StatusCodes.Status400BadRequest).Aggregate(endpoint, (e, status) => e.Produces<Open311Fault[]>(status));

    private static async Task<IResult> Services(string format, IMediator mediator, CancellationToken ct) =>
        Answer(format, "services", "service", (await mediator.Send(new GetComplaintTopics(), ct)).Select(t => new Open311Service(t.Code, t.Title, t.Group)));

    private static async Task<IResult> File(string format, HttpRequest request, IMediator mediator, IOptions<PortalOptions> portal, CancellationToken ct)
    {
        if (!request.HasFormContentType)
            return Fault(format, StatusCodes.Status400BadRequest, "请用表单提交：application/x-www-form-urlencoded。");
        var form = await request.ReadFormAsync(ct);
        string? Of(string name) => form[name].ToString().Trim() is { Length: > 0 } value ? value : null;
        var name = $"{Of("last_name")}{Of("first_name")}";
        var filed = await mediator.Send(new FileOpenReport
        {
            ApiKey = Of("api_key"),
            ServiceCode = Of("service_code"),
            Description = Of("description"),
            Place = Of("address_string") ?? (Of("lat") is { } lat && Of("long") is { } longitude ? $"{lat},{longitude}" : null),
            Name = name.Length == 0 ? null : name,
            Phone = Of("phone"),
            MayPublish = Of("attribute[may_publish]") == "true",
        }, ct);
        var notice = $"已收到，有人受理后按主题派给负责的单位。进度：{portal.Value.PublicAddress.TrimEnd('/')}{PortalApi.Root}/open311/requests/{filed.Id}.{format}";
        return Answer(format, "service_requests", "request", [new Open311Receipt(filed.Id.ToString(), notice, filed.ExpectedAt)]);
    }

    private static async Task<IResult> List(string format, [AsParameters] Open311Query query, IMediator mediator, CancellationToken ct)
    {
        if (query.Status is not (null or "open" or "closed"))
            return Fault(format, StatusCodes.Status400BadRequest, "status 是 open 或 closed。");
        var found = await mediator.Send(new GetOpenReports
        {
            ApiKey = query.ApiKey,
            ServiceCode = query.ServiceCode,
            From = query.StartDate?.ToUniversalTime(),
            To = query.EndDate?.ToUniversalTime(),
            Open = query.Status switch { "open" => true, "closed" => false, _ => null },
        }, ct);
        return Answer(format, "service_requests", "request", found.Select(Open311Request.Of));
    }

    private static async Task<IResult> One(string format, Guid id, [FromQuery(Name = "api_key")] string? apiKey, IMediator mediator, CancellationToken ct) =>
        Answer(format, "service_requests", "request", [Open311Request.Of(await mediator.Send(new GetOpenReport(id, apiKey), ct))]);

    /// <summary>The faults of the standard: 400 malformed, 403 key, 404 unknown, 429 too many.</summary>
    private static async ValueTask<object?> SayFaults(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var format = context.HttpContext.GetRouteValue("format") as string ?? Json;
        try
        {
            return await next(context);
        }
        catch (ValidationException invalid)
        {
            return Fault(format, StatusCodes.Status400BadRequest, [.. invalid.Errors.Select(e => e.ErrorMessage)]);
        }
        catch (RefusedException refused)
        {
            var status = refused.Refusals[0].Code switch
            {
                "complaint.unknown-client" => StatusCodes.Status403Forbidden,
                "complaint.client-full" => StatusCodes.Status429TooManyRequests,
                _ => StatusCodes.Status400BadRequest,
            };
            return Fault(format, status, [.. refused.Refusals.Select(r => r.Message)]);
        }
        catch (NotFoundException)
        {
            return Fault(format, StatusCodes.Status404NotFound, "没有这一件，或者不是您提交的。");
        }
    }

    private static IResult Fault(string format, int status, params string[] messages) =>
        Answer(format, "errors", "error", messages.Select(m => new Open311Fault(status, m)), status);

    private static IResult Answer<T>(string format, string root, string item, IEnumerable<T> answers, int status = StatusCodes.Status200OK) => format == Xml
        ? Results.Text(new XDocument(new XElement(root, answers.Select(a => Element(item, a!)))).ToString(SaveOptions.DisableFormatting), "application/xml; charset=utf-8", statusCode: status)
        : Results.Json(answers.ToArray(), contentType: "application/json; charset=utf-8", statusCode: status);

    /// <summary>An element of the names and values that JSON would have.</summary>
    private static XElement Element(string name, object answer) => new(name, answer.GetType().GetProperties().Select(p =>
        new XElement(p.GetCustomAttributes(typeof(JsonPropertyNameAttribute), false).Cast<JsonPropertyNameAttribute>().Single().Name, p.GetValue(answer) switch
        {
            DateTimeOffset at => at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            bool yes => yes ? "true" : "false",
            var value => value?.ToString(),
        })));
}

/// <summary>What <c>requests</c> may be asked for.</summary>
internal sealed record Open311Query
{
    [FromQuery(Name = "api_key"), Description("登记时发的密钥。")]
    public string? ApiKey { get; init; }

    [FromQuery(Name = "service_code"), Description("只要这个主题。")]
    public string? ServiceCode { get; init; }

    [FromQuery(Name = "start_date"), Description("这个时间起提交的。不写是 end_date 之前 90 天。")]
    public DateTimeOffset? StartDate { get; init; }

    [FromQuery(Name = "end_date"), Description("这个时间前提交的。")]
    public DateTimeOffset? EndDate { get; init; }

    [FromQuery(Name = "status"), Description("open 或 closed。")]
    public string? Status { get; init; }
}

/// <summary>The form of a report, for the description of the interface.</summary>
internal sealed record Open311Form(
    [property: JsonPropertyName("api_key")] string ApiKey,
    [property: JsonPropertyName("service_code")] string ServiceCode,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("address_string")] string? AddressString,
    [property: JsonPropertyName("lat")] string? Latitude,
    [property: JsonPropertyName("long")] string? Longitude,
    [property: JsonPropertyName("first_name")] string? FirstName,
    [property: JsonPropertyName("last_name")] string? LastName,
    [property: JsonPropertyName("phone")] string? Phone);

/// <summary>A topic.</summary>
internal sealed record Open311Service(
    [property: JsonPropertyName("service_code")] string ServiceCode,
    [property: JsonPropertyName("service_name")] string ServiceName,
    [property: JsonPropertyName("group")] string Group)
{
    /// <summary>No further questions are asked.</summary>
    [JsonPropertyName("metadata")]
    public bool Metadata => false;

    /// <summary>The id is told at once.</summary>
    [JsonPropertyName("type")]
    public string Type => "realtime";
}

/// <summary>The receipt of a report.</summary>
internal sealed record Open311Receipt(
    [property: JsonPropertyName("service_request_id")] string ServiceRequestId,
    [property: JsonPropertyName("service_notice")] string ServiceNotice,
    [property: JsonPropertyName("expected_datetime")] DateTimeOffset? ExpectedDatetime);

/// <summary>A report.</summary>
internal sealed record Open311Request(
    [property: JsonPropertyName("service_request_id")] string ServiceRequestId,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("status_notes")] string StatusNotes,
    [property: JsonPropertyName("service_name")] string ServiceName,
    [property: JsonPropertyName("service_code")] string? ServiceCode,
    [property: JsonPropertyName("description")] string? Description,
    [property: JsonPropertyName("agency_responsible")] string? AgencyResponsible,
    [property: JsonPropertyName("requested_datetime")] DateTimeOffset RequestedDatetime,
    [property: JsonPropertyName("updated_datetime")] DateTimeOffset UpdatedDatetime,
    [property: JsonPropertyName("expected_datetime")] DateTimeOffset? ExpectedDatetime)
{
    public static Open311Request Of(OpenReport report) => new(report.Id.ToString(), report.IsOpen ? "open" : "closed", report.Notes, report.ServiceName, report.ServiceCode,
        report.Description, report.Agency, report.RequestedAt, report.UpdatedAt, report.ExpectedAt);
}

/// <summary>What went wrong.</summary>
internal sealed record Open311Fault([property: JsonPropertyName("code")] int Code, [property: JsonPropertyName("description")] string Description);
