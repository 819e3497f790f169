using System.Diagnostics;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Catalogue;

public sealed class ManyServicesTests(SeedsHost host, ITestOutputHelper output) : IClassFixture<SeedsHost>
{
    [Fact]
    public async Task Five_hundred_services_load_and_a_second_load_changes_nothing()
    {
        var text = host.Seeds.Read("services/company-setup/1.yaml");
        for (var i = 1; i <= 500; i++)
            host.Seeds.Write($"services/copy-{i}/1.yaml", text.Replace("code: company-setup", $"code: copy-{i}", StringComparison.Ordinal));
        var watch = Stopwatch.StartNew();

        (await host.Load()).ShouldBeGreaterThanOrEqualTo(500);
        output.WriteLine($"500 services loaded in {watch.Elapsed.TotalSeconds:0.0} s");
        watch.Restart();
        (await host.Load()).ShouldBe(0);
        output.WriteLine($"unchanged folder recognised in {watch.Elapsed.TotalMilliseconds:0} ms");
        host.Seeds.Write("reference/themes.yaml", host.Seeds.Read("reference/themes.yaml") + "# touched\n");
        watch.Restart();
        (await host.Load()).ShouldBe(0);
        output.WriteLine($"checked again with 0 rows changed in {watch.Elapsed.TotalSeconds:0.0} s");
    }
}
