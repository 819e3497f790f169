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
        if (!Uri.TryCreate(portal[nameof(PortalOptions.PublicAddress)], UriKind.Absolute, out _))
            problems.Add("Portal__PublicAddress: the address people use, for example https://portal.example; it stands in QR codes and messages.");
        return problems;
    }
}
