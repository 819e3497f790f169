using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>公司设立 through the real engine, the real register and the real seal: instant, through an officer, and racing for a name.</summary>
public sealed class CompanyJourneyTests(CaseHost host) : IClassFixture<CaseHost>
{
    private const string General = "YB1001";
    private const string Licensed = "XK2002";

    private async Task<Guid> Filled(TestUser citizen, (string Name, string Number, string Phone)? partner, string trade, string scope = General)
    {
        var draft = await host.As(citizen).Send(new StartCase("company-setup"));
        await Page("name", ("company.name.tradeName", trade), ("company.name.industry", "软件科技"));
        await Page("capital", ("company.capital", "100"));
        await Page("scope", ("company.scope", scope));
        await Page("address", ("company.premises.ownership", "park"), ("company.premises.address", "郑州高新区示例路 18 号传感谷 B 座"),
            ("company.premises.room", "1204 室"), ("company.premises.division", "410172560"), ("company.premises.area", "86.4"), ("commitment.premises", "yes"));
        if (partner is var (name, number, phone))
        {
            await Save("shareholders", PageAsk.AddRow, "shareholders", ("shareholders/r1/shareholder.subscribed", "60"));
            await Page("shareholders", ("shareholders/r1/shareholder.subscribed", "60"), ("shareholders/r2/shareholder.kind", "person"), ("shareholders/r2/shareholder.name", name),
                ("shareholders/r2/shareholder.idNo", number), ("shareholders/r2/shareholder.phone", phone), ("shareholders/r2/shareholder.subscribed", "40"));
            await Page("officers", ("supervisor.from", "r2"));
        }
        else
        {
            await Page("shareholders", ("shareholders/r1/shareholder.subscribed", "100"));
            await Page("officers");
        }

        await Page("seals", ("seals.wanted", "yes"));
        await Page("commitment", ("commitment.truthful", "yes"));
        return draft;

        async Task Page(string page, params (string, string?)[] values) =>
            (await Save(page, PageAsk.Save, null, values)).Problems.Where(p => !p.IsWarning).Select(p => $"{p.Path}: {p.Message}").ShouldBeEmpty();

        async Task<SavedFormPage> Save(string page, PageAsk ask, string? target, params (string Path, string? Value)[] values)
        {
            var shown = await host.As(citizen).Send(new GetFormPage(draft, page));
            return await host.As(citizen).Send(new SaveFormPage
            {
                CaseId = draft,
                PageId = page,
                Version = shown.Version,
                Ask = ask,
                Target = target,
                Values = values.ToDictionary(v => v.Path, v => v.Value),
            });
        }
    }

