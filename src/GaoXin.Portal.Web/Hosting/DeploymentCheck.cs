using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Web.Hosting;

/// <summary>What a deployment must have set before it may serve people. Development needs nothing.</summary>
internal static class DeploymentCheck
{
    public static IReadOnlyList<string> Problems(IConfiguration configuration, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
            return [];
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString("Portal")))
            problems.Add("ConnectionStrings__Portal: name a PostgreSQL 15 or later. Only Development starts one of its own.");
        if (!PersonalDataKeys.AreSet(configuration))
            problems.Add("Portal__PersonalData__Keys__1 and Portal__PersonalData__HashKey: 32 random bytes each, in base64 (openssl rand -base64 32). Keep them: without them the data of persons can not be read.");
        var portal = configuration.GetSection(PortalOptions.Section);
        if (portal.GetValue<bool>(nameof(PortalOptions.DemoMode)) && environment.IsProduction())
            problems.Add("Portal__DemoMode: must be off in Production; it brings demo accounts with known passwords.");
        if (!portal.GetValue<bool>(nameof(PortalOptions.DemoMode)) && string.IsNullOrWhiteSpace(portal[nameof(PortalOptions.Operator)]))
            problems.Add("Portal__Operator: the organisation that runs the portal, shown at the foot of every page.");
        if (!portal.GetValue<bool>(nameof(PortalOptions.DemoMode)))
        {
            if (!IsWebAddress(configuration["Identity:Sms:Endpoint"]))
                problems.Add("Identity__Sms__Endpoint: the address of the SMS gateway, with Identity__Sms__KeyId and Identity__Sms__Secret. Without it no citizen can sign in.");
            if (!IsWebAddress(configuration["Identity:RealName:Endpoint"]))
                problems.Add("Identity__RealName__Endpoint: the address of the registry that checks real names, with Identity__RealName__KeyId and Identity__RealName__Secret. Without it nobody can file.");
        }

        var provider = configuration.GetSection(ProviderOptions.Section);
        if (provider[nameof(ProviderOptions.Authority)] is { Length: > 0 } authority
            && (!authority.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || string.IsNullOrWhiteSpace(provider[nameof(ProviderOptions.ClientId)]) || string.IsNullOrWhiteSpace(provider[nameof(ProviderOptions.ClientSecret)])))
            problems.Add("Identity__OpenIdConnect__Authority: an https address, with Identity__OpenIdConnect__ClientId and __ClientSecret; leave it empty for no such sign-in.");
        if (!Uri.TryCreate(portal[nameof(PortalOptions.PublicAddress)], UriKind.Absolute, out var address) || (environment.IsProduction() && address.Scheme != Uri.UriSchemeHttps))
            problems.Add("Portal__PublicAddress: the https address people use, for example https://portal.example; it stands in QR codes and messages.");
        if (environment.IsProduction() && (string.IsNullOrWhiteSpace(configuration["AllowedHosts"]) || configuration["AllowedHosts"]!.Split(';').Any(h => h.Trim() == "*")))
            problems.Add("AllowedHosts: the host names people and the proxy use, for example portal.example;localhost. With * anybody may put a name of his own into links and redirects.");
        if (environment.IsProduction() && string.IsNullOrWhiteSpace(configuration["Portal:ClamAv:Host"]))
            problems.Add("Portal__ClamAv__Host (and __Port, 3310 by default): the ClamAV daemon that checks uploads. The stand-in of Development is no virus scanner.");
        return problems;
    }

    private static bool IsWebAddress(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https");
}
