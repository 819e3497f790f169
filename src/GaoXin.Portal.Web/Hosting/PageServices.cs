using System.Text.Encodings.Web;
using System.Text.Unicode;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Api;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.WebEncoders;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>Razor Pages as this site uses them.</summary>
public static class PageServices
{
    /// <summary>Adds pages, Chinese binding messages, the antiforgery cookie and an encoder that leaves Chinese readable.</summary>
    public static IServiceCollection AddPortalPages(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddRouting(routing => routing.LowercaseUrls = true);
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddHttpContextAccessor();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = PortalCookies.Name("gx-antiforgery", environment);
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.Path = "/";
            // "Always" would refuse to make a form for a request without TLS, as the warm-up sends it; the cookie policy adds Secure.
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.HeaderName = "X-Gx-Antiforgery";
        });
        services.Configure<CookieTempDataProviderOptions>(o =>
        {
            o.Cookie.Name = PortalCookies.Name("gx-temp", environment);
            o.Cookie.Path = "/";
            o.Cookie.SecurePolicy = PortalCookies.Secure(environment);
        });
        services.AddRateLimiter(limits => limits.AddPolicy<string, VerifyRateLimit>(VerifyRateLimit.Name));
        services.AddSingleton<HallDevices>();
        services.AddSingleton<ScanGate>();
        services.AddRazorPages().AddMvcOptions(Configure);
        return services;
    }

    /// <summary>Maps the pages, their static files, the display preferences and the suggestions of the search box.</summary>
    public static WebApplication MapPortalPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        app.MapPreferences();
        app.MapHallStream();
        app.MapExternalOrders();
        app.MapPartyAnswers();
        app.MapSuggestions();
        app.MapGuideFiles();
        // What is nowhere is not found, for strangers too: a mistyped address must not lead to the sign-in.
        app.MapFallback("{*address}", () => Results.NotFound()).AllowAnonymous();
        return app;
    }

    /// <summary>
    /// Answers errors of pages with a page that says what happened and what to do. API and health addresses keep their
    /// bare status codes. Comes first in the pipeline.
    /// </summary>
    public static WebApplication UsePortalErrorPages(this WebApplication app)
    {
        app.UseWhen(IsPage, pages =>
        {
            if (!app.Environment.IsDevelopment())
                pages.UseExceptionHandler("/error/500");
            pages.UseStatusCodePagesWithReExecute("/error/{0}");
        });
        return app;
    }

    private static bool IsPage(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api") && !context.Request.Path.StartsWithSegments("/health");

    private static void Configure(MvcOptions options)
    {
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        options.Filters.Add<RefusalFilter>();
        SpeakChinese(options.ModelBindingMessageProvider);
    }

    private static void SpeakChinese(DefaultModelBindingMessageProvider messages)
    {
        messages.SetAttemptedValueIsInvalidAccessor((value, _) => $"“{value}”的格式不对，请重新填写");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"“{value}”的格式不对，请重新填写");
        messages.SetMissingBindRequiredValueAccessor(_ => "请填写这一项");
        messages.SetMissingKeyOrValueAccessor(() => "请填写这一项");
        messages.SetMissingRequestBodyRequiredValueAccessor(() => "没有收到内容，请重新提交");
        messages.SetUnknownValueIsInvalidAccessor(_ => "格式不对，请重新填写");
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => "格式不对，请重新填写");
        messages.SetValueIsInvalidAccessor(value => $"“{value}”的格式不对，请重新填写");
        messages.SetValueMustBeANumberAccessor(_ => "请填写数字，比如 12.5");
        messages.SetNonPropertyValueMustBeANumberAccessor(() => "请填写数字，比如 12.5");
        messages.SetValueMustNotBeNullAccessor(_ => "请填写这一项");
    }
}
