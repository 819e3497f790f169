using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>A service that is definition alone, from draft to licence, and every way it can end.</summary>
public sealed class CaseJourneyTests(CaseHost host) : IClassFixture<CaseHost>
{
    private static TestUser Officer() => TestUsers.Officer(CaseHost.Department);

    [Fact]
    public async Task A_clean_case_is_approved_at_once_and_its_licence_issued()
    {
        var citizen = await host.NewCitizen(born: 1950);
        var submitted = await host.Submit(citizen, await host.FilledCard(citizen));
        await host.DrainOutbox();

        var track = await host.As(citizen).Send(new GetCaseTrack(submitted.CaseId));
        track.Case.State.ShouldBe(CaseState.Closed);
        track.Case.Outcome.ShouldBe(CaseOutcome.Approved);
        track.Case.LicenceId.ShouldNotBeNull();
        track.Steps.Select(s => s.Title).ShouldBe(["您提交了申请", "系统审核通过", "证照已生成"]);
        CaseNumber.Normalise(CaseNumber.Display(submitted.Number).ToLowerInvariant()).ShouldBe(submitted.Number);
    }

    [Fact]
    public async Task Shared_values_come_with_their_source_and_locked_ones_do_not_change()
    {
        var citizen = await host.NewCitizen();
        var draft = await host.As(citizen).Send(new StartCase("elder-card"));
        await host.Save(citizen, draft, "person", ("person.name", "别人"), ("person.phone", "13900000000"), ("person.unknown", "x"));

        var page = await host.As(citizen).Send(new GetFormPage(draft, "person"));
        var name = page.Fields.Single(f => f.Path == "person.name");
        (name.Value, name.ReadOnly, name.Origin!.Source).ShouldBe(("演示丙", true, "person-register"));
        var phone = page.Fields.Single(f => f.Path == "person.phone");
        (phone.Value, phone.Origin!.Changed).ShouldBe(("13900000000", true));
    }

    [Theory]
    [InlineData(1990, "按出生日期还不满六十岁，由工作人员核对。")]
    [InlineData(1950, null)]
    public async Task What_the_rules_say_of_known_data_is_told_before_anything_is_typed(int born, string? early)
    {
        var citizen = await host.NewCitizen(born);
        var tasks = await host.As(citizen).Send(new GetTaskList(await host.As(citizen).Send(new StartCase("elder-card"))));
        tasks.Early.ShouldBe(early is null ? [] : [early]);
    }

    [Fact]
    public async Task A_disputed_value_opens_and_an_officer_looks()
    {
        var citizen = await host.NewCitizen();
        var draft = await host.As(citizen).Send(new StartCase("elder-card"));
        await host.As(citizen).Send(new DisputeValue(draft, "person.birthDate"));
        await host.Save(citizen, draft, "person", ("person.birthDate", "1980-01-01"));

        (await host.As(citizen).Send(new GetFormPage(draft, "person"))).Fields.Single(f => f.Path == "person.birthDate").Value.ShouldBe("1980-01-01");
    }

    [Fact]
    public async Task Nobody_starts_or_submits_for_an_enterprise_that_gave_no_right_to()
    {
        var citizen = await host.NewCitizen();
        var agent = citizen.ActingFor(Guid.CreateVersion7());
        (await Should.ThrowAsync<RefusedException>(() => host.As(agent).Send(new StartCase("elder-card")))).Refusals[0].Code.ShouldBe("case.not-authorised");

        var draft = await host.FilledCard(citizen);
        var hash = (await host.As(citizen).Send(new GetCaseCheck(draft))).ContentHash;
        var lost = Guid.CreateVersion7();
        await host.InDatabase(db => db.Cases.Where(c => c.Id == draft).ExecuteUpdateAsync(c => c.SetProperty(x => x.EnterpriseId, lost)));
        (await Should.ThrowAsync<RefusedException>(() => host.As(citizen).Send(new SubmitCase(draft, hash)))).Refusals[0].Code.ShouldBe("case.not-authorised");
    }

