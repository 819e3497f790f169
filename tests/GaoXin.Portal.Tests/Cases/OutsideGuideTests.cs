using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>清单之外无审批、流程之外无环节、指南之外无材料: what the published version does not have is wanted with a recorded reason or not at all.</summary>
public sealed class OutsideGuideTests(CaseHost host) : IClassFixture<CaseHost>
{
    private const string Reason = "照片和本人差别大，要看户口簿核对身份。";

    [Fact]
    public async Task What_the_guide_has_is_asked_for_without_a_reason_and_leaves_no_exception()
    {
        var (desk, id, citizen) = await Claimed();

        await desk.Send(new RequestCorrection { CaseId = id, Remarks = new Dictionary<string, string> { ["person.phone"] = "请换成本人的手机号" } });

        (await host.As(citizen).Send(new GetCaseTrack(id))).Outside.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("需要核对")]
    public async Task A_material_outside_the_guide_is_refused_without_a_reason_and_nothing_happens(string? reason)
    {
        var (desk, id, citizen) = await Claimed();

        var refused = await Should.ThrowAsync<RefusedException>(() => desk.Send(Ask(id, reason)));

        refused.Refusals.ShouldHaveSingleItem().Code.ShouldBe("case.outside-published");
        refused.Refusals[0].Message.ShouldContain("“户口簿”不在办事指南第 1 版的材料里");
        (await host.As(citizen).Send(new GetCaseTrack(id))).Case.State.ShouldBe(CaseState.Submitted);
    }

    [Fact]
    public async Task With_a_reason_it_stands_before_the_applicant_in_the_chain_and_before_supervision()
    {
        var (desk, id, citizen) = await Claimed();

        await desk.Send(Ask(id, Reason));

        var track = await host.As(citizen).Send(new GetCaseTrack(id));
        var outside = track.Outside.ShouldHaveSingleItem();
        (outside.What, outside.Reason, outside.Kind).ShouldBe(("户口簿", Reason, ExceptionKind.Material));
        track.Remarks.ShouldHaveSingleItem().Label.ShouldBe("户口簿");
        track.Steps.Select(s => s.Title).ShouldContain("工作人员提了指南以外的要求");
        var event_ = await host.InDatabase(db => db.CaseEvents.SingleAsync(e => e.CaseId == id && e.Kind == "ExceptionRecorded"));
        event_.ActorId.ShouldBe(desk.User.Id);
        event_.Detail.ShouldNotContain("户口簿");
        (await host.InScope(s => s.GetServices<ICommandLineVerb>().OfType<VerifyAudit>().Single().Verify(CancellationToken.None))).Faults
            .Where(f => f.Contains(id.ToString(), StringComparison.Ordinal)).ShouldBeEmpty();
        var seen = (await host.As(TestUsers.Staff(Roles.Auditor)).Send(new GetExceptions())).Items.Single(e => e.CaseId == id);
        (seen.What, seen.Reason, seen.By, seen.ServiceVersion).ShouldBe(("户口簿", Reason, "演示工作人员", 1));
    }

    [Fact]
    public async Task The_applicant_brings_it_and_the_case_goes_on()
    {
        var (desk, id, citizen) = await Claimed();
        await desk.Send(Ask(id, Reason));
        var code = (await host.As(citizen).Send(new GetCaseTrack(id))).Outside.Single().Code;

        await host.As(citizen).Send(new UploadAttachment(id, code, "户口簿.pdf", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray()));
        (await host.As(citizen).Send(new GetExtraMaterial(id, code))).Files.ShouldHaveSingleItem();
        await host.Submit(citizen, id);

        var review = await desk.Send(new GetCaseForReview(id));
        review.Line.State.ShouldBe(CaseState.Submitted);
        review.OutsideFiles[code].ShouldHaveSingleItem();
        (await Should.ThrowAsync<RefusedException>(() => host.As(citizen).Send(new UploadAttachment(id, code, "a.pdf", "%PDF-1.4\n%%EOF\n"u8.ToArray())))).Refusals[0].Code.ShouldBe("case.unknown-material");
    }

    [Fact]
    public async Task Nobody_else_sees_or_brings_it()
    {
        var (desk, id, _) = await Claimed();
        await desk.Send(Ask(id, Reason));

        await Should.ThrowAsync<NotFoundException>(async () => await host.As(await host.NewCitizen()).Send(new GetExtraMaterial(id, "extra-1")));
    }

    [Fact]
    public async Task A_step_of_the_guide_needs_no_reason_one_outside_does()
    {
        var (desk, id, citizen) = await Claimed();
        var published = (await desk.Send(new GetCaseForReview(id))).Steps[0];

        await desk.Send(new TakeStep { CaseId = id, Step = published });
        (await Should.ThrowAsync<RefusedException>(() => desk.Send(new TakeStep { CaseId = id, Step = "上门核查" }))).Refusals[0].Code.ShouldBe("case.outside-published");
        await desk.Send(new TakeStep { CaseId = id, Step = "上门核查", Reason = "邻居反映本人已经搬走，要去看一看。" });

        var track = await host.As(citizen).Send(new GetCaseTrack(id));
        track.Outside.ShouldHaveSingleItem().Kind.ShouldBe(ExceptionKind.Step);
        track.Steps.Select(s => s.Title).ShouldContain($"做了一步：{published}");
    }

    [Fact]
    public async Task The_database_takes_no_request_outside_the_guide_without_its_exception_and_never_forgets_one()
    {
        var (desk, id, _) = await Claimed();
        var bare = await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO cases.correction_items (id, case_id, round, path, protected_remark, requested_by, requested_at)
            VALUES (gen_random_uuid(), {id}, 1, 'material:extra-1', 'x', gen_random_uuid(), now())
            """)));
        bare.ConstraintName.ShouldBe("ck_correction_items_outside");
        await desk.Send(Ask(id, Reason));

        foreach (var sql in (string[])["DELETE FROM cases.exceptions", "UPDATE cases.exceptions SET by_name = 'x'", "TRUNCATE cases.exceptions CASCADE"])
            (await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db => db.Database.ExecuteSqlRawAsync(sql)), sql)).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task A_senior_officer_supervises_the_own_department_and_an_officer_none()
    {
        var (desk, id, _) = await Claimed();
        await desk.Send(Ask(id, Reason));
        var senior = TestUsers.Staff(Roles.SeniorOfficer) with { DepartmentCode = CaseHost.Department };

        (await host.As(senior).Send(new GetExceptions())).Items.ShouldContain(e => e.CaseId == id);
        (await host.As(senior with { DepartmentCode = "elsewhere" }).Send(new GetExceptions { Department = CaseHost.Department })).Items.ShouldBeEmpty();
        await Should.ThrowAsync<AccessDeniedException>(() => desk.Send(new GetExceptions()));
    }

    private static RequestCorrection Ask(Guid id, string? reason) =>
        new() { CaseId = id, Remarks = new Dictionary<string, string>(), Outside = [new OutsideMaterial("户口簿", "请拍户主页和本人页。", reason)] };

    private async Task<(UserSession Desk, Guid Id, TestUser Citizen)> Claimed()
    {
        var citizen = await host.NewCitizen(born: 1990);
        var submitted = await host.Submit(citizen, await host.FilledCard(citizen));
        var desk = host.As(TestUsers.Officer(CaseHost.Department));
        await desk.Send(new ClaimCase(submitted.CaseId));
        return (desk, submitted.CaseId, citizen);
    }
}
