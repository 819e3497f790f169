using System.Text.RegularExpressions;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Catalogue;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Identity;

public sealed class DemoHost : PortalHost
{
    protected override void Configure(IDictionary<string, string?> settings) => settings["Portal:DemoMode"] = "true";
}

public sealed class DemoAccountsTests(DemoHost host) : IClassFixture<DemoHost>
{
    [Fact]
    public async Task Loading_the_demo_accounts_twice_changes_nothing_and_they_can_sign_in()
    {
        await Load();
        var users = await host.InDatabase(db => db.Users.CountAsync());
        await Load();
        (await host.InDatabase(db => db.Users.CountAsync())).ShouldBe(users);
        var outcome = await host.Send(new SignInStaff { AccountName = "officer", Password = DemoPeople.Password });
        outcome.MustEnrol.ShouldBeFalse();
        var code = Totp.Code(DemoPeople.TotpSecret, host.Clock.GetUtcNow());
        (await host.Send(new ConfirmStaffCode { AccountId = outcome.AccountId!.Value, Code = code })).AccountId.ShouldBe(outcome.AccountId);
    }

    /// <summary>What an outside party decides needs nobody at a desk here.</summary>
    [Fact]
    public void Every_department_that_decides_online_has_an_officer() =>
        SeedFiles.Services.Select(s => s.Content).Where(c => c.Contains("\npages:\n", StringComparison.Ordinal) && !c.Contains("\nparty:", StringComparison.Ordinal))
            .Select(c => Regex.Match(c, "^department: (.+)$", RegexOptions.Multiline).Groups[1].Value.Trim()).Distinct()
            .Except(DemoPeople.Staff.Where(s => s.Role == Roles.Officer).Select(s => s.Department)).ShouldBeEmpty();

    [Fact]
    public async Task The_code_of_a_demo_citizen_is_shown_by_the_simulator_which_masks_the_number()
    {
        await Load();
        await host.Send(new RequestSignInCode { Phone = DemoPeople.Citizens[0].Phone });
        await host.DrainOutbox();
        var message = (await host.Send(new GetDemoMessages())).First();
        message.Phone.ShouldBe(Masking.Mobile(DemoPeople.Citizens[0].Phone));
        message.Text.ShouldContain("登录验证码");
    }

    [Fact]
    public async Task The_leader_and_the_agent_of_the_demo_enterprise_act_for_it()
    {
        await Load();
        foreach (var person in DemoPeople.Citizens.Take(2))
        {
            var id = await host.InScope(s => s.GetRequiredService<IPeople>().FindAccountByIdNumber(person.IdNumber, default));
            (await host.As(TestUsers.Citizen(id)).Send(new GetMyEnterprises())).Enterprises.Single().Name.ShouldBe(DemoPeople.EnterpriseName);
        }
    }

    [Fact]
    public void Every_demo_person_is_an_adult_with_a_right_id_number() =>
        DemoPeople.Citizens.ShouldAllBe(c => IsAdult(c.IdNumber));

    private static bool IsAdult(string number) => ResidentId.TryParse(number, out var id) && id.AgeOn(new DateOnly(2026, 11, 22)) >= 18;

    private Task Load() => host.InScope(s => s.GetServices<IBootstrapStep>().Single(x => x is DemoAccounts).Run(default));
}
