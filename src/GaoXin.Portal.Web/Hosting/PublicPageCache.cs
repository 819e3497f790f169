using GaoXin.Portal.Catalogue.Editing;
using Microsoft.AspNetCore.OutputCaching;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>
/// A short cache of pages that look the same for everybody who is not signed in: <c>[OutputCache(PolicyName =
/// PublicPageCache.Policy)]</c>. A request with a session or a password header, an answer that sets a cookie, and any
/// answer but 200 is never stored.
/// </summary>
internal static class PublicPageCache
{
    /// <summary>The policy's name.</summary>
    public const string Policy = "public-page";

    /// <summary>The tag under which all such pages are evicted.</summary>
    public const string Tag = "public";

    /// <summary>Short, because each instance has a cache of its own: with the catalogue's half minute the others follow within a minute.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>Adds the store and the policy.</summary>
    public static IServiceCollection AddPublicPageCache(this IServiceCollection services) => services.AddSingleton<IKeptPages, KeptPages>().AddOutputCache(cache =>
        cache.AddPolicy(Policy, policy => policy
            .With(context => context.HttpContext.User.Identity?.IsAuthenticated != true)
            .Expire(Lifetime).Tag(Tag).SetVaryByQuery("*")
            .VaryByValue(context => KeyValuePair.Create("cookies", CookiesOf(context)))));

    /// <summary>Throws away what this instance stored, for example after a new version of a service was published.</summary>
    public static ValueTask EvictPublicPages(this IOutputCacheStore store, CancellationToken ct) => store.EvictByTagAsync(Tag, ct);

    /// <summary>
    /// Another cookie, another copy: 长辈版 changes the page, and a form's token belongs to the visitor's own cookie.
    /// </summary>
    private static string CookiesOf(HttpContext context) =>
        string.Join(';', context.Request.Cookies
            .OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => $"{c.Key}={c.Value}"));
}

/// <summary>The cache above, for the catalogue.</summary>
internal sealed class KeptPages(IOutputCacheStore store) : IKeptPages
{
    public ValueTask Evict(CancellationToken ct) => store.EvictPublicPages(ct);
}
