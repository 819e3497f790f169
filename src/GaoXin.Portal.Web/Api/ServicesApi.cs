using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Web.Api;

/// <summary>事项接口: the catalogue for programs.</summary>
internal static class ServicesApi
{
    public static void MapServices(this IEndpointRouteBuilder api)
    {
        var services = api.MapGroup("/services").WithTags("事项").AllowAnonymous();
        services.MapGet("", List).Cached()
            .WithName("listServices").WithSummary("查事项")
            .WithDescription("按大白话、拼音或首字母搜，也可以按对象、部门、层级等条件筛选。没有 q 时按名称列出全部在用事项。条件可以叠加；分页从 1 开始。")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        services.MapGet("/{code}", Guide).Cached()
            .WithName("getService").WithSummary("一个事项的办事指南")
            .WithDescription("清单上的全部要素：时限、次数、条件、材料、收费、流程、结果、地点、依据。已取消的事项带 cancelled，说明原因和改办什么。")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<ServiceList> List([AsParameters] ServiceQuery query, IMediator mediator, IOptions<PortalOptions> portal, CancellationToken ct)
    {
        var found = await mediator.Send(query.Search(), ct);
        return new ServiceList(found.Total, found.Page, found.PageSize, [.. found.Items.Select(s => ServiceLine.Of(s, portal.Value.PublicAddress))]);
    }

    private static async Task<ServiceGuideAnswer> Guide(string code, IMediator mediator, IOptions<PortalOptions> portal, CancellationToken ct)
    {
        var guide = await mediator.Send(new GetServiceGuide(code), ct);
        var departments = (await mediator.Send(new GetReference(ReferenceKind.Departments), ct)).ToDictionary(d => d.Code, d => d.Title);
        return ServiceGuideAnswer.Of(guide, departments, portal.Value.PublicAddress);
    }
}
