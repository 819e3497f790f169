using System.Net;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Tests.Staff;

namespace GaoXin.Portal.Web.Tests.Cases;

public sealed class FileSafetyTests(StaffWeb web) : IClassFixture<StaffWeb>
{
    private static readonly byte[] Pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();

    [Fact]
    public async Task An_uploaded_file_is_sandboxed_not_sniffed_and_downloaded_unless_it_is_an_image()
    {
        var filed = await (await web.NewDesk()).File(proof: true);
        var file = await FileOf(filed);
        var answer = await web.Browse(filed.Applicant.User).Send(new HttpRequestMessage(HttpMethod.Get, $"/cases/{filed.Id}/files/{file}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("sandbox");
        policy.ShouldContain("default-src 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task What_an_officer_opens_of_an_applicant_stands_on_his_page_with_the_case_as_the_reason()
    {
        var desk = await web.NewDesk();
        var filed = await desk.File(proof: true);
        var (officer, colleague) = (desk.Officer() with { DisplayName = "演示审批员" }, desk.Officer() with { DisplayName = "演示同事" });
        await web.Send(new ClaimCase(filed.Id), officer);
        var number = CaseNumber.Display(filed.Number);
        await web.Browse(officer).Send(new HttpRequestMessage(HttpMethod.Get, $"/cases/{filed.Id}/files/{await FileOf(filed)}"));
        (await web.Browse(colleague).Get($"/staff/work/{filed.Id}/documents/application")).ShouldBeOk();
        await web.Browse(filed.Applicant.User).Send(new HttpRequestMessage(HttpMethod.Get, $"/cases/{filed.Id}/files/{await FileOf(filed)}"));

        var reads = (await web.Send(new GetReadsOfMyData(), filed.Applicant.User)).Items;
        reads.Count.ShouldBe(2);
        reads.ShouldContain(r => r.Field == "材料：房屋使用证明" && r.Reason == $"办理 {number}");
        reads.ShouldContain(r => r.Field.StartsWith("材料：演示登记申请", StringComparison.Ordinal) && r.Reason == $"查看本部门的办件 {number}，没有领办");
        var page = await web.Browse(filed.Applicant.User).Get("/me/data");
        page.MainText.ShouldContain($"办理 {number}");
    }

    [Fact]
    public async Task An_officer_elsewhere_opens_nothing_and_leaves_no_record()
    {
        var filed = await (await web.NewDesk()).File(proof: true);
        var stranger = web.Browse(TestUsers.Officer("elsewhere"));
        (await stranger.Send(new HttpRequestMessage(HttpMethod.Get, $"/cases/{filed.Id}/files/{await FileOf(filed)}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await web.Send(new GetReadsOfMyData(), filed.Applicant.User)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_case_takes_sixty_files_and_two_hundred_megabytes()
    {
        var filed = await (await web.NewDesk()).File(proof: true);
        var draft = await Draft(filed.Applicant);
        await web.InDatabase(async db =>
        {
            for (var i = 0; i < 59; i++)
                db.Add(Row(draft, 1, removed: true));
            return await db.SaveChangesAsync();
        });
        await Upload();
        (await Refused(Upload)).ShouldBe("case.too-much-uploaded");

        var other = await (await web.NewDesk()).File(proof: true);
        draft = await Draft(other.Applicant);
        await web.InDatabase(db => { db.Add(Row(draft, 200 * 1024 * 1024 - 5, removed: true)); return db.SaveChangesAsync(); });
        filed = other;
        (await Refused(Upload)).ShouldBe("case.too-much-uploaded");

        Task Upload() => web.Send(new UploadAttachment(draft, "proof", "a.pdf", Pdf), filed.Applicant.User);
    }

    private async Task<Guid> Draft(Applicant applicant)
    {
        var code = (await web.InDatabase(db => Task.FromResult(db.Cases.Where(c => c.ApplicantId == applicant.User.Id).Select(c => c.ServiceCode).Single())));
        return await web.Send(new StartCase(code), applicant.User);
    }

    private Attachment Row(Guid caseId, long length, bool removed) => new()
    {
        CaseId = caseId,
        MaterialCode = "old",
        ProtectedName = [1],
        ContentType = "application/pdf",
        Length = length,
        Sha256 = new string('0', 64),
        UploadedBy = Guid.CreateVersion7(),
        UploadedAt = web.Clock.GetUtcNow(),
        RemovedAt = removed ? web.Clock.GetUtcNow() : null,
    };

    private Task<Guid> FileOf(Filed filed) => web.InDatabase(db => Task.FromResult(db.Attachments.Where(a => a.CaseId == filed.Id).Select(a => a.Id).Single()));

    private static async Task<string> Refused(Func<Task> act) => (await Should.ThrowAsync<RefusedException>(act)).Refusals.Single().Code;
}
