using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Web.Pages.Services;
using MediatR;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>Counts searches in front of the page cache, which answers the words that many people search for.</summary>
internal static class SearchCounting
{
    public static void UseSearchCounting(this WebApplication app) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) && request.Path == ServiceListAddress.Path && request.Query["q"] is [{ Length: > 0 } words] && !request.Query.ContainsKey("page-number"))
            await context.RequestServices.GetRequiredService<IMediator>().Send(new CountSearch(words), context.RequestAborted);
        await next(context);
    });
}
