using System.Security.Claims;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>Another portal's sign-in, section <c>Identity:OpenIdConnect</c>; without an authority there is none.</summary>
public sealed class ProviderOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Identity:OpenIdConnect";

    /// <summary>The provider's address; its discovery document stands below it.</summary>
    public string? Authority { get; set; }

    /// <summary>What the provider calls this portal.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The secret agreed with the provider.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Scopes, with spaces between them.</summary>
    public string Scope { get; set; } = "openid phone profile";

    /// <summary>The provider's name on the button.</summary>
    public string Title { get; set; } = "统一身份认证";

    /// <summary>The claim with the telephone number; <see cref="PhoneVerifiedClaim"/> must be true beside it.</summary>
    public string PhoneClaim { get; set; } = "phone_number";

    /// <summary>The claim that says the number was verified.</summary>
    public string PhoneVerifiedClaim { get; set; } = "phone_number_verified";

    /// <summary>The claim with the verified real name; empty when the provider does not vouch for it.</summary>
    public string NameClaim { get; set; } = "";

    /// <summary>The claim with the verified resident ID number; empty when the provider does not vouch for it.</summary>
    public string IdNumberClaim { get; set; } = "";

    /// <summary>True when there is a provider.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Authority);
}

/// <summary>
/// Sign-in of citizens by OpenID Connect: authorization code with PKCE, state and nonce; the token's signature, issuer,
/// audience and time are checked by the framework. What the token vouches for goes to <see cref="SignInWithProvider"/>.
/// </summary>
internal static class ProviderSignIn
{
    public const string Scheme = "provider";
    private const string Callback = "/sign-in/provider/callback";

    public static AuthenticationBuilder AddProvider(this AuthenticationBuilder authentication, IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection(ProviderOptions.Section);
        authentication.Services.AddOptions<ProviderOptions>().Bind(section);
        var provider = section.Get<ProviderOptions>() ?? new ProviderOptions();
        return provider.IsConfigured ? authentication.AddOpenIdConnect(Scheme, options => Configure(options, provider, environment)) : authentication;
    }

    private static void Configure(OpenIdConnectOptions options, ProviderOptions provider, IHostEnvironment environment)
    {
        (options.Authority, options.ClientId, options.ClientSecret) = (provider.Authority, provider.ClientId, provider.ClientSecret);
        options.RequireHttpsMetadata = !environment.IsDevelopment();
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CallbackPath = Callback;
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.Scope.Clear();
        foreach (var scope in provider.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            options.Scope.Add(scope);
        Harden(options.NonceCookie, "gx-provider-nonce.", environment);
        Harden(options.CorrelationCookie, "gx-provider-state.", environment);
        options.Events.OnTicketReceived = context => SignIn(context, provider);
        options.Events.OnRemoteFailure = context =>
        {
            Refuse(context.HttpContext, new Refusal("identity.provider-failed", $"用“{provider.Title}”登录没有成功，可能是取消了，或者等得太久。请再试一次，或用手机号登录。"));
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static void Harden(CookieBuilder cookie, string name, IHostEnvironment environment)
    {
        cookie.Name = PortalCookies.Name(name, environment);
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = PortalCookies.Secure(environment);
    }

    private static async Task SignIn(TicketReceivedContext context, ProviderOptions provider)
    {
        var (services, aborted) = (context.HttpContext.RequestServices, context.HttpContext.RequestAborted);
        var outcome = await services.GetRequiredService<IMediator>().Send(Read(context.Principal!, provider), aborted);
        if (outcome.AccountId is { } account)
        {
            await services.GetRequiredService<IPortalSession>().SignIn(account, aborted);
            context.Response.Redirect(context.ReturnUri ?? "/");
        }
        else
        {
            Refuse(context.HttpContext, outcome.Refusal!);
        }

        context.HandleResponse();
    }

    private static SignInWithProvider Read(ClaimsPrincipal token, ProviderOptions provider) => new()
    {
        VerifiedPhone = bool.TryParse(token.FindFirstValue(provider.PhoneVerifiedClaim), out var verified) && verified ? token.FindFirstValue(provider.PhoneClaim) : null,
        Name = provider.NameClaim.Length > 0 ? token.FindFirstValue(provider.NameClaim) : null,
        IdNumber = provider.IdNumberClaim.Length > 0 ? token.FindFirstValue(provider.IdNumberClaim) : null,
    };

    /// <summary>The error page around this says the sentence.</summary>
    private static void Refuse(HttpContext context, Refusal refusal)
    {
        context.Items[RefusalFilter.RefusalsKey] = (IReadOnlyList<Refusal>)[refusal];
        context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }
}
