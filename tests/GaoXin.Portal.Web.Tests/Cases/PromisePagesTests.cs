using System.Net;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Cases;

/// <summary>容缺和承诺 on pages: what is still to come, handing it in, what is to be checked, and which parts of bundles are due.</summary>
public sealed class PromisePagesTests(CaseSite site) : IClassFixture<CaseSite>
{
    private const string Later = "temporary-assistance";
    private const string Material = "difficulty";
    private const string Committed = "public-rental-housing";
    private static readonly byte[] Proof = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();

    /// <summary>Filed with the first choices and the examples of the dictionary; materials of these codes are left out.</summary>
    private async Task<(TestUser Citizen, Guid Id)> Filed(int person, string service, params string[] without)
    {
        var citizen = await site.DemoCitizen(person);
        var id = await site.Send(new StartCase(service), citizen);
        foreach (var task in (await site.Send(new GetTaskList(id), citizen)).Tasks)
        {
            var shown = await site.Send(new GetFormPage(id, task.PageId), citizen);
            foreach (var material in shown.Materials.Where(m => m.Wanted && m.Files.Count == 0 && !without.Contains(m.Material.Code)))
                await site.Send(new UploadAttachment(id, material.Material.Code, "演示.pdf", Proof), citizen);
            var open = shown.Fields.Where(f => f is { Visible: true, ReadOnly: false }).ToList();
            var values = open.Where(f => f.Use.Element.Type != FieldType.Group).ToDictionary(f => f.Path, f => f.Value ?? One(f.Use.Element));
            foreach (var (group, column) in open.Where(f => f.Use.Element.Type == FieldType.Group).SelectMany(f => f.Use.Columns.Select(c => (f, c))))
                values[$"{group.Path}/r1/{column.Key}"] = One(column.Element);
            await site.Send(new SaveFormPage { CaseId = id, PageId = task.PageId, Version = shown.Version, Values = values }, citizen);
        }

        var check = await site.Send(new GetCaseCheck(id), citizen);
        check.Problems.Select(p => $"{p.Path}: {p.Message}").ShouldBeEmpty();
        await site.Send(new SubmitCase(id, check.ContentHash), citizen);
        return (citizen, id);
    }

    private string? One(DataElement element) => element.Type switch
    {
        FieldType.YesNo or FieldType.Commitment => "yes",
        FieldType.SingleChoice or FieldType.MultipleChoice => element.Choices[0].Value,
        FieldType.Date => site.Clock.Today().ToString("yyyy-MM-dd", null),
        FieldType.Division => "410172560",
        FieldType.Mobile or FieldType.Telephone => "13800000000",
        _ => element.Example,
    };

    [Fact]
    public async Task The_applicant_finds_what_is_still_to_come_and_hands_it_in()
    {
        var (citizen, id) = await Filed(3, Later, Material);
        var browser = site.Browse(citizen);
        var later = (await browser.Get($"/cases/{id}")).ShouldBeOk().Document.QuerySelector($"a[href='/cases/{id}/later/{Material}']").ShouldNotBeNull();
        later.TextContent.ShouldContain("补交");

        var page = (await browser.Get($"/cases/{id}/later/{Material}")).ShouldBeOk();
        page.MainText.ShouldNotContain("交齐了");
        (await page.Form("main form").Submit("上传")).ShouldBe(HttpStatusCode.UnprocessableEntity).MainText.ShouldContain("请选择文件");
        await site.Send(new UploadAttachment(id, Material, "证明.pdf", Proof), citizen);
        var done = await (await browser.Get($"/cases/{id}/later/{Material}")).ShouldBeOk().Form("form[action*=HandIn]").Submit("交齐了");

        done.Path.ShouldBe($"/cases/{id}");
        done.MainText.ShouldContain("您补交了材料");
        (await browser.Get($"/cases/{id}/later/{Material}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nobody_else_hands_in_and_only_officers_of_the_department_see_the_list()
    {
        var (_, id) = await Filed(1, Later, Material);
        var path = $"/cases/{id}/later/{Material}";

        (await site.Browse(await site.DemoCitizen(2)).Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await site.Browse(TestUsers.Officer("civil-affairs")).Get(path)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await site.Browse(TestUsers.Officer("civil-affairs")).Get("/staff/promises")).ShouldBeOk().MainText.ShouldContain("遇到困难的证明");
        (await site.Browse(TestUsers.Officer("health")).Get("/staff/promises")).ShouldBeOk().MainText.ShouldContain("没有等补交的材料");
        (await site.Browse(TestUsers.Staff(Roles.HallManager)).Get("/staff/promises")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_officer_records_what_a_check_found_and_is_asked_for_words_and_a_result()
    {
        var (citizen, id) = await Filed(2, Committed);
        var department = (await site.Send(new GetServiceDefinition(Committed), TestUsers.Anonymous))!.Department;
        var officer = TestUsers.Officer(department);
        await site.Send(new ClaimCase(id), officer);
        await site.Send(new AcceptCase(id), officer);
        await site.Send(new DecideCase { CaseId = id, Decision = CaseAction.Approve }, officer);
        await site.DrainOutbox();
        var browser = site.Browse(officer);
        var line = (await site.Send(new GetPromises { Kind = PromiseKind.Commitment }, officer)).Items.First(p => p.CaseId == id);
        (await browser.Get("/staff/promises?kind=Commitment")).ShouldBeOk().Document.QuerySelector($"a[href='/staff/promises/{line.Id}']").ShouldNotBeNull();

        var refused = await (await browser.Get($"/staff/promises/{line.Id}")).ShouldBeOk().Form("main form").Fill("Finding", "没查").Submit("记下");
        refused.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.ErrorOf("Kept").ShouldContain("请选核查结果");
        refused.ErrorOf("Finding").ShouldContain("10 到 300 个字");
        var done = await refused.Form("main form").Choose("Kept", "false").Fill("Finding", "查了住房登记，名下另有一套。").Submit("记下");

        done.Path.ShouldBe("/staff/promises");
        done.MainText.ShouldContain("承诺没有兑现");
        (await site.Browse(citizen).Get($"/cases/{id}")).ShouldBeOk().MainText.ShouldContain("名下另有一套");
        (await browser.Get($"/staff/promises/{line.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await site.Browse(TestUsers.Officer("health")).Get($"/staff/promises/{line.Id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_warning_list_is_for_supervision()
    {
        (await site.Browse(TestUsers.Staff(Roles.HallManager)).Get("/staff/bundles?within=5")).ShouldBeOk().MainText.ShouldContain("一件事预警");
        (await site.Browse(TestUsers.Staff(Roles.Auditor)).Get("/staff/bundles?within=77&after=x.y")).ShouldBeOk();
        (await site.Browse(TestUsers.Staff(Roles.SeniorOfficer)).Get("/staff/bundles")).ShouldBeOk().Document.QuerySelector("#department").ShouldBeNull();
        (await site.Browse(TestUsers.Officer()).Get("/staff/bundles")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
