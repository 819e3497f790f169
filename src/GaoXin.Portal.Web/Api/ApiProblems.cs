using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Api;

/// <summary>
/// Answers everything that goes wrong under <c>/api</c> with problem details (RFC 9457): a stable <c>code</c>, a Chinese title
/// and what to do next. A refusal lists its reasons, a malformed request its fields. Put it around
/// <see cref="RefusedRequests"/>, whose bare statuses get their body here.
/// </summary>
internal sealed partial class ApiProblems(RequestDelegate next, ILogger<ApiProblems> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.IsApi())
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception error) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await Write(context, error);
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
            await Write(context, Details(ApiProblem.Of(context.Response.StatusCode)));
    }

    private async Task Write(HttpContext context, Exception error)
    {
        var problem = ApiProblem.Of(error);
        if (problem.Status >= 500)
            Failed(error, problem.Code);
        var details = Details(problem);
        if (error is ValidationException invalid)
            details.Extensions["errors"] = invalid.Errors.ToLookup(f => JsonNamingPolicy.CamelCase.ConvertName(f.PropertyName), f => f.ErrorMessage).ToDictionary(g => g.Key, g => g.ToArray());
        else if (error is BadHttpRequestException && Parameter().Match(error.Message) is { Success: true } parameter)
            details.Extensions["errors"] = new Dictionary<string, string[]> { [JsonNamingPolicy.CamelCase.ConvertName(parameter.Groups["name"].Value)] = ["格式不对"] };
        else if (error is RefusedException refused)
            details.Extensions["refusals"] = refused.Refusals.Select(r => new { r.Code, r.Message, r.Field }).ToArray();
        await Write(context, details);
    }

    private static ProblemDetails Details(ApiProblem problem) => new()
    {
        Type = $"/developers#{ApiProblem.Of(problem.Status).Code}",
        Title = problem.Title,
        Status = problem.Status,
        Detail = problem.Detail,
        Extensions = { ["code"] = problem.Code },
    };

    private static Task Write(HttpContext context, ProblemDetails details)
    {
        details.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        context.Response.StatusCode = details.Status!.Value;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(details, options: null, "application/problem+json; charset=utf-8", context.RequestAborted);
    }

    [GeneratedRegex("""parameter "\S+ (?<name>\w+)" from""")]
    private static partial Regex Parameter();

    [LoggerMessage(EventId = 40, Level = LogLevel.Error, Message = "An interface failed: {Code}")]
    private partial void Failed(Exception error, string code);
}