    [Fact]
    public async Task Two_shareholders_sign_on_their_own_accounts_and_the_licence_is_there_at_once()
    {
        var (founder, partner) = (await host.NewPerson(1985), await host.NewPerson(1988));
        const string Trade = "蓝鲸";
        var draft = await Filled(founder.User, (partner.Name, partner.IdNumber, partner.Phone), Trade);
        var check = await host.As(founder.User).Send(new GetCaseCheck(draft));
        check.Problems.Select(p => p.Message).ShouldBeEmpty();
        check.Signers.Count.ShouldBe(2);
        check.ReferReasons.ShouldBeEmpty();
        check.Instant.ShouldBeTrue();

        (await Should.ThrowAsync<RefusedException>(() => host.As(founder.User).Send(new SubmitCase(draft, check.ContentHash)))).Refusals[0].Code.ShouldBe("case.signatures-missing");
        (await host.As(founder.User).Send(new RequestSignatures(draft))).ShouldBe(1);
        await host.DrainOutbox();
        (await host.As(partner.User).Send(new GetMyNotices())).Items.ShouldNotBeEmpty();
        var stranger = await host.NewPerson(1970);
        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger.User).Send(new SignCase(draft, check.ContentHash)));
        var asked = (await host.As(partner.User).Send(new GetMySignatures())).ShouldHaveSingleItem();
        var toSign = await host.As(partner.User).Send(new GetSignaturePage(asked.CaseId));
        await host.As(partner.User).Send(new SignCase(draft, toSign.ContentHash));

        var submitted = await host.As(founder.User).Send(new SubmitCase(draft, check.ContentHash));
        await host.DrainOutbox();
        var track = await host.As(founder.User).Send(new GetCaseTrack(submitted.CaseId));
        track.Case.Outcome.ShouldBe(CaseOutcome.Approved);
        track.Case.Subject.ShouldBe($"郑州{Trade}软件科技有限公司");
        var licence = (await host.As(founder.User).Send(new GetMyLicences())).ShouldHaveSingleItem();
        var file = await host.As(founder.User).Send(new DownloadLicence(licence.Id));
        var verified = await host.Send(new VerifyLicenceFile(new MemoryStream(file.Content)));
        verified.Outcome.ShouldBe(LicenceOutcome.Valid);
        CreditCode.TryParse(verified.Licence!.Number, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Most_of_the_form_is_filled_and_a_save_that_changes_nothing_keeps_the_sources()
    {
        var founder = await host.NewPerson(1985);
        var draft = await host.As(founder.User).Send(new StartCase("company-setup"));
        var page = await host.As(founder.User).Send(new GetFormPage(draft, "shareholders"));
        var row = page.Fields.Single(f => f.Path == "shareholders").Rows.ShouldHaveSingleItem();
        row.Fields.Single(f => f.Use.Key == "shareholder.idNo").Value.ShouldBe(founder.IdNumber);

        await host.Save(founder.User, draft, "shareholders", [.. row.Fields.Where(f => f.Visible).Select(f => (f.Path, f.Value))]);

        page = await host.As(founder.User).Send(new GetFormPage(draft, "shareholders"));
        page.Fields.SelectMany(f => f.Rows).SelectMany(r => r.Fields).Where(f => f.Origin is { Changed: true }).ShouldBeEmpty();
        var tasks = await host.As(founder.User).Send(new GetTaskList(draft));
        (tasks.FieldsAsked - tasks.FieldsPrefilled).ShouldBeLessThan(tasks.FieldsAsked / 2);
    }

    [Fact]
    public async Task A_person_is_told_once_an_hour_that_a_signature_is_wanted_and_a_case_asks_ten_times_an_hour()
    {
        var (founder, partner) = (await host.NewPerson(1985), await host.NewPerson(1988));
        var draft = await Filled(founder.User, (partner.Name, partner.IdNumber, partner.Phone), "青隼");
        (await host.As(founder.User).Send(new RequestSignatures(draft))).ShouldBe(1);
        for (var i = 2; i <= 10; i++)
        {
            await host.Save(founder.User, draft, "capital", ("company.employees", $"{i}"));
            (await host.As(founder.User).Send(new RequestSignatures(draft))).ShouldBe(0);
        }

        (await Should.ThrowAsync<RefusedException>(() => host.As(founder.User).Send(new RequestSignatures(draft)))).Refusals[0].Code.ShouldBe("case.asked-too-often");
        await host.DrainOutbox();
        (await host.As(partner.User).Send(new GetMyNotices())).Items.Count.ShouldBe(1);
        await host.As(partner.User).Send(new SignCase(draft, (await host.As(partner.User).Send(new GetSignaturePage(draft))).ContentHash));

        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Save(founder.User, draft, "capital", ("company.employees", "20"));
        (await host.As(founder.User).Send(new RequestSignatures(draft))).ShouldBe(1);
    }

    [Fact]
    public async Task Changing_a_signed_answer_voids_the_signatures_and_changing_it_back_makes_them_count_again()
    {
        var (founder, partner) = (await host.NewPerson(1985), await host.NewPerson(1988));
        var draft = await Filled(founder.User, (partner.Name, partner.IdNumber, partner.Phone), "赤狐");
        await host.As(founder.User).Send(new RequestSignatures(draft));
        var hash = (await host.As(partner.User).Send(new GetSignaturePage(draft))).ContentHash;
        await host.As(partner.User).Send(new SignCase(draft, hash));
        async Task<bool> PartnerSigned() => (await host.As(founder.User).Send(new GetCaseCheck(draft))).Signers.Single(s => !s.IsApplicant).Signed;
        (await PartnerSigned()).ShouldBeTrue();

        await host.Save(founder.User, draft, "capital", ("company.employees", "5"));
        (await PartnerSigned()).ShouldBeFalse();
        (await Should.ThrowAsync<RefusedException>(() => host.As(partner.User).Send(new SignCase(draft, hash)))).Refusals[0].Code.ShouldBe("case.content-changed");
        await host.Save(founder.User, draft, "capital", ("company.employees", null));
        (await PartnerSigned()).ShouldBeTrue();
    }

    [Fact]
    public async Task One_licensed_item_goes_to_an_officer_who_sees_why()
    {
        var founder = await host.NewPerson(1985);
        var draft = await Filled(founder.User, null, "玄鸟", $"{General},{Licensed}");
        var submitted = await host.Submit(founder.User, draft);
        await host.DrainOutbox();

        var desk = host.As(TestUsers.Officer("market-regulation"));
        var review = await desk.Send(new GetCaseForReview(submitted.CaseId));
        review.Rules.Where(r => r.Outcome == RuleOutcome.Refer).Select(r => r.RuleId).ShouldBe(["R-012"]);
        (await host.As(founder.User).Send(new GetCaseTrack(submitted.CaseId))).ReferReasons.ShouldNotBeEmpty();
        await desk.Send(new ClaimCase(submitted.CaseId));
        await desk.Send(new AcceptCase(submitted.CaseId));
        await desk.Send(new DecideCase { CaseId = submitted.CaseId, Decision = CaseAction.Approve, CheckedRules = ["R-012"] });
        await host.DrainOutbox();
        (await host.As(founder.User).Send(new GetMyLicences())).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task In_a_correction_rows_come_and_go_only_where_they_were_asked_for()
    {
        var founder = await host.NewPerson(1985);
        var draft = await Filled(founder.User, null, "墨麟", $"{General},{Licensed}");
        await host.Submit(founder.User, draft);
        var desk = host.As(TestUsers.Officer("market-regulation"));
        await desk.Send(new ClaimCase(draft));
        await desk.Send(new RequestCorrection { CaseId = draft, Remarks = new Dictionary<string, string> { ["company.employees"] = "请写清楚有几个人" } });
        async Task<string> Rows() => string.Join(' ', (await host.As(founder.User).Send(new GetFormPage(draft, "shareholders"))).Fields.Single(f => f.Path == "shareholders").Rows.Select(r => r.Id));

        await Try(PageAsk.AddRow, "shareholders");
        await Try(PageAsk.RemoveRow, "shareholders/r1");
        await Try(PageAsk.Save, null, ("shareholders/r7/shareholder.name", "演示丁"));

        (await Rows()).ShouldBe("r1");
        (await host.InDatabase(db => db.CaseRevisions.CountAsync(r => r.CaseId == draft))).ShouldBe(1);

        async Task Try(PageAsk ask, string? target, params (string Path, string? Value)[] values) => await host.As(founder.User).Send(new SaveFormPage
        {
            CaseId = draft,
            PageId = "shareholders",
            Version = 0,
            Overwrite = true,
            Ask = ask,
            Target = target,
            Values = values.ToDictionary(v => v.Path, v => v.Value),
        });
    }

    [Fact]
    public async Task Of_a_hundred_who_submit_the_same_name_at_once_one_wins_and_the_rest_are_told()
    {
        const int Rivals = 100;
        const string Trade = "白鹭";
        var drafts = new List<(TestUser User, Guid Draft, string Hash)>();
        for (var i = 0; i < Rivals; i++)
        {
            var founder = await host.NewPerson(1960 + i % 40);
            var draft = await Filled(founder.User, null, Trade);
            drafts.Add((founder.User, draft, (await host.As(founder.User).Send(new GetCaseCheck(draft))).ContentHash));
        }

        var results = await Task.WhenAll(drafts.Select(async d =>
        {
            try
            {
                await host.As(d.User).Send(new SubmitCase(d.Draft, d.Hash));
                return "";
            }
            catch (RefusedException refused)
            {
                return string.Join(" ", refused.Refusals.Select(r => r.Message));
            }
        }));

        results.Count(r => r.Length == 0).ShouldBe(1);
        results.Where(r => r.Length > 0).ShouldAllBe(r => r.Contains("名") || r.Contains("字号"));
        await host.DrainOutbox();
    }

    [Fact]
    public async Task A_revoked_decision_takes_the_licence_back_and_needs_another_person()
    {
        var founder = await host.NewPerson(1985);
        var submitted = await host.Submit(founder.User, await Filled(founder.User, null, "青鸾"));
        await host.DrainOutbox();
        var senior = host.As(TestUsers.Staff(Roles.SeniorOfficer) with { DepartmentCode = "market-regulation" });

        await senior.Send(new RevokeDecision(submitted.CaseId, "经核查，申请时提交的地址不是真的。"));
        await host.DrainOutbox();

        var licence = (await host.As(founder.User).Send(new GetMyLicences())).ShouldHaveSingleItem();
        licence.State.ShouldBe(LicenceState.Revoked);
        var track = await host.As(founder.User).Send(new GetCaseTrack(submitted.CaseId));
        (track.Revoked, track.Reason, track.Case.LicenceId).ShouldBe((true, "经核查，申请时提交的地址不是真的。", null));
        track.DueOn.ShouldBe(new DateOnly(2026, 11, 24));
        (await host.As(founder.User).Send(new GetMyNotices())).Items.ShouldContain(n => n.Title.Contains("决定撤销了"));
    }

    [Fact]
    public async Task What_was_approved_and_taken_back_is_not_approved_again_but_refused()
    {
        var founder = await host.NewPerson(1985);
        var submitted = await host.Submit(founder.User, await Filled(founder.User, null, "青鸢"));
        await host.DrainOutbox();
        await host.As(TestUsers.Staff(Roles.SeniorOfficer)).Send(new RevokeDecision(submitted.CaseId, "经核查，申请时提交的地址不是真的。"));
        await host.DrainOutbox();
        var officer = host.As(TestUsers.Officer());
        await officer.Send(new ClaimCase(submitted.CaseId));
        (await officer.Send(new GetCaseForReview(submitted.CaseId))).Actions.ShouldNotContain(CaseAction.Approve);

        (await Should.ThrowAsync<RefusedException>(() => officer.Send(new DecideCase { CaseId = submitted.CaseId, Decision = CaseAction.Approve }))).Refusals[0].Code.ShouldBe("case.approved-before");
        await officer.Send(new DecideCase { CaseId = submitted.CaseId, Decision = CaseAction.Refuse, Opinion = "地址不是真的，不予登记。请核实地址后重新申请。" });

        var track = await host.As(founder.User).Send(new GetCaseTrack(submitted.CaseId));
        (track.Case.State, track.Case.Outcome).ShouldBe((CaseState.Closed, CaseOutcome.Refused));
    }

    [Fact]
    public async Task Who_signs_reads_the_articles_in_full_officers_read_them_masked_and_strangers_not_at_all()
    {
        var (founder, partner) = (await host.NewPerson(1985), await host.NewPerson(1988));
        var draft = await Filled(founder.User, (partner.Name, partner.IdNumber, partner.Phone), "云鹤", $"{General},{Licensed}");
        (await host.As(founder.User).Send(new GetCaseCheck(draft))).Documents.Select(d => d.Title).ShouldBe(["郑州云鹤软件科技有限公司章程", "公司登记（备案）申请书"]);
        await Should.ThrowAsync<NotFoundException>(() => host.As(partner.User).Send(new GetCaseDocument(draft, "articles")));
        await host.As(founder.User).Send(new RequestSignatures(draft));
        var read = await host.As(partner.User).Send(new GetCaseDocument(draft, "articles"));
        read.Document.Parts.OfType<DocumentTable>().Single().Rows[1].ShouldContain(partner.IdNumber);
        read.ContentHash.ShouldBe((await host.As(partner.User).Send(new GetSignaturePage(draft))).ContentHash);
        Lines(read).ShouldAllBe(l => l.SignedAt == null);

        await host.As(partner.User).Send(new SignCase(draft, read.ContentHash));
        await host.Submit(founder.User, draft);
        var signed = await host.As(partner.User).Send(new GetCaseDocument(draft, "articles"));
        (signed.ContentHash, signed.FrozenAt is not null).ShouldBe((read.ContentHash, true));
        Lines(signed).Count.ShouldBe(2);
        Lines(signed).ShouldAllBe(l => l.SignedAt != null);

        var desk = host.As(TestUsers.Officer("market-regulation"));
        foreach (var code in (string[])["articles", "application"])
        {
            var masked = await desk.Send(new GetCaseDocumentForReview(draft, code));
            var text = string.Join(' ', masked.Document.Parts.OfType<DocumentTable>().SelectMany(t => t.Rows).SelectMany(r => r).Concat(Lines(masked).Select(l => l.Name)));
            (text.Contains(partner.IdNumber), text.Contains(partner.Name), text.Contains(partner.Phone)).ShouldBe((false, false, false));
            masked.ContentHash.ShouldBe(read.ContentHash);
        }

        await Should.ThrowAsync<NotFoundException>(() => host.As(TestUsers.Officer("civil-affairs")).Send(new GetCaseDocumentForReview(draft, "articles")));
        var stranger = await host.NewPerson(1970);
        await Should.ThrowAsync<NotFoundException>(() => host.As(stranger.User).Send(new GetCaseDocument(draft, "articles")));
        await Should.ThrowAsync<NotFoundException>(() => host.As(TestUsers.Citizen()).Send(new GetCaseDocument(draft, "articles")));
        await Should.ThrowAsync<NotFoundException>(() => host.As(founder.User).Send(new GetCaseDocument(draft, "no-such")));

        static IReadOnlyList<DocumentSignature> Lines(CaseDocument document) => document.Document.Parts.OfType<DocumentSignatures>().Single().Lines;
    }

    [Fact]
    public async Task The_application_form_of_any_service_says_its_answers_in_words()
    {
        var founder = await host.NewPerson(1985);
        var draft = await Filled(founder.User, null, "墨鸦");
        var form = await host.As(founder.User).Send(new GetCaseDocument(draft, "application"));
        var cells = form.Document.Parts.OfType<DocumentTable>().SelectMany(t => t.Rows).Select(r => r[1]).ToList();
        cells.ShouldContain(c => c.StartsWith("一般项目："));
        cells.ShouldNotContain(General);
        cells.ShouldNotContain("410172560");

        var citizen = await host.NewCitizen();
        var card = await host.FilledCard(citizen);
        await host.Submit(citizen, card);
        var generic = await host.As(citizen).Send(new GetCaseDocument(card, "application"));
        generic.Document.Title.ShouldEndWith("申请书");
        generic.Document.Parts.OfType<DocumentSignatures>().Single().Lines.ShouldHaveSingleItem().SignedAt.ShouldNotBeNull();
    }
}
