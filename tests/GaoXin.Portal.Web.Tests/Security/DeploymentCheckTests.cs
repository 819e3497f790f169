using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace GaoXin.Portal.Web.Tests.Security;

public sealed class DeploymentCheckTests
{
    [Fact]
    public void A_whole_configuration_is_accepted() => Problems([]).ShouldBeEmpty();

    [Theory]
    [InlineData("Portal:DemoMode", "true", "DemoMode")]
    [InlineData("Portal:Operator", "", "Operator")]
    [InlineData("Portal:PublicAddress", "http://portal.example", "PublicAddress")]
    [InlineData("Portal:PublicAddress", "portal", "PublicAddress")]
    [InlineData("Portal:PersonalData:HashKey", "", "PersonalData")]
    [InlineData("Portal:ClamAv:Host", "", "ClamAv")]
    [InlineData("AllowedHosts", "*", "AllowedHosts")]
    [InlineData("AllowedHosts", "portal.example;*", "AllowedHosts")]
    [InlineData("AllowedHosts", "", "AllowedHosts")]
    [InlineData("Identity:OpenIdConnect:Authority", "http://provider.example", "OpenIdConnect")]
    [InlineData("Identity:OpenIdConnect:Authority", "https://provider.example", "OpenIdConnect")]
    [InlineData("ConnectionStrings:Portal", "", "ConnectionStrings")]
    public void Production_does_not_start_with_what_is_unsafe(string key, string value, string named) =>
        Problems(new() { [key] = value }).ShouldHaveSingleItem().ShouldContain(named);

    private static IReadOnlyList<string> Problems(Dictionary<string, string?> changed)
    {
        var settings = TestSettings.For("Host=database");
        settings["AllowedHosts"] = "portal.example;localhost";
        settings["Portal:ClamAv:Host"] = "clamav";
        settings["Identity:Sms:Endpoint"] = "https://sms.example";
        settings["Identity:RealName:Endpoint"] = "https://real-name.example";
        foreach (var (key, value) in changed)
            settings[key] = value;
        return DeploymentCheck.Problems(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new Production());
    }

    private sealed class Production : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "portal";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
