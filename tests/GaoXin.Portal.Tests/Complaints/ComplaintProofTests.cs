using System.Net;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Complaints;

/// <summary>Who guesses at number and secret is stopped; nobody else ever is.</summary>
public sealed class ComplaintProofTests(ComplaintHost host) : IClassFixture<ComplaintHost>
{
    private const string Locked = "complaint.locked-look-up";
    private const string Wrong = "complaint.no-such-pair";

    [Fact]
    public async Task Wrong_tries_from_many_networks_lock_out_neither_the_code_nor_the_digits_from_a_fresh_one()
    {
        var (filed, phone) = await Filed();
        for (var network = 1; network <= 40; network++)
            (await LookUp(filed.Number, "0000", $"10.1.0.{network}")).ShouldBe(Wrong);

        (await LookUp(filed.Number, phone[^4..], "10.2.0.1")).ShouldBe("found");
        (await LookUp(filed.Number, filed.Code!, "10.2.0.2")).ShouldBe("found");
        (await Withdraw(filed.Number, filed.Code!, "10.2.0.3")).ShouldBe("done");
    }

    [Fact]
    public async Task Under_attack_each_network_has_one_wrong_try_instead_of_five()
    {
        var (filed, phone) = await Filed();
        for (var network = 1; network <= 6; network++)
        {
            for (var i = 0; i < 5; i++)
                (await LookUp(filed.Number, "0000", $"10.3.0.{network}")).ShouldBe(Wrong);
        }

        (await LookUp(filed.Number, "0000", "10.3.1.1")).ShouldBe(Wrong);
        (await LookUp(filed.Number, phone[^4..], "10.3.1.1")).ShouldBe(Locked);
        (await LookUp(filed.Number, phone[^4..], "10.3.1.2")).ShouldBe("found");
    }

    [Fact]
    public async Task After_hundreds_of_tries_the_four_digits_rest_until_the_next_day_and_the_code_does_not()
    {
        var (filed, phone) = await Filed();
        for (var network = 0; network < 300; network++)
            (await LookUp(filed.Number, "0000", $"10.4.{network / 200}.{network % 200}")).ShouldBe(Wrong);

        (await LookUp(filed.Number, phone[^4..], "10.5.0.1")).ShouldBe(Locked);
        (await LookUp(filed.Number, filed.Code!, "10.5.0.1")).ShouldBe("found");
        host.Clock.Advance(TimeSpan.FromDays(1.1));
        (await LookUp(filed.Number, phone[^4..], "10.5.0.1")).ShouldBe("found");
    }

    [Fact]
    public async Task One_network_may_not_try_its_way_through_the_numbers_neither_looking_up_nor_withdrawing()
    {
        const string Network = "10.6.0.1";
        var day = new DateOnly(2026, 10, 1);
        for (var i = 0; i < 30; i++)
        {
            (await LookUp(ComplaintNumber.Compose(day, i), "0000", Network)).ShouldBe(Wrong);
            (await Withdraw(ComplaintNumber.Compose(day, 1000 + i), "2222-2222", Network)).ShouldBe("complaint.wrong-code");
        }

        (await LookUp(ComplaintNumber.Compose(day, 99), "0000", Network)).ShouldBe(Locked);
        (await Withdraw(ComplaintNumber.Compose(day, 1099), "2222-2222", Network)).ShouldBe(Locked);
        (await LookUp(ComplaintNumber.Compose(day, 99), "0000", "10.6.0.2")).ShouldBe(Wrong);
    }

    [Fact]
    public async Task Looking_up_and_withdrawing_share_their_five_tries_and_right_ones_count_nowhere()
    {
        var (filed, phone) = await Filed();
        const string Network = "10.7.0.1";
        for (var i = 0; i < 70; i++)
            (await LookUp(filed.Number, phone[^4..], Network)).ShouldBe("found");
        for (var i = 0; i < 3; i++)
            (await LookUp(filed.Number, "0000", Network)).ShouldBe(Wrong);
        (await Withdraw(filed.Number, "2222-2222", Network)).ShouldBe("complaint.wrong-code");
        (await Withdraw(filed.Number, "2222-2222", Network)).ShouldBe("complaint.wrong-code");
        (await Withdraw(filed.Number, filed.Code!, Network)).ShouldBe(Locked);
        host.Clock.Advance(TimeSpan.FromHours(1.1));
        (await Withdraw(filed.Number, filed.Code!, Network)).ShouldBe("done");
    }

    [Fact]
    public async Task The_owner_who_has_signed_in_withdraws_from_a_network_that_others_have_used_up()
    {
        var owner = await new Owner(host).New();
        var (filed, _) = await Filed(owner);
        const string Network = "10.8.0.1";
        for (var i = 0; i < 5; i++)
            (await Withdraw(filed.Number, "2222-2222", Network)).ShouldBe("complaint.wrong-code");
        (await Withdraw(filed.Number, filed.Code!, Network)).ShouldBe(Locked);
        (await Withdraw(filed.Number, filed.Code!, Network, owner)).ShouldBe("done");
    }

    private async Task<(FiledComplaint Filed, string Phone)> Filed(ICurrentUser? by = null)
    {
        var phone = host.NewPhone();
        return (await host.As(by ?? AnonymousUser.Instance).Send(new FileComplaint
        {
            Kind = ComplaintKind.Grievance,
            Identity = IdentityMode.Named,
            Topic = "other",
            Text = ComplaintHost.Text,
            Name = "演示丁某",
            Phone = phone,
        }), phone);
    }

    private Task<string> LookUp(string number, string proof, string network) => From(network, async () =>
        (await host.Send(new LookUpComplaint { Number = number, Proof = proof })).Refusal?.Code ?? "found");

    private Task<string> Withdraw(string number, string code, string network, ICurrentUser? by = null) => From(network, async () =>
        (await host.As(by ?? AnonymousUser.Instance).Send(new WithdrawComplaint { Number = number, Code = code, Reason = "已经解决了" })).Refusal?.Code ?? "done");

    private async Task<string> From(string network, Func<Task<string>> send)
    {
        host.Services.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(network) } };
        return await send();
    }
}
