using System.Text.Json.Nodes;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Catalogue;

public sealed class ServiceGuideTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task An_item_of_the_streets_names_the_centres_before_the_hall()
    {
        var guide = await host.Send(new GetServiceGuide("elder-card"));

        guide.Places.Count.ShouldBeGreaterThan(2);
        guide.Places[0].Place.Kind.ShouldBe(PlaceKind.Centre);
        guide.Badges.ShouldContain("就近办");
    }

    [Fact]
    public async Task An_item_with_a_place_of_its_own_names_its_window_first()
    {
        var guide = await host.Send(new GetServiceGuide("estate-sale-transfer"));

        (guide.Places[0].Place.Code, guide.Places[0].Window).ShouldBe(("hall", "不动产专区"));
        guide.Bring.ShouldBe("带身份证就行");
    }

    [Fact]
    public async Task The_guides_of_the_nine_medical_insurance_items_count_136_fields_of_which_96_are_filled_in()
    {
        string[] nine =
        [
            "employer-insurance", "employee-insurance", "resident-insurance", "employer-insurance-change", "employee-insurance-change",
            "resident-insurance-change", "employer-insurance-query", "insurance-relation-transfer", "remote-treatment-filing",
        ];
        var fields = new List<GuideField>();
        foreach (var code in nine)
            fields.AddRange((await host.Send(new GetServiceGuide(code))).Fields);

        (fields.Count, fields.Count(f => f.Source is not null)).ShouldBe((136, 96));
    }

    [Fact]
    public async Task Telephones_and_remedies_come_from_the_department_unless_the_item_has_its_own()
    {
        var code = await Own("elder-card", item =>
        {
            item["phones"] = new JsonObject { ["consult"] = "0371-60000099" };
            item["remedies"] = new JsonObject { ["review"] = "60 日内向市政府申请" };
        });

        var guide = await host.Send(new GetServiceGuide(code));

        (guide.ConsultPhone, guide.Review).ShouldBe(("0371-60000099", "60 日内向市政府申请"));
        guide.ComplaintPhone.ShouldBe((await host.Send(new GetServiceGuide("elder-card"))).ComplaintPhone);
        guide.Lawsuit.ShouldContain("6 个月");
    }

    [Fact]
    public async Task A_cancelled_item_says_where_to_go_instead()
    {
        var code = await Own("elder-card");
        await Next(code, 2, ItemVersions.Cancel("已经合并", "residence-permit"));

        var guide = await host.Send(new GetServiceGuide(code));

        guide.Service.Cancelled!.Reason.ShouldBe("已经合并");
        guide.Instead!.Code.ShouldBe("residence-permit");
    }

    [Fact]
    public async Task Earlier_versions_stay_readable_and_their_differences_are_told_in_words()
    {
        var code = await Own("elder-card");
        await Next(code, 2, item =>
        {
            item["summary"] = "换了一句话。";
            item["handler"] = "secret-handler";
            item["clock"] = new JsonObject { ["promised_days"] = 1 };
        });

        (await host.Send(new GetServiceVersions(code))).Lines.Select(l => l.Version).ShouldBe([2, 1]);
        (await host.Send(new GetServiceGuide(code, 1))).Service.Summary.ShouldNotBe("换了一句话。");
        var changes = await host.Send(new GetVersionChanges(code, 1, 2));
        changes.ShouldContain(c => c.New == "换了一句话。");
        changes.ShouldContain(c => c.Element.Contains("承诺") && c.Old == "0" && c.New == "1");
        changes.ShouldNotContain(c => c.New.Contains("secret-handler"));
    }

    [Fact]
    public async Task A_version_that_is_not_in_force_yet_is_nobodys_business()
    {
        var code = await Own("elder-card");
        await Next(code, 2, item => item["effective_from"] = "2027-01-01");

        (await host.Send(new GetServiceVersions(code))).Lines.Count.ShouldBe(1);
        await Should.ThrowAsync<NotFoundException>(() => host.Send(new GetServiceGuide(code, 2)));
        await Should.ThrowAsync<NotFoundException>(() => host.Send(new GetVersionChanges(code, 1, 2)));
    }

    [Fact]
    public async Task The_sitemap_lists_what_is_in_force_and_nothing_cancelled()
    {
        var (open, cancelled) = (await Own("elder-card"), await Own("elder-card"));
        await Next(cancelled, 2, ItemVersions.Cancel("不用办了"));

        var codes = (await host.Send(new GetServiceAddresses())).Select(a => a.Code).ToList();

        codes.ShouldContain(open);
        codes.ShouldNotContain(cancelled);
        codes.ShouldBeUnique();
    }

    private Task<string> Own(string like, Action<JsonObject>? change = null) => host.InScope(scope => scope.NewItem(like, change));

    private Task Next(string code, int version, Action<JsonObject> change) => host.InScope(scope => scope.NextVersion(code, version, change));
}
