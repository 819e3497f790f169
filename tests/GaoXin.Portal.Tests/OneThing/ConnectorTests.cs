using System.Globalization;
using System.Text.Json;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.OneThing.Connectors;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.OneThing;

/// <summary>Orders to outside parties and their answers: signed, once, with a circuit breaker and a backlog that staff see.</summary>
public sealed class ConnectorTests(OneThingHost host) : IClassFixture<OneThingHost>
{
    private const string Path = "/api/parties/water/answers";

    private Task<string?> Receive(string body, byte[]? key = null, TimeSpan off = default, string party = "water")
    {
        var time = (host.Clock.GetUtcNow() + off).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return host.Send(new ReceiveAnswer(party, time, Path, body, SignedRequest.Of(key ?? Convert.FromBase64String(PartySimulator.DemoKey), time, Path, body)));
    }

    private static string Body(Guid order, string opinion = "已办好。") => JsonSerializer.Serialize(new { order, approved = true, opinion }, JsonSerializerOptions.Web);

    [Fact]
    public async Task An_answer_counts_only_with_the_partys_signature_and_within_five_minutes()
    {
        var body = Body(Guid.CreateVersion7());

        (await Receive(body, key: new byte[32])).ShouldBe("signature");
        (await Receive(body, off: TimeSpan.FromMinutes(-6))).ShouldBe("signature");
        (await Receive(body, off: TimeSpan.FromMinutes(6))).ShouldBe("signature");
        (await Receive(body, party: "nobody")).ShouldBe("signature");
    }

    [Fact]
    public async Task An_answer_about_nothing_or_without_words_is_no_answer()
    {
        (await Receive("{")).ShouldBe("content");
        (await Receive(Body(Guid.CreateVersion7()))).ShouldBe("content");
        (await Receive(Body(Guid.CreateVersion7(), ""))).ShouldBe("content");
    }

    [Fact]
    public async Task After_five_faults_nobody_knocks_and_staff_see_it_and_may_send_at_once()
    {
        var service = await host.Bundle("utilities-one-thing");
        host.Parties.Down("heat", true);
        var administrator = host.As(TestUsers.Staff(Roles.SystemAdministrator));
        var citizen = await host.Applicant(service);
        var bundle = (await host.File(citizen, service, lastChoices: true)).CaseId;
        for (var i = 0; i < 6; i++)
        {
            await host.Settle(failuresAreWanted: true);
            host.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var heat = (await administrator.Send(new GetConnectors())).Single(c => c.Party == "heat");
        (heat.Resting, heat.Unsent, heat.LastError).ShouldBe((true, 1, nameof(HttpRequestException)));
        heat.Oldest.ShouldHaveSingleItem().Taken.ShouldBeFalse();
        (await host.Members(bundle))["water"].Approved.ShouldBeTrue("one party that is down stops no other");

        host.Parties.Down("heat", false);
        (await administrator.Send(new RetryParty("heat"))).ShouldBe(1);
        await host.Settle();

        heat = (await administrator.Send(new GetConnectors())).Single(c => c.Party == "heat");
        (heat.Resting, heat.Unsent, heat.Unanswered, heat.FaultsInARow).ShouldBe((false, 0, 0, 0));
        (await host.Members(bundle))["heat"].Approved.ShouldBeTrue();
    }

    [Fact]
    public async Task Only_who_keeps_the_system_or_the_hall_sees_the_connectors()
    {
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Officer()).Send(new GetConnectors()));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Citizen()).Send(new RetryParty("water")));
        await Should.ThrowAsync<NotFoundException>(() => host.As(TestUsers.Staff(Roles.HallManager)).Send(new RetryParty("nobody")));
    }
}
