using System.Globalization;
using System.Text;
using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Complaints;

/// <summary>Orders of other platforms: signed, once, and none lost.</summary>
public sealed class ExternalOrderTests(ExternalOrderTests.Host host) : IClassFixture<ExternalOrderTests.Host>
{
    private const string Path = "/api/complaints/hotline12345";
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");

    public sealed class Host : PortalHost
    {
        protected override void Configure(IDictionary<string, string?> settings) => settings[$"{ExternalOrderOptions.Section}:Keys:Hotline12345"] = Convert.ToBase64String(Key);
    }

    [Fact]
    public async Task The_same_order_sent_many_times_at_once_is_one_complaint()
    {
        var body = Body("RX-1001");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Send(body)));

        answers.Select(a => a.Number).Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
        answers.Count(a => a.IsNew).ShouldBe(1);
        (await host.InDatabase(db => db.Complaints.CountAsync(c => c.ExternalNumber == "RX-1001"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_signature_an_old_time_another_path_and_an_unknown_channel_are_refused_alike()
    {
        var body = Body("RX-1002");
        (await Send(body, tamper: "x")).Fault.ShouldBe("signature");
        (await Send(body, minutesOff: -6)).Fault.ShouldBe("signature");
        (await Send(body, path: "/api/complaints/other")).Fault.ShouldBe("signature");
        (await host.Send(new ReceiveOrder("PeopleNet", "1", Path, body, "00"))).Fault.ShouldBe("signature");
        (await Send("{}")).Fault.ShouldBe("content");
        (await Send("not json")).Fault.ShouldBe("content");
        (await host.InDatabase(db => db.Complaints.AnyAsync(c => c.ExternalNumber == "RX-1002"))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_table_is_tried_first_then_imported_once_and_with_a_fault_not_at_all()
    {
        var clerk = host.As(ComplaintHost.Clerk);
        var table = Csv("来件编号,类型,内容,主题\nT-1,投诉,路口的路灯坏了三天没有人修,路灯、井盖和市政设施\nT-2,咨询,请问在哪里办理老年证呢,\n");
        var tried = await clerk.Send(new ImportOrders(ComplaintChannel.PeopleNet, table, DryRun: true));
        (tried.New, tried.Known, tried.Faults.Count).ShouldBe((2, 0, 0));
        (await host.InDatabase(db => db.Complaints.AnyAsync(c => c.ExternalNumber == "T-1"))).ShouldBeFalse();

        (await clerk.Send(new ImportOrders(ComplaintChannel.PeopleNet, table, DryRun: false))).New.ShouldBe(2);
        var again = await clerk.Send(new ImportOrders(ComplaintChannel.PeopleNet, table, DryRun: false));
        (again.New, again.Known).ShouldBe((0, 2));

        var faulty = await clerk.Send(new ImportOrders(ComplaintChannel.PeopleNet, Csv("来件编号,类型,内容\nT-3,投诉,有一件事要反映一下\nT-4,不知道,有一件事要反映一下\n"), DryRun: false));
        faulty.Faults.ShouldHaveSingleItem().Line.ShouldBe(3);
        (await host.InDatabase(db => db.Complaints.AnyAsync(c => c.ExternalNumber == "T-3"))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_caller_is_found_by_the_number_and_a_clerk_takes_down_what_is_said()
    {
        var clerk = host.As(ComplaintHost.Clerk);
        var filed = await clerk.Send(new RecordComplaint
        {
            Channel = ComplaintChannel.Phone,
            Kind = ComplaintKind.Help,
            Identity = IdentityMode.Named,
            Topic = "street-light",
            Text = "路灯坏了三天，请派人来修一下。",
            Name = "演示己某",
            Phone = "137 0000 1234",
        });
        (await clerk.Send(new FindCaller("13700001234"))).ShouldHaveSingleItem().Number.ShouldBe(filed.Number);
        (await clerk.Send(new FindCaller("13700001235"))).ShouldBeEmpty();
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(ComplaintHost.Handler).Send(new FindCaller("13700001234")));
    }

    private static byte[] Csv(string text) => Encoding.UTF8.GetBytes(text);

    private static string Body(string number) => $$"""{"externalNumber":"{{number}}","kind":"投诉","text":"路口的路灯坏了三天没有人修","phone":"13700000001","name":"演示庚某"}""";

    private Task<ReceivedOrder> Send(string body, string tamper = "", int minutesOff = 0, string path = Path)
    {
        var time = host.Clock.GetUtcNow().AddMinutes(minutesOff).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = SignedRequest.Of(Key, time, Path, body);
        return host.Send(new ReceiveOrder("hotline12345", time, path, body + tamper, signature));
    }
}
