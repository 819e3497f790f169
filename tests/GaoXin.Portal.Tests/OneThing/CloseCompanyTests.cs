using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.OneThing;
using GaoXin.Portal.Registration;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Registration.Procedures;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.OneThing;

/// <summary>企业注销一件事: taxes first, then the register.</summary>
public sealed class CloseCompanyTests(OneThingHost host) : IClassFixture<OneThingHost>
{
    private const string Code = "close-company-one-thing";

    [Fact]
    public async Task Closing_through_the_bundle_ends_the_company_in_the_register()
    {
        var (firm, bundle) = await Filed(version: null);

        await ApproveAll(firm, bundle);

        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Deregistered);
        (await host.Verify(firm.VerifyCode)).Outcome.ShouldBe(LicenceOutcome.Cancelled);
        (await host.Track(firm.Leader with { ActingForEnterpriseId = null }, bundle)).Standing.ShouldBe(BundleStanding.Done);
    }

    [Fact]
    public async Task A_company_that_announced_too_late_hears_what_blocks_and_not_only_the_warning()
    {
        var firm = await host.NewFirm(sole: true);
        var draft = await host.As(firm.Leader).Send(new StartCase(Code));
        var given = host.Closing(firm).ToDictionary();
        given["close.reason"] = "resolved";
        given["liquidation.announcedOn"] = $"{host.Clock.Today().AddDays(-10):yyyy-MM-dd}";
        given["liquidation.endedOn"] = $"{host.Clock.Today():yyyy-MM-dd}";
        (await host.Page(firm.Leader, draft, "liquidation", [.. given.Select(g => (g.Key, g.Value))])).ShouldHaveSingleItem().Message.ShouldContain("45 天");
    }

    [Fact]
    public async Task What_was_started_as_version_one_goes_on_as_it_was_pinned()
    {
        var (firm, bundle) = await Filed(version: 1);

        await ApproveAll(firm, bundle);

        var member = (await host.Members(bundle))["register"];
        (await host.InDatabase(db => db.Cases.Where(c => c.Id == member.Id).Select(c => c.ServiceVersion).SingleAsync())).ShouldBe(2);
        (await host.Track(firm.Leader, bundle)).Standing.ShouldBe(BundleStanding.Done);
        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Registered, "version 1 knew nothing of the register");
    }

    private async Task<(Firm Firm, Guid Bundle)> Filed(int? version)
    {
        var firm = await host.NewFirm(sole: true);
        var service = await host.Bundle(Code);
        var draft = await host.As(firm.Leader).Send(new StartCase(Code));
        if (version is { } pinned)
            await host.InDatabase(db => db.Cases.Where(c => c.Id == draft).ExecuteUpdateAsync(c => c.SetProperty(x => x.ServiceVersion, pinned)));
        var submitted = await host.File(firm.Leader, service, false, host.Closing(firm));
        submitted.CaseId.ShouldBe(draft);
        await host.Settle();
        return (firm, submitted.CaseId);
    }

    private async Task ApproveAll(Firm firm, Guid bundle)
    {
        var departments = (await host.Bundle(Code)).Bundle!.Members.ToDictionary(m => m.Code, m => m.Department);
        for (var round = 0; round < 4 && (await host.Members(bundle)).Values.Where(m => m.InHand).ToList() is { Count: > 0 } open; round++)
        {
            foreach (var member in open)
                await host.Approve(departments[member.Code], member.Id);
            await host.Settle();
        }

        (await host.Members(bundle)).Values.ShouldAllBe(m => m.Approved);
    }
}
