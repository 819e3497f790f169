using System.ComponentModel;
using FluentValidation;
using FluentValidation.Results;
using GaoXin.Portal.Catalogue;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Api;

/// <summary>What a list of services is asked by.</summary>
public sealed record ServiceQuery
{
    [FromQuery(Name = "q"), Description("要找的事：大白话、拼音、首字母都可以。超过 60 个字的部分不看。")]
    public string? Text { get; init; }

    [FromQuery(Name = "audience"), Description("谁办：person、enterprise、institution 或 organisation。")]
    public Coded<Audience>? Audience { get; init; }

    [FromQuery(Name = "department"), Description("部门编号，例如 market-regulation。")]
    public string? Department { get; init; }

    [FromQuery(Name = "level"), Description("哪一级办：district、street 或 community。")]
    public Coded<ItemLevel>? Level { get; init; }

    [FromQuery(Name = "instant"), Description("true：只要即来即办的。")]
    public bool? Instant { get; init; }

    [FromQuery(Name = "online"), Description("true：只要网上能办的。")]
    public bool? Online { get; init; }

    [FromQuery(Name = "theme"), Description("主题编号，例如 start-business。")]
    public string? Theme { get; init; }

    [FromQuery(Name = "lifeEvent"), Description("人生和经营阶段的编号，例如 birth。")]
    public string? LifeEvent { get; init; }

    [FromQuery(Name = "place"), Description("办理地点的编号，例如 fengyang。")]
    public string? Place { get; init; }

    [FromQuery(Name = "page"), DefaultValue(1), Description("第几页，从 1 开始。")]
    public int? Page { get; init; }

    [FromQuery(Name = "pageSize"), DefaultValue(SearchServices.UsualPageSize), Description("每页几项，1 到 100。")]
    public int? PageSize { get; init; }

    internal SearchServices Search()
    {
        if (Page < 1)
            throw Wrong(nameof(Page), "页码从 1 开始");
        if (PageSize is < 1 or > SearchServices.LargestPageSize)
            throw Wrong(nameof(PageSize), $"每页 1 到 {SearchServices.LargestPageSize} 项");
        return new SearchServices(Text)
        {
            Page = Page ?? 1,
            PageSize = PageSize ?? SearchServices.UsualPageSize,
            Filter = new ServiceFilter
            {
                Audience = Audience?.Value,
                Department = Department,
                Level = Level?.Value,
                Speed = Instant == true ? Speed.Instant : null,
                Online = Online == true,
                Theme = Theme,
                LifeEvent = LifeEvent,
                Place = Place,
            },
        };
    }

    private static ValidationException Wrong(string field, string message) => new([new ValidationFailure(field, message)]);
}

/// <summary>A page of services.</summary>
public sealed record ServiceList(
    [property: Description("一共几项。")] int Total,
    [property: Description("这是第几页。")] int Page,
    [property: Description("每页几项。")] int PageSize,
    [property: Description("最合适的在前。")] IReadOnlyList<ServiceLine> Items);

/// <summary>A service as listed.</summary>
public sealed record ServiceLine(
    [property: Description("事项编号。")] string Code,
    string Title,
    [property: Description("一句话说明。")] string Summary,
    [property: Description("部门编号。")] string Department,
    [property: Description("部门名称。")] string DepartmentTitle,
    [property: Description("哪一级办。")] ItemLevel Level,
    [property: Description("即办件或承诺件。")] Handling HandlingType,
    [property: Description("承诺几个工作日办好，0 是当天。")] int PromisedDays,
    [property: Description("要跑几次。")] int Visits,
    [property: Description("网上能办。")] bool Online,
    [property: Description("能预约。")] bool Bookable,
    [property: Description("办事指南的网页。")] string Url)
{
    public static ServiceLine Of(FoundService s, string address) => new(s.Code, s.Title, s.Summary, s.Department, s.DepartmentTitle, s.Level,
        s.Handling, s.PromisedDays, s.Visits, s.Online, s.Bookable, $"{address.TrimEnd('/')}/services/{s.Code}");
}
