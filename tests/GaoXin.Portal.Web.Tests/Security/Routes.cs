using GaoXin.Portal.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Web.Tests.Security;

/// <summary>A page of the running program with the handlers it answers to.</summary>
internal sealed record PageRoute(string Template, bool IsPublic, IReadOnlyList<(string Method, string? Handler)> Handlers)
{
    /// <summary>The address with these values in it.</summary>
    public string Address(Guid id, Guid file, string? handler = null)
    {
        var path = string.Join('/', Template.Split('/').Select(part => part switch
        {
            "{id:guid}" => id.ToString(),
            "{file:guid}" => file.ToString(),
            "{step}" => "person",
            "{group}" => "basic",
            "{format}" => "yaml",
            "{code}" => "elder-card",
            "{code?}" or "{zone?}" => "",
            "{number}" => "SQ202611230000195",
            "{code:int}" => "404",
            "{version:int}" => "1",
            "{number:int}" => "1",
            "{token}" => "0123456789abcdef0123456789abcdef",
            _ when part.StartsWith('{') => throw new InvalidOperationException($"Say what stands for {part} in {Template}."),
            _ => part,
        }));
        return $"/{path.Trim('/')}{(handler is null ? "" : $"?handler={handler}")}";
    }
}

/// <summary>The pages as the program itself routes them, so that a new page is swept without anybody adding it to a list.</summary>
internal static class Routes
{
    public static async Task<IReadOnlyList<PageRoute>> Of(PortalWebFactory web)
    {
        var loader = web.Services.GetRequiredService<PageLoader>();
        var pages = new List<PageRoute>();
        foreach (var endpoint in web.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
                continue;
            var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            var isPublic = endpoint.Metadata.Concat(compiled.EndpointMetadata ?? []).Concat(compiled.ModelTypeInfo!.GetCustomAttributes(inherit: true))
                .Concat(compiled.PageTypeInfo.GetCustomAttributes(inherit: true)).OfType<IAllowAnonymous>().Any();
            pages.Add(new PageRoute(endpoint.RoutePattern.RawText ?? "", isPublic, [.. compiled.HandlerMethods.Select(h => (h.HttpMethod, h.Name))]));
        }

        return [.. pages.DistinctBy(p => p.Template)];
    }
}
