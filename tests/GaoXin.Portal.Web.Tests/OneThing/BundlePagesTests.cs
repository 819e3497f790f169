using System.Net;
using System.Text;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Tests.Cases;

namespace GaoXin.Portal.Web.Tests.OneThing;

/// <summary>一件事 on its pages: the guide, the merged form, the check, the track page and the staff's connectors.</summary>
public sealed class BundlePagesTests(CaseSite site) : IClassFixture<CaseSite>
{
    private const string Code = "utilities-one-thing";

    private async Task<(TestUser Citizen, Guid Id)> Filled(int index)
    {
        var citizen = await site.DemoCitizen(index);
        var id = await site.Send(new StartCase(Code), citizen);
        await Save("situation", ("connection.kinds", "water"));
        await Save("applicant", ("agent.name", "演示甲"), ("agent.phone", "13800000000"));
        await Save("site", ("connection.site", "郑州高新区科学大道 000 号"), ("connection.use", "business"), ("survey.day", site.Clock.Today().AddDays(3).ToString("yyyy-MM-dd", null)));
        await Save("need", ("water.pipe", "dn20"), ("water.daily", "5"));
        await Save("commitment", ("commitment.truthful", "yes"));
        return (citizen, id);

        async Task Save(string page, params (string, string?)[] values)
        {
            var task = (await site.Send(new GetTaskList(id), citizen)).Tasks.First(t => t.PageId == page || t.PageId.EndsWith("-" + page, StringComparison.Ordinal)).PageId;
            var shown = await site.Send(new GetFormPage(id, task), citizen);
            var saved = await site.Send(new SaveFormPage { CaseId = id, PageId = task, Version = shown.Version, Values = values.ToDictionary(v => v.Item1, v => v.Item2) }, citizen);
            saved.Problems.Select(p => $"{p.Path}: {p.Message}").ShouldBeEmpty(page);
        }
    }

    [Fact]
    public async Task The_guide_shows_the_members_and_what_is_saved_and_the_home_page_leads_to_it()
    {
        (await site.Browse().Get("/services")).ShouldBeOk();
        (await site.Browse().Get("/")).ShouldBeOk().Document.QuerySelector($"a[href='/services/{Code}']").ShouldNotBeNull();
        var guide = (await site.Browse().Get($"/services/{Code}")).ShouldBeOk().Document;
        foreach (var member in (string[])["water-connection", "low-voltage-power", "gas-connection", "heat-connection"])
            guide.QuerySelector($"main a[href='/services/{member}']").ShouldNotBeNull(member);
        var rows = guide.QuerySelectorAll(".gx-table tbody tr").Select(r => r.TextContent).ToList();
        rows.Count.ShouldBe(4);
        rows[2].ShouldContain("8 次");
        rows[3].ShouldContain("37 个工作日");
    }

    [Fact]
    public async Task A_page_says_who_gets_its_answers_and_the_check_what_is_filed()
    {
        var (citizen, id) = await Filled(1);

        var form = (await site.Browse(citizen).Get($"/cases/{id}/form/situation")).ShouldBeOk();
        form.Document.QuerySelector("h1")!.TextContent.ShouldContain("情况");
        var check = (await site.Browse(citizen).Get($"/cases/{id}/check")).ShouldBeOk().Document;
        check.QuerySelector("#plan")!.ParentElement!.QuerySelectorAll(".gx-tasklist li").Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_track_page_shows_every_member_to_the_applicant_and_nothing_to_a_stranger()
    {
        var (citizen, id) = await Filled(2);
        var check = await site.Send(new GetCaseCheck(id), citizen);
        check.Problems.Select(p => p.Message).ShouldBeEmpty();
        await site.Send(new SubmitCase(id, check.ContentHash), citizen);

        var page = (await site.Browse(citizen).Get($"/cases/{id}")).ShouldBeOk().Document;

        var member = page.QuerySelectorAll("#members").Single().ParentElement!.QuerySelectorAll("li").Single();
        member.TextContent.ShouldContain("用水报装");
        var part = member.QuerySelector("a")!.GetAttribute("href")!;
        (await site.Browse(citizen).Get(part)).ShouldBeOk().Document.QuerySelector($"a[href='/cases/{id}']").ShouldNotBeNull();
        var stranger = site.Browse(await site.DemoCitizen(3));
        (await stranger.Get($"/cases/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.Get(part)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await site.Browse(citizen).Get("/cases")).ShouldBeOk().Document.QuerySelector($"a[href='{part}']").ShouldBeNull("the whole stands for its parts");
    }

    [Fact]
    public async Task Only_the_right_staff_see_the_connectors()
    {
        (await site.Browse(TestUsers.Officer()).Get("/staff/connectors")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await site.Browse(await site.DemoCitizen(0)).Get("/staff/connectors")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await site.Browse(TestUsers.Staff(Roles.SystemAdministrator)).Get("/staff/connectors")).ShouldBeOk();
    }

    [Fact]
    public async Task An_answer_without_a_signature_is_not_taken()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/parties/water/answers") { Content = content };
        (await site.Browse().Send(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
