using GaoXin.Portal.Catalogue.Scans;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Catalogue.Scans;

public sealed class ScanTests(PortalHost host) : IClassFixture<PortalHost>
{
    private UserSession Editor => host.As(TestUsers.Staff(Roles.CatalogueEditor));

    [Fact]
    public async Task Scans_at_the_same_moment_are_all_counted_in_one_row_a_day()
    {
        var code = await host.InScope(scope => scope.NewItem("elder-card"));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Send(new CountScan(code))));

        (await Editor.Send(new GetScansOf(code))).ShouldBe(new ScanCount(20, 20, 20));
        (await host.InDatabase(db => db.ServiceScans.CountAsync(s => s.Code == code))).ShouldBe(1);
    }

    [Fact]
    public async Task Today_the_last_thirty_days_and_all_days_are_told_apart()
    {
        var code = await host.InScope(scope => scope.NewItem("elder-card"));
        var today = host.Clock.Today();
        await host.Add(
            new ServiceScans { Code = code, Day = today.AddDays(-30), Count = 100 },
            new ServiceScans { Code = code, Day = today.AddDays(-29), Count = 10 });
        await host.Send(new CountScan(code));

        (await Editor.Send(new GetScansOf(code))).ShouldBe(new ScanCount(1, 11, 111));
        (await Editor.Send(new GetScans())).Items.ShouldContain(i => i.Code == code && i.Scans == new ScanCount(1, 11, 111));
    }

    [Fact]
    public async Task A_code_that_is_no_items_leaves_nothing()
    {
        await host.Send(new CountScan("no-such-item"));

        (await host.InDatabase(db => db.ServiceScans.AnyAsync(s => s.Code == "no-such-item"))).ShouldBeFalse();
    }

    [Fact]
    public async Task The_numbers_are_for_those_who_look_after_guides()
    {
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Citizen()).Send(new GetScans()));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Officer()).Send(new GetScansOf("elder-card")));
    }
}
