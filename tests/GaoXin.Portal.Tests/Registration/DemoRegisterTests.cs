using GaoXin.Portal.Kernel;
using GaoXin.Portal.Registration;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Registration;

public sealed class DemoRegisterTests(DemoRegisterTests.Host host) : IClassFixture<DemoRegisterTests.Host>
{
    [Fact]
    public async Task Demo_entities_are_entered_once_and_found_by_the_name_check()
    {
        for (var i = 0; i < 2; i++)
            await host.InScope(services => services.GetServices<IBootstrapStep>().OfType<DemoRegister>().Single().Run(Ct));
        (await host.InDatabase(db => db.MarketEntities.CountAsync(Ct))).ShouldBe(21);
        (await host.InDatabase(db => db.MarketEntities.Select(e => e.CreditCode).ToListAsync(Ct))).ShouldAllBe(c => IsRight(c));
        var citizen = host.As(TestUsers.Citizen());
        var same = await citizen.Send(Check("演示星河", "网络科技"), Ct);
        (same.State, same.Similar[0].Name).ShouldBe((NameState.Blocked, "郑州演示星河网络科技有限公司"));
        (await citizen.Send(Check("演示新盛", "贸易"), Ct)).ShouldSatisfyAllConditions(
            a => a.State.ShouldBe(NameState.Unsure), a => a.Similar.ShouldContain(s => s.Reason.Contains("读音", StringComparison.Ordinal)));
        (await citizen.Send(Check("槐叶云图", "智能科技"), Ct)).ShouldSatisfyAllConditions(
            a => a.State.ShouldBe(NameState.Free), a => a.Reasons.ShouldBeEmpty());
    }

    [Fact]
    public async Task Scope_phrases_are_found_by_everyday_words()
    {
        (await host.Send(new SearchBusinessScope("小程序"), Ct))[0].Name.ShouldBe("软件开发");
        (await host.Send(new SearchBusinessScope("餐饮服务"), Ct))[0].Kind.ShouldBe(ScopeItemKind.PostLicence);
        (await host.Send(new SearchBusinessScope("比特币"), Ct)).ShouldBeEmpty();
        (await host.Send(new GetBusinessScopeItems(["XK2002", "QQ", "YB1001"]), Ct)).Select(i => i.Code).ShouldBe(["XK2002", "YB1001"]);
        (await host.Send(new GetStandardAddresses("云创园"), Ct)).Count.ShouldBe(3);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static bool IsRight(string code) => CreditCode.TryParse(code, out var parsed) && parsed.SubjectCheckIsRight;

    private static CheckCompanyName Check(string tradeName, string industry) =>
        new() { Region = "郑州", TradeName = tradeName, Industry = industry, Form = "有限公司" };

    public sealed class Host : PortalHost
    {
        protected override void Configure(IDictionary<string, string?> settings) => settings[$"{PortalOptions.Section}:DemoMode"] = "true";
    }
}