    [Fact]
    public async Task One_draft_a_service_however_often_it_is_started()
    {
        var citizen = await host.NewCitizen();
        var drafts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.As(citizen).Send(new StartCase("elder-card"))));

        drafts.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_stale_save_changes_nothing_and_shows_both_values()
    {
        var citizen = await host.NewCitizen();
        var draft = await host.As(citizen).Send(new StartCase("elder-card"));
        SaveFormPage Tab(string phone, bool overwrite = false) =>
            new() { CaseId = draft, PageId = "person", Version = 0, Values = new Dictionary<string, string?> { ["person.phone"] = phone }, Overwrite = overwrite };
        await host.As(citizen).Send(Tab("13900000001"));

        var stale = await host.As(citizen).Send(Tab("13900000002"));
        var conflict = stale.Conflicts.ShouldHaveSingleItem();
        (conflict.Theirs, conflict.Yours).ShouldBe(("13900000001", "13900000002"));
        (await Phone()).ShouldBe("13900000001");

        (await host.As(citizen).Send(Tab("13900000001"))).Conflicts.ShouldBeEmpty();
        await host.As(citizen).Send(Tab("13900000002", overwrite: true));
        (await Phone()).ShouldBe("13900000002");

        async Task<string?> Phone() => (await host.As(citizen).Send(new GetFormPage(draft, "person"))).Fields.Single(f => f.Path == "person.phone").Value;
    }

    [Fact]
    public async Task Somebody_elses_case_is_not_found_whatever_is_asked()
    {
        var draft = await host.FilledCard(await host.NewCitizen());
        var stranger = host.As(await host.NewCitizen());

        await Should.ThrowAsync<NotFoundException>(() => stranger.Send(new GetTaskList(draft)));
        await Should.ThrowAsync<NotFoundException>(() => stranger.Send(new GetFormPage(draft, "person")));
        await Should.ThrowAsync<NotFoundException>(() => stranger.Send(new GetCaseCheck(draft)));
        await Should.ThrowAsync<NotFoundException>(() => stranger.Send(new WithdrawCase(draft)));
        await Should.ThrowAsync<NotFoundException>(() => stranger.Send(new SubmitCase(draft, "x")));
        await Should.ThrowAsync<NotFoundException>(() => stranger.Send(new GetSignaturePage(draft)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(Officer()).Send(new GetCaseForReview(draft)));
    }

    [Fact]
    public async Task Twenty_submits_at_once_give_one_number()
    {
        var citizen = await host.NewCitizen();
        var draft = await host.FilledCard(citizen);
        var hash = (await host.As(citizen).Send(new GetCaseCheck(draft))).ContentHash;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.As(citizen).Send(new SubmitCase(draft, hash))));

        answers.Select(a => a.Number).Distinct().Count().ShouldBe(1);
        await host.DrainOutbox();
        (await host.InDatabase(db => db.Set<CaseDecision>().CountAsync(d => d.CaseId == draft))).ShouldBe(1);
    }

    [Fact]
    public async Task What_changed_after_it_was_shown_is_not_submitted()
    {
        var citizen = await host.NewCitizen();
        var draft = await host.FilledCard(citizen);
        var hash = (await host.As(citizen).Send(new GetCaseCheck(draft))).ContentHash;
        await host.Save(citizen, draft, "person", ("person.phone", "13900000009"));

        (await Should.ThrowAsync<RefusedException>(() => host.As(citizen).Send(new SubmitCase(draft, hash)))).Refusals[0].Code.ShouldBe("case.content-changed");
    }

    [Fact]
    public async Task An_officer_asks_once_the_applicant_mends_only_that_and_the_officer_approves()
    {
        var citizen = await host.NewCitizen(born: 1990);
        var submitted = await host.Submit(citizen, await host.FilledCard(citizen));
        await host.DrainOutbox();
        var officer = Officer();
        var desk = host.As(officer);
        (await desk.Send(new GetWorkList { Search = submitted.Number })).Page.Items.ShouldHaveSingleItem();
        await desk.Send(new ClaimCase(submitted.CaseId));
        await desk.Send(new AcceptCase(submitted.CaseId));
        await desk.Send(new RequestCorrection { CaseId = submitted.CaseId, Remarks = new Dictionary<string, string> { ["person.phone"] = "请换成本人的手机号" } });

        var track = await host.As(citizen).Send(new GetCaseTrack(submitted.CaseId));
        track.Remarks.ShouldHaveSingleItem().Remark.ShouldBe("请换成本人的手机号");
        track.DueOn.ShouldBeNull();
        var unchanged = await host.As(citizen).Send(new GetCaseCheck(submitted.CaseId));
        (await Should.ThrowAsync<RefusedException>(() => host.As(citizen).Send(new SubmitCase(submitted.CaseId, unchanged.ContentHash))))
            .Refusals[0].Code.ShouldBe("case.nothing-corrected");
        await host.Save(citizen, submitted.CaseId, "person", ("person.phone", "13911112222"));
        await host.Save(citizen, submitted.CaseId, "delivery", ("elder.delivery", "post"));
        var check = await host.As(citizen).Send(new GetCaseCheck(submitted.CaseId));
        check.Sections.SelectMany(s => s.Lines).Single(l => l.Path == "elder.delivery").Text.ShouldNotContain("寄");
        await host.As(citizen).Send(new SubmitCase(submitted.CaseId, check.ContentHash));

        var review = await desk.Send(new GetCaseForReview(submitted.CaseId));
        review.ChangedPaths.ShouldBe(["person.phone"]);
        var unread = review.Rules.Where(r => r.Outcome == RuleOutcome.Refer).Select(r => r.RuleId).ToList();
        (await Should.ThrowAsync<RefusedException>(() => desk.Send(new DecideCase { CaseId = submitted.CaseId, Decision = CaseAction.Approve })))
            .Refusals[0].Code.ShouldBe("case.rules-not-acknowledged");
        await desk.Send(new DecideCase { CaseId = submitted.CaseId, Decision = CaseAction.Approve, CheckedRules = unread });
        await host.DrainOutbox();
        (await host.As(citizen).Send(new GetCaseTrack(submitted.CaseId))).Case.Outcome.ShouldBe(CaseOutcome.Approved);
    }

    [Fact]
    public async Task A_rule_that_fails_must_be_ticked_too()
    {
        var citizen = await host.NewCitizen(born: 1990);
        var submitted = await host.Submit(citizen, await host.FilledCard(citizen));
        await host.DrainOutbox();
        // As in a part of a bundle, which the portal submits itself: there a failing rule stops nobody.
        await host.InScope(async services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            var run = await db.RuleRuns.AsNoTracking().SingleAsync(r => r.CaseId == submitted.CaseId);
            db.Add(new RuleRun
            {
                CaseId = run.CaseId,
                RevisionId = run.RevisionId,
                RuleSet = run.RuleSet,
                RuleSetVersion = run.RuleSetVersion,
                At = run.At.AddSeconds(1),
                Outcome = RuleOutcome.Fail,
                Reasons = [],
                ProtectedResults = RuleRun.Protect([new("R-099", "对得上", RuleOutcome.Fail, "对不上。", null, null, new Dictionary<string, string?>())], services.GetRequiredService<PersonalDataCipher>()),
            });
            return await db.SaveChangesAsync();
        });
        var desk = host.As(Officer());
        await desk.Send(new ClaimCase(submitted.CaseId));
        await desk.Send(new AcceptCase(submitted.CaseId));

        (await Should.ThrowAsync<RefusedException>(() => desk.Send(new DecideCase { CaseId = submitted.CaseId, Decision = CaseAction.Approve })))
            .Refusals[0].Code.ShouldBe("case.rules-not-acknowledged");
        await desk.Send(new DecideCase { CaseId = submitted.CaseId, Decision = CaseAction.Approve, CheckedRules = ["R-099"] });
    }

    [Fact]
    public async Task A_refusal_needs_a_reason_that_the_applicant_reads()
    {
        var citizen = await host.NewCitizen(born: 1990);
        var submitted = await host.Submit(citizen, await host.FilledCard(citizen));
        var desk = host.As(Officer());
        await desk.Send(new ClaimCase(submitted.CaseId));
        await desk.Send(new AcceptCase(submitted.CaseId));

        await Should.ThrowAsync<FluentValidation.ValidationException>(() => desk.Send(new DecideCase { CaseId = submitted.CaseId, Decision = CaseAction.Refuse, Opinion = "不行" }));
        await desk.Send(new DecideCase { CaseId = submitted.CaseId, Decision = CaseAction.Refuse, Opinion = "还不满六十岁，满了以后可以直接在网上再办。" });
        await host.DrainOutbox();

        var track = await host.As(citizen).Send(new GetCaseTrack(submitted.CaseId));
        (track.Case.StateText, track.Reason).ShouldBe(("没有通过", "还不满六十岁，满了以后可以直接在网上再办。"));
    }

    [Fact]
    public async Task A_case_belongs_to_one_officer_at_a_time()
    {
        var citizen = await host.NewCitizen(born: 1990);
        var submitted = await host.Submit(citizen, await host.FilledCard(citizen));
        var officers = Enumerable.Range(0, 8).Select(_ => Officer()).ToList();

        var results = await Task.WhenAll(officers.Select(async o =>
        {
            try
            {
                await host.As(o).Send(new ClaimCase(submitted.CaseId));
                return true;
            }
            catch (RefusedException)
            {
                return false;
            }
        }));

        results.Count(r => r).ShouldBe(1);
        await Should.ThrowAsync<NotFoundException>(() => host.As(TestUsers.Officer("market-regulation")).Send(new ClaimCase(submitted.CaseId)));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Staff(Roles.Auditor)).Send(new GetCaseForReview(submitted.CaseId)));
    }

    [Fact]
    public async Task Personal_values_are_masked_for_staff_until_read_with_a_reason()
    {
        var citizen = await host.NewCitizen(born: 1991);
        var submitted = await host.Submit(citizen, await host.FilledCard(citizen));
        var desk = host.As(Officer());
        var masked = (await desk.Send(new GetCaseForReview(submitted.CaseId))).Sections.SelectMany(s => s.Lines).Single(l => l.Path == "person.idNo");
        (masked.Masked, masked.Text[4..^4]).ShouldBe((true, "**********"));

        await Should.ThrowAsync<FluentValidation.ValidationException>(() => desk.Send(new RevealValue(submitted.CaseId, "person.idNo", "看看")));
        var full = await desk.Send(new RevealValue(submitted.CaseId, "person.idNo", "核对人口库里的号码"));

        ResidentId.TryParse(full, out _).ShouldBeTrue();
        (await host.As(citizen).Send(new GetReadsOfMyData())).Items.ShouldHaveSingleItem().Reason.ShouldBe("核对人口库里的号码");
    }

    [Fact]
    public async Task A_withdrawn_draft_leaves_nothing_personal_behind()
    {
        var citizen = await host.NewCitizen();
        var draft = await host.FilledCard(citizen);
        await host.As(citizen).Send(new WithdrawCase(draft));

        (await host.InDatabase(db => db.CaseRevisions.AnyAsync(r => r.CaseId == draft))).ShouldBeFalse();
        (await host.As(citizen).Send(new GetMyCases())).Items.ShouldBeEmpty();
        (await host.As(citizen).Send(new StartCase("elder-card"))).ShouldNotBe(draft);
    }

    [Fact]
    public async Task A_correction_that_nobody_answers_lapses_after_its_days()
    {
        var citizen = await host.NewCitizen(born: 1990);
        var submitted = await host.Submit(citizen, await host.FilledCard(citizen));
        var desk = host.As(Officer());
        await desk.Send(new ClaimCase(submitted.CaseId));
        await desk.Send(new RequestCorrection { CaseId = submitted.CaseId, Remarks = new Dictionary<string, string> { ["person.phone"] = "请换成本人的手机号" } });

        (await host.As(TestUsers.System).Send(new LapseCorrection(submitted.CaseId))).ShouldBeFalse();
        host.Clock.Advance(TimeSpan.FromDays(60));
        (await host.As(TestUsers.System).Send(new LapseCorrection(submitted.CaseId))).ShouldBeTrue();

        (await host.As(citizen).Send(new GetCaseTrack(submitted.CaseId))).Case.Outcome.ShouldBe(CaseOutcome.Lapsed);
    }
}
