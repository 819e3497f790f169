using GaoXin.Portal.Catalogue;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Catalogue;

/// <summary>The totals of the fact pack: what the dashboards and the public promise rest on.</summary>
public sealed class CatalogueTotalsTests(PortalHost host) : IClassFixture<PortalHost>
{
    private static readonly string[] MedicalInsurance =
    [
        "单位参保登记", "职工参保登记", "城乡居民参保登记", "单位参保信息变更登记", "职工参保信息变更登记", "城乡居民参保信息变更登记",
        "参保单位参保信息查询", "基本医疗保险关系转移接续", "异地就医备案",
    ];

    /// <summary>What a bank or a utility does for its customers is a part of bundles, not an item of government.</summary>
    private static readonly string[] OfEnterprises = ["bank-account-opening", "water-account-transfer", "power-account-transfer", "gas-account-transfer"];

    [Fact]
    public async Task There_are_180_items_with_the_handling_levels_and_promises_of_the_fact_pack()
    {
        var items = await Items();

        items.Count.ShouldBe(180);
        items.Select(i => i.Title).Distinct().Count().ShouldBe(180);
        items.Count(i => i.Nature.Handling == Handling.Instant).ShouldBe(62);
        items.Count(i => i.Nature.Handling == Handling.Promise && i.Clock.PromisedDays <= 3).ShouldBe(27);
        items.GroupBy(i => i.Nature.Level).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))
            .ShouldBe([(ItemLevel.District, 141), (ItemLevel.Street, 37), (ItemLevel.Community, 2)]);
        items.ShouldAllBe(i => i.Clock.StatutoryDays == null || i.Clock.PromisedDays <= i.Clock.StatutoryDays);
    }

    [Fact]
    public async Task Every_guide_is_complete_and_says_that_it_is_an_illustration()
    {
        foreach (var item in await Items())
        {
            item.Aliases.Count.ShouldBeGreaterThanOrEqualTo(2, item.Title);
            item.Guide.Conditions.ShouldNotBeEmpty(item.Title);
            item.Guide.Steps.Count.ShouldBeInRange(2, 5, item.Title);
            item.Guide.Questions.ShouldNotBeEmpty(item.Title);
            item.Guide.LegalBasis.ShouldNotBeEmpty(item.Title);
            item.LifeEvents.ShouldNotBeEmpty(item.Title);
            item.Results.ShouldNotBeEmpty(item.Title);
            item.Illustrative.ShouldBeTrue(item.Title);
            ItemWarnings.Of(item).ShouldBeEmpty(item.Title);
        }
    }

    [Fact]
    public async Task Cancelled_items_say_why_and_lead_to_an_item_in_force()
    {
        var all = await All();
        var (open, cancelled) = (all.Where(i => i.Cancelled is null).Select(i => i.Code).ToHashSet(), all.Where(i => i.Cancelled is not null).ToList());

        cancelled.Count.ShouldBe(5);
        cancelled.ShouldAllBe(i => !i.Online && i.Cancelled!.Basis.Length > 0 && open.Contains(i.Cancelled.Redirect!));
    }

    [Fact]
    public async Task Nine_medical_insurance_items_ask_136_fields_of_which_96_are_known_already()
    {
        var fields = (await Nine()).SelectMany(Fields).ToList();
        var known = fields.Count(f => f.Known);

        (fields.Count, known).ShouldBe((136, 96));
        (Math.Truncate(known * 10000m / fields.Count) / 100).ShouldBe(70.58m);
    }

    [Fact]
    public async Task Their_eighteen_papers_of_six_categories_are_waived()
    {
        var papers = (await Nine()).SelectMany(i => i.Materials).ToList();

        papers.ShouldAllBe(p => !p.IsBrought);
        papers.GroupBy(p => p.Category).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.Count()))
            .ShouldBe([("身份证", 7), ("申请表", 4), ("营业执照", 3), ("户口簿", 2), ("参保凭证", 1), ("居住证", 1)], ignoreOrder: true);
        papers.Count.ShouldBe(18);
    }

    /// <summary>What a form asks: its pages when it is online, else the list of the guide. A telephone number of the account is the applicant's own.</summary>
    private static IEnumerable<(string Name, bool Known)> Fields(ServiceDefinition item) => item.Pages.Count == 0
        ? item.FormFields.Select(f => (f.Name, f.Source is not null))
        : item.AllFields().Where(f => f.Element.Type != FieldType.Commitment).Select(f => (f.Key, f.Computed is not null || f.Prefill is { Source: not "account" }));

    private async Task<List<ServiceDefinition>> Nine()
    {
        var nine = (await Items()).Where(i => MedicalInsurance.Contains(i.Title)).ToList();
        nine.Count.ShouldBe(9);
        return nine;
    }

    private async Task<List<ServiceDefinition>> Items() => [.. (await All()).Where(i => i.Cancelled is null && !OfEnterprises.Contains(i.Code))];

    private async Task<List<ServiceDefinition>> All()
    {
        var items = new List<ServiceDefinition>();
        foreach (var (code, _) in SeedFiles.Services)
            items.Add((await host.Send(new GetServiceDefinition(code))).ShouldNotBeNull());
        return items;
    }
}
