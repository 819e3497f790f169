using System.Net;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Cases;

/// <summary>帮办 on pages, by plain forms: ask, agree, fill in for somebody, take back, hand over.</summary>
public sealed class HelpPagesTests(CaseSite site) : IClassFixture<CaseSite>
{
    private const string Service = "public-rental-housing";

    private Task<TestUser> Helper(string account) => site.InScope(async services =>
    {
        var people = (IPeople)services.GetService(typeof(IPeople))!;
        var id = (await people.FindStaffAccount(account, CancellationToken.None))!.Value;
        return TestUsers.Staff(Roles.Helper) with { Id = id, DepartmentCode = "service-hall", DisplayName = (await people.Find(id, CancellationToken.None))!.Name! };
    });

    private async Task<(TestUser Citizen, TestUser Helper, TestUser Other, Guid Case)> Helped(int person)
    {
        var citizen = await site.DemoCitizen(person);
        var id = await site.Send(new StartCase(Service), citizen);
        var asked = await (await site.Browse(citizen).Get($"/cases/{id}/help")).ShouldBeOk().Form("form[action*=Ask]").Submit("请一位帮办员");
        asked.ShouldBeOk().MainText.ShouldContain("您的帮办员");
        var (one, other) = (await Helper("helper"), await Helper("helper-b"));
        return asked.MainText.Contains("演示帮办员乙", StringComparison.Ordinal) ? (citizen, other, one, id) : (citizen, one, other, id);
    }

    [Fact]
    public async Task An_applicant_asks_agrees_and_takes_it_back_and_the_helper_fills_in_between()
    {
        var (citizen, helper, other, id) = await Helped(0);
        var (mine, desk) = (site.Browse(citizen), site.Browse(helper));
        (await mine.Get($"/cases/{id}/tasks")).ShouldBeOk().Document.QuerySelector("a[href^='tel:0371']").ShouldNotBeNull();
        (await desk.Get($"/staff/help/{id}")).ShouldBeOk().MainText.ShouldContain("申请人还没同意");
        (await desk.Get($"/cases/{id}/tasks")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await (await mine.Get($"/cases/{id}/help")).Form("form[action*=Agree]").Submit()).ShouldBeOk().MainText.ShouldContain("收回同意");
        (await desk.Get($"/cases/{id}/tasks")).Path.ShouldBe($"/staff/help/{id}", "a look comes first");
        var both = helper with { Roles = [Roles.Helper, Roles.WindowClerk] };
        (await site.Browse(both).Get($"/cases/{id}/tasks")).Path.ShouldBe($"/staff/help/{id}", "a window passes on what it did not file");
        var tasks = await (await desk.Get($"/staff/help/{id}")).Form("form[action*=Open]").Submit("打开申请表");
        tasks.Path.ShouldBe($"/cases/{id}/tasks");
        tasks.MainText.ShouldContain("您在替申请人填");
        tasks.Document.QuerySelector($"a[href='/cases/{id}/check']").ShouldBeNull();
        var form = (await desk.Get(tasks.Document.QuerySelector(".gx-tasklist a")!.GetAttribute("href")!)).ShouldBeOk();
        form.MainText.ShouldContain("您在替申请人填");
        form.Document.QuerySelector("button[value^=dispute]").ShouldBeNull();
        (await form.Form("main form").Submit("保存并退出")).Path.ShouldBe($"/cases/{id}/tasks");
        (await desk.Get($"/cases/{id}/check")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await site.Browse(other).Get($"/cases/{id}/tasks")).Status.ShouldBe(HttpStatusCode.NotFound);

        await (await mine.Get($"/cases/{id}/help")).Form("form[action*=End]").Submit("收回同意");
        var late = await form.Form("main form").Submit("保存并退出");
        late.Path.ShouldBe($"/staff/help/{id}");
        late.MainText.ShouldContain("申请人还没同意，或者收回了");
    }

    [Fact]
    public async Task The_desk_tells_the_telephone_once_and_hands_over()
    {
        var (citizen, helper, other, id) = await Helped(1);
        var desk = site.Browse(helper);
        var before = (await desk.Get($"/staff/help/{id}")).ShouldBeOk();
        before.MainText.ShouldNotContain(DemoPeople.Citizens[1].Phone);

        (await before.Form("form[action*=Reveal]").Submit()).ShouldBeOk().MainText.ShouldContain(DemoPeople.Citizens[1].Phone);
        (await desk.Get($"/staff/help/{id}")).ShouldBeOk().MainText.ShouldNotContain(DemoPeople.Citizens[1].Phone);
        (await before.Form("form[action*=HandOver]").Submit("转给同事")).Path.ShouldBe("/staff/help");

        (await desk.Get($"/staff/help/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await site.Browse(other).Get("/staff/help")).ShouldBeOk().Document.QuerySelector($"a[href='/staff/help/{id}']").ShouldNotBeNull();
        (await site.Browse(citizen).Get($"/cases/{id}/help")).ShouldBeOk().MainText.ShouldContain(other.DisplayName);
    }

    [Fact]
    public async Task A_helper_mends_the_own_duty_and_only_the_hall_manager_sees_the_roster()
    {
        var helper = TestUsers.Staff(Roles.Helper) with { DepartmentCode = "service-hall", DisplayName = "演示帮办员丙" };
        var desk = site.Browse(helper);
        var wrong = await (await desk.Get("/staff/help")).ShouldBeOk().Form("main form").Fill("Command.Phone", "123").Fill("Command.Capacity", "0").Submit("保存");
        wrong.ShouldBe(HttpStatusCode.UnprocessableEntity);
        wrong.ErrorOf("Command.Phone").ShouldContain("工作电话");
        wrong.ErrorOf("Command.Capacity").ShouldContain("1 到 200");
        (await wrong.Form("main form").Fill("Command.Phone", "0371-60001089").Fill("Command.Capacity", "5").Choose("Command.OnDuty", "false").Submit("保存")).Path.ShouldBe("/staff/help");

        (await site.Browse(TestUsers.Staff(Roles.HallManager)).Get("/staff/help/roster")).ShouldBeOk().MainText.ShouldContain("演示帮办员丙");
        (await desk.Get("/staff/help/roster")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await site.Browse(TestUsers.Officer()).Get("/staff/help")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
