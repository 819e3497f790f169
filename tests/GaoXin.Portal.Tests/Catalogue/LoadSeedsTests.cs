using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Persistence.Seeds;
using GaoXin.Portal.TestKit;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Catalogue;

/// <summary>A host over a folder of definitions that the test may change.</summary>
public sealed class SeedsHost : PortalHost
{
    internal SeedsFolder Seeds { get; } = new();

    protected override void Configure(IDictionary<string, string?> settings) =>
        settings[$"{PortalOptions.Section}:{nameof(PortalOptions.SeedsPath)}"] = Seeds.Folder;

    public Task<int> Load() => InScope(s => s.GetRequiredService<SeedLoader>().Load(TestContext.Current.CancellationToken));
}

public sealed class LoadSeedsTests(SeedsHost host) : IClassFixture<SeedsHost>
{
    [Fact]
    public async Task The_company_service_comes_back_as_it_was_written()
    {
        await host.Load();

        var service = await host.Send(new GetServiceDefinition("company-setup"));

        service.ShouldNotBeNull().Title.ShouldBe("公司设立登记");
        service.Pages.Count.ShouldBe(8);
        service.AllFields().Single(f => f.Key == "shareholder.dueDate").Prefill!.Value.ShouldNotBeNull();
        service.AllFields().Single(f => f.Key == "legalRep.from").ChoicesFrom!.Group.ShouldBe("shareholders");
        service.Hash.Length.ShouldBe(64);
    }

    [Fact]
    public async Task Loading_twice_changes_nothing()
    {
        await host.Load();
        // Only a comment: the folder is another one, its meaning is not.
        host.Seeds.Write("themes.yaml.txt", "x");
        host.Seeds.Write("reference/themes.yaml", host.Seeds.Read("reference/themes.yaml") + "# nothing new\n");

        (await host.Load()).ShouldBe(0);
    }

    [Fact]
    public async Task A_loaded_version_with_another_content_is_refused_with_the_place()
    {
        var file = Copy("changed-service", "2024-07-01");
        await host.Load();
        host.Seeds.Replace(file, "  visits: 0", "  visits: 1");

        var refused = await Should.ThrowAsync<SeedFaultsException>(host.Load);

        refused.Faults.ShouldHaveSingleItem().ToString().ShouldContain($"seeds/{file}:3: Version 1 of \"changed-service\"");
        host.Seeds.Replace(file, "  visits: 1", "  visits: 0");
    }

    [Fact]
    public async Task A_version_of_the_future_comes_into_force_without_a_restart()
    {
        var today = host.Clock.Today();
        Copy("future-service", "2024-07-01");
        var second = Copy("future-service", today.AddDays(2).ToString("yyyy-MM-dd"), 2);
        await host.Load();
        (await host.Send(new GetServiceDefinition("future-service")))!.Version.ShouldBe(1);

        host.Clock.Advance(TimeSpan.FromDays(2));

        (await host.Send(new GetServiceDefinition("future-service")))!.Version.ShouldBe(2);
        (await host.Send(new GetServiceDefinition("future-service", 1)))!.Version.ShouldBe(1);
        second.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_calendar_knows_the_longest_holiday_of_2026()
    {
        await host.Load();

        var calendar = await host.Send(new GetWorkingCalendar());

        calendar.AddWorkingDays(new DateOnly(2026, 2, 14), 1).ShouldBe(new DateOnly(2026, 2, 24));
        calendar.IsEstimated(new DateOnly(2027, 1, 4)).ShouldBeTrue();
        calendar.IsEstimated(new DateOnly(2026, 1, 4)).ShouldBeFalse();
    }

    [Fact]
    public async Task Every_service_has_a_group_of_the_hall_and_every_zone_a_lead()
    {
        await host.Load();

        var hall = await host.Send(new GetZones());

        hall.Zones.Count.ShouldBe(15);
        hall.Zones.ShouldAllBe(z => z.Lead.Length > 0 && z.Windows.Count > 0 && z.Groups.Count > 0);
        hall.GroupOf("estate-sale-transfer", "real-estate-registration").ShouldNotBeNull().Code.ShouldBe("estate-transfer");
        hall.GroupOf("estate-correction", "real-estate-registration").ShouldNotBeNull().Code.ShouldBe("estate-other");
        foreach (var department in await host.Send(new GetDepartments()))
            hall.GroupOf("any", department.Code).ShouldNotBeNull(department.Code);
    }

    [Fact]
    public async Task Rules_are_in_force_by_the_day_of_the_application()
    {
        await host.Load();

        (await host.Send(new GetRuleSet("company-setup", new DateOnly(2026, 1, 1)))).ShouldNotBeNull().Rules.Count.ShouldBeGreaterThan(10);
        (await host.Send(new GetRuleSet("company-setup", new DateOnly(2023, 1, 1)))).ShouldBeNull();
    }

    [Fact]
    public async Task Many_instances_that_load_at_once_store_everything_once()
    {
        Copy("raced-service", "2024-07-01");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.Load()));

        (await host.InDatabase(db => db.ServiceVersions.CountAsync(v => v.Code == "raced-service"))).ShouldBe(1);
    }

    private string Copy(string code, string effectiveFrom, int version = 1)
    {
        var text = host.Seeds.Read("services/individual-business-setup/1.yaml")
            .Replace("code: individual-business-setup", $"code: {code}", StringComparison.Ordinal)
            .Replace("version: 1", $"version: {version}", StringComparison.Ordinal)
            .Replace("effective_from: 2024-07-01", $"effective_from: {effectiveFrom}", StringComparison.Ordinal);
        host.Seeds.Write($"services/{code}/{version}.yaml", text);
        return $"services/{code}/{version}.yaml";
    }
}
