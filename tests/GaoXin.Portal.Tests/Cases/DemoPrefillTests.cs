using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>What the demo registers fill in for the demo persons and the demo enterprise.</summary>
public sealed class DemoPrefillTests(CaseHost host) : IClassFixture<CaseHost>
{
    [Theory]
    [InlineData("remote-treatment-filing", 11)]
    [InlineData("resident-insurance", 12)]
    [InlineData("insurance-relation-transfer", 11)]
    [InlineData("fund-rent-withdrawal", 6)]
    public async Task A_demo_citizen_finds_what_the_registers_know(string code, int known) =>
        (await Prefilled(code, asEnterprise: false)).Count.ShouldBe(known);

    [Fact]
    public async Task A_demo_enterprise_finds_sixteen_of_twenty_fields()
    {
        var known = await Prefilled("employer-insurance", asEnterprise: true);

        known.Count.ShouldBe(16);
        known["employer.name"].ShouldBe((DemoPeople.EnterpriseName, "企业登记库（演示）"));
        known["employer.taxAuthority"].Source.ShouldBe("税务登记库（演示）");
    }

    private async Task<Dictionary<string, (string? Value, string Source)>> Prefilled(string code, bool asEnterprise)
    {
        await host.InScope(s => s.GetServices<IBootstrapStep>().Single(x => x is DemoAccounts).Run(default));
        var account = await host.InScope(s => s.GetRequiredService<IPeople>().FindAccountByIdNumber(DemoPeople.Citizens[0].IdNumber, default));
        var citizen = TestUsers.Citizen(account);
        if (asEnterprise)
            citizen = citizen.ActingFor((await host.As(citizen).Send(new GetMyEnterprises())).Enterprises.Single().Id);
        var draft = await host.As(citizen).Send(new StartCase(code));
        var known = new Dictionary<string, (string?, string)>();
        foreach (var page in (await host.Send(new GetServiceDefinition(code)))!.Pages)
            foreach (var field in (await host.As(citizen).Send(new GetFormPage(draft, page.Id))).Fields.Where(f => f.Value is not null && (f.Origin ?? (object?)f.Use.Computed) is not null))
                known[field.Path] = (field.Value, field.Origin?.Title ?? "计算");
        return known;
    }
}
