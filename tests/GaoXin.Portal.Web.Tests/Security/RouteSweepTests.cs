using System.Net;
using System.Text;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Tests.Staff;

namespace GaoXin.Portal.Web.Tests.Security;

/// <summary>Every page of the program against strangers: not signed in, signed in as somebody else, without the form's token.</summary>
public sealed class RouteSweepTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    /// <summary>What anybody may open. A page that joins this list is a decision, not an accident.</summary>
    private static readonly string[] Public =
    [
        "",
        "accessibility",
        "appointments",
        "appointments/draws/{id:guid}",
        "appointments/fairness",
        "appointments/time",
        "complaints",
        "complaints/look-up",
        "complaints/new",
        "complaints/outcomes",
        "complaints/{number}",
        "complaints/{number}/withdraw",
        "demo/people",
        "demo/sms",
        "deregistration-notices",
        "deregistration-notices/{id:guid}",
        "developers",
        "error/{code:int}",
        "evaluations",
        "evaluations/follow-up/{token}",
        "evaluations/rate/{token}",
        "evaluations/start",
        "evaluations/windows/{number:int}",
        "hall",
        "hall/arrive",
        "hall/check-in",
        "hall/display/{zone?}",
        "hall/draw",
        "hall/kiosk",
        "hall/tickets/{code}",
        "Index",
        "places",
        "privacy",
        "services",
        "services/{code}",
        "services/{code}/versions",
        "services/{code}/versions/{version:int}",
        "sign-in",
        "sign-in/code",
        "sign-in/passkey",
        "sign-in/provider",
        "sign-out",
        "sitemap",
        "staff/sign-in",
        "staff/sign-in/authenticator",
        "staff/sign-in/code",
        "staff/sign-in/password",
        "styleguide",
        "verify/{code?}",
    ];

    private static readonly Guid Nowhere = Guid.CreateVersion7();

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_from_every_page_that_is_not_public()
    {
        var pages = await Routes.Of(web);
        pages.Where(p => p.IsPublic).Select(p => p.Template.Trim('/')).Except(Public, StringComparer.OrdinalIgnoreCase).ShouldBeEmpty();
        foreach (var page in pages.Where(p => !p.IsPublic))
        {
            foreach (var (method, handler) in page.Handlers)
            {
                var answer = await web.Browse().Send(new HttpRequestMessage(new HttpMethod(method), page.Address(Nowhere, Nowhere, handler)));
                answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, $"{method} {page.Template} {handler}");
                answer.Headers.Location!.ToString().ShouldContain("/sign-in", customMessage: page.Template);
            }
        }
    }

    [Fact]
    public async Task A_citizen_gets_no_page_of_staff_before_anything_of_it_runs()
    {
        foreach (var page in (await Routes.Of(web)).Where(p => p.Template.StartsWith("staff", StringComparison.OrdinalIgnoreCase) && !p.IsPublic))
        {
            var before = web.Statements.All.Count;
            var answer = await web.Browse(TestUsers.Citizen()).Send(new HttpRequestMessage(HttpMethod.Get, page.Address(Nowhere, Nowhere)));
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, page.Template);
            web.Statements.All.Skip(before).Where(s => s.Contains("cases.", StringComparison.Ordinal) || s.Contains("staff_members", StringComparison.Ordinal)).ShouldBeEmpty(page.Template);
        }
    }

    [Fact]
    public async Task No_form_is_taken_without_its_token()
    {
        foreach (var page in await Routes.Of(web))
        {
            if (page.Template.StartsWith("error", StringComparison.Ordinal))
                continue;
            var user = page.Template.StartsWith("staff", StringComparison.OrdinalIgnoreCase) ? TestUsers.Officer() : TestUsers.Citizen();
            foreach (var (method, handler) in page.Handlers.Where(h => h.Method == "Post"))
            {
                using var content = new FormUrlEncodedContent([new("version", "0")]);
                var answer = await web.Browse(user).Send(new HttpRequestMessage(new HttpMethod(method), page.Address(Nowhere, Nowhere, handler)) { Content = content });
                answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{page.Template} {handler}");
            }
        }
    }

    [Fact]
    public async Task Somebody_elses_ids_are_not_found_on_any_page_with_any_verb()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File(proof: true);
        var file = (await web.Send(new GetCaseForReview(filed.Id), desk.Officer())).Materials.SelectMany(m => m.Files).Single().Id;
        var strangers = new (TestUser User, Func<PageRoute, bool> Tries)[]
        {
            ((await web.NewApplicant()).User, p => !p.Template.StartsWith("staff", StringComparison.OrdinalIgnoreCase)),
            (TestUsers.Officer("elsewhere"), _ => true),
            (TestUsers.Staff(Roles.Auditor), _ => true),
        };
        foreach (var (user, tries) in strangers)
        {
            var browser = web.Browse(user);
            var token = (await browser.Get("/verify")).Form().Value("__RequestVerificationToken");
            foreach (var page in (await Routes.Of(web)).Where(p => p.Template.Contains("{id", StringComparison.Ordinal) && !p.Template.Contains("name-advice", StringComparison.Ordinal)).Where(tries))
            {
                foreach (var (method, handler) in page.Handlers)
                {
                    if (method == "Get" && page.Template.EndsWith("autosave", StringComparison.Ordinal))
                        continue;
                    using var content = new FormUrlEncodedContent(Form(token));
                    var request = new HttpRequestMessage(new HttpMethod(method), page.Address(filed.Id, file, handler)) { Content = method == "Post" ? content : null };
                    var answer = await browser.Send(request);
                    ((int)answer.StatusCode).ShouldBeOneOf([403, 404], $"{method} {page.Template} {handler} as {(user.IsStaff ? user.DepartmentCode : "citizen")}");
                    Leaks(filed, await answer.Content.ReadAsStringAsync()).ShouldBeFalse(page.Template);
                }
            }
        }

        (await web.Send(new GetCaseTrack(filed.Id), filed.Applicant.User)).Case.State.ShouldBe(CaseState.Submitted);
    }

    [Fact]
    public async Task A_file_is_for_the_applicant_and_officers_of_the_department_only()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File(proof: true);
        var file = (await web.Send(new GetCaseForReview(filed.Id), desk.Officer())).Materials.SelectMany(m => m.Files).Single().Id;
        var address = $"/cases/{filed.Id}/files/{file}";

        (await Status(desk.Officer())).ShouldBe(HttpStatusCode.OK);
        (await Status(filed.Applicant.User)).ShouldBe(HttpStatusCode.OK);
        foreach (var role in (string[])[Roles.Auditor, Roles.SystemAdministrator, Roles.CatalogueEditor, Roles.HallManager])
            (await Status(desk.Officer() with { Roles = [role] })).ShouldBe(HttpStatusCode.NotFound, role);

        async Task<HttpStatusCode> Status(TestUser user) => (await web.Browse(user).Send(new HttpRequestMessage(HttpMethod.Get, address))).StatusCode;
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_the_senders_fault_and_says_so()
    {
        var browser = web.Browse((await web.NewApplicant()).User);
        foreach (var body in (string[])["ask=%00", string.Join('&', Enumerable.Range(0, 5000).Select(i => $"k{i}=x"))])
        {
            using var content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded");
            (await browser.Send(new HttpRequestMessage(HttpMethod.Post, $"/cases/{Nowhere}/form/person") { Content = content })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Autosave_tells_a_stale_page_by_409()
    {
        var applicant = await web.NewApplicant();
        var id = await web.Send(new StartCase("elder-card"), applicant.User);
        var browser = web.Browse(applicant.User);
        var token = (await browser.Get($"/cases/{id}/form/person")).Form().Value("__RequestVerificationToken");
        (await Save("13877770001", 0)).ShouldBe(HttpStatusCode.OK);
        (await Save("13877770002", 0)).ShouldBe(HttpStatusCode.Conflict);

        async Task<HttpStatusCode> Save(string phone, int version)
        {
            using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("version", $"{version}"), new("person.phone", phone)]);
            return (await browser.Send(new HttpRequestMessage(HttpMethod.Post, $"/cases/{id}/form/person/autosave") { Content = content })).StatusCode;
        }
    }

    [Theory]
    [InlineData("𠮷𠮷")]
    [InlineData("a\0b")]
    [InlineData("'; DROP TABLE cases.cases; --")]
    public async Task A_search_for_odd_characters_finds_nothing_and_breaks_nothing(string search)
    {
        var officer = (await web.NewDesk()).Officer();
        (await web.Send(new GetWorkList { Search = search }, officer)).Page.Items.ShouldBeEmpty();
    }

    private static List<KeyValuePair<string, string>> Form(string token) =>
    [
        new("__RequestVerificationToken", token), new("version", "0"), new("ask", "keep"), new("contentHash", "x"), new("t.name", "演示别人"), new("Path", "t.idNo"),
        new("Reasons[t.idNo]", "只是想看一看"), new("Decision", "Approve"), new("Opinions[Revoke]", "理由理由理由理由理由理由"), new("Ask", "t.name"), new("Remarks[t.name]", "请改一下"),
    ];

    private static bool Leaks(Filed filed, string html) =>
        html.Contains(filed.Applicant.IdNumber, StringComparison.Ordinal) || html.Contains(filed.Applicant.Phone, StringComparison.Ordinal) || html.Contains(filed.Number, StringComparison.Ordinal);
}
