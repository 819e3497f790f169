using System.Net;
using System.Net.Sockets;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Hosting;

/// <summary>The program on a real port, as its outside parties need it; without demo data.</summary>
public sealed class PortalWithParties : PortalWebFactory
{
    /// <summary>Where the parties are to listen.</summary>
    internal string Parties { get; } = TestSettings.FreeAddress();

    protected override bool DemoMode => true;

    protected override void Configure(IDictionary<string, string?> settings)
    {
        settings["Portal:Bootstrap"] = "false";
        settings["OneThing:Simulator:Address"] = Parties;
    }
}

public sealed class SimulatedPartiesTests
{
    [Fact]
    public async Task The_outside_parties_run_beside_the_portal_and_end_with_it()
    {
        using var client = new HttpClient();
        var portal = new PortalWithParties();
        await portal.InitializeAsync();
        try
        {
            portal.UseKestrel(0);
            portal.StartServer();
            (await AnswersWithin(client, portal.Parties, TimeSpan.FromMinutes(1))).ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            await portal.DisposeAsync();
        }

        await Should.ThrowAsync<HttpRequestException>(() => client.PostAsync($"{portal.Parties}/water/up", null, TestContext.Current.CancellationToken));
    }

    private static async Task<HttpStatusCode> AnswersWithin(HttpClient client, string address, TimeSpan patience)
    {
        using var until = new CancellationTokenSource(patience);
        while (true)
        {
            try
            {
                using var answer = await client.PostAsync($"{address}/water/up", null, until.Token);
                return answer.StatusCode;
            }
            catch (HttpRequestException error) when (error.InnerException is SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), until.Token);
            }
        }
    }
}
