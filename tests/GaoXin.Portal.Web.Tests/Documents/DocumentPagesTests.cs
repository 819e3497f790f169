using System.Net;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Tests.Staff;

namespace GaoXin.Portal.Web.Tests.Documents;

public sealed class DocumentPagesTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    [Fact]
    public async Task The_applicant_reads_the_form_in_full_and_who_signed_it()
    {
        var filed = await (await web.NewDesk()).File();
        var page = (await web.Browse(filed.Applicant.User).Get($"/cases/{filed.Id}/documents/application")).ShouldBeOk();
        page.MainText.ShouldContain(filed.Applicant.IdNumber);
        page.MainText.ShouldContain("实名账号签名");
        page.MainText.ShouldContain("内容校验码");
        page.Document.QuerySelectorAll("main h1").Length.ShouldBe(1);
    }

    [Fact]
    public async Task An_officer_of_the_department_reads_it_masked()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File();
        var page = (await web.Browse(desk.Officer()).Get($"/staff/work/{filed.Id}/documents/application")).ShouldBeOk();
        page.MainText.ShouldContain(Masking.IdNumber(filed.Applicant.IdNumber));
        foreach (var hidden in (string[])[filed.Applicant.Name, filed.Applicant.IdNumber, filed.Applicant.Phone])
            page.MainText.ShouldNotContain(hidden);
    }

    [Fact]
    public async Task Nobody_else_reads_it_and_an_unknown_one_is_not_there()
    {
        var (desk, other) = (await web.NewDesk(), await web.NewDesk());
        var filed = await desk.File();
        (await web.Browse((await web.NewApplicant()).User).Get($"/cases/{filed.Id}/documents/application")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(filed.Applicant.User).Get($"/cases/{filed.Id}/documents/no-such")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(other.Officer()).Get($"/staff/work/{filed.Id}/documents/application")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await web.Browse(desk.Officer()).Get($"/cases/{filed.Id}/documents/application")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await web.Browse().Get($"/cases/{filed.Id}/documents/application")).Path.ShouldBe("/sign-in");
    }
}
