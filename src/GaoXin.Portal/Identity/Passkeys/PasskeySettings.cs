using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Identity;

/// <summary>How passkeys are made here: kept on the device, opened by its fingerprint, face or PIN, bound to the public address.</summary>
internal static class PasskeySettings
{
    private const string Required = "required";

    public static void AddPasskeys(this IServiceCollection services)
    {
        services.AddScoped<PasskeyCeremony>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<PortalOptions>>((passkeys, portal) =>
        {
            var address = new Uri(portal.Value.PublicAddress);
            passkeys.ServerDomain = address.Host;
            // Possession and the person in one step: without the second half a passkey would be one factor only.
            passkeys.UserVerificationRequirement = Required;
            passkeys.ResidentKeyRequirement = Required;
            passkeys.AttestationConveyancePreference = "none";
            passkeys.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && IsOwn(context, address));
        });
    }

    private static bool IsOwn(PasskeyOriginValidationContext context, Uri address)
    {
        var request = context.HttpContext.Request;
        return string.Equals(context.Origin, address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
            || string.Equals(context.Origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
