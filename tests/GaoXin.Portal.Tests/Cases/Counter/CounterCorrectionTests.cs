using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Counter;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Person = (GaoXin.Portal.TestKit.TestUser User, string Name, string IdNumber, string Phone);

namespace GaoXin.Portal.Tests.Cases.Counter;

/// <summary>补正 at a 综窗: accepted in one hall, mended in another with the applicant's codes; online stays open, whoever submits first wins.</summary>
public sealed class CounterCorrectionTests(CaseHost host) : IClassFixture<CaseHost>
{
    private const string Here = "fengyang";
    private const string There = "gouzhao";
    private const int Young = 1990;
    private const string Asked = "要代您补正";
    private const string Mended = "补正改好了";
    private static readonly byte[] Pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();

    [Fact]
    public async Task A_correction_is_taken_up_in_another_hall_with_two_codes_and_all_halls_and_people_are_recorded()
    {
        var (id, person, filer, officer) = await Asking(extra: true);
        var clerk = await host.Sits(There);
        (await host.As(clerk).Send(Find(await NumberOf(id), person))).CaseId.ShouldBe(id);
        var view = await host.As(clerk).Send(new GetCounterFiling(id));
        view.Mend!.Remarks.Select(r => r.Label).ShouldBe(["手机号", "户口簿"], ignoreOrder: true);
        view.Mend.AnswerBy.ShouldBeGreaterThan(host.Clock.Today());
        (view.Check, view.Line.Mine, view.MayChooseIssuing).ShouldBe((null, false, false));

        await Agree(clerk, person, id);
        await host.As(clerk).Send(new OpenForApplicant(id));
        await host.Save(clerk, id, "person", ("person.phone", "13911112222"));
        await host.Save(clerk, id, "delivery", ("elder.delivery", "post"));
        var extra = (await host.As(clerk).Send(new GetTaskList(id))).Extra.ShouldHaveSingleItem();
        (await host.As(clerk).Send(new GetExtraMaterial(id, extra.Code))).Title.ShouldBe("户口簿");
        await host.As(clerk).Send(new UploadAttachment(id, extra.Code, "户口簿.pdf", Pdf));
        (await host.As(clerk).Send(new GetCounterFiling(id))).Mend!.Brought.ShouldHaveSingleItem().Value.ShouldBe(1);
        (await Resubmit(clerk, person, id)).CaseId.ShouldBe(id);

        var receipt = await host.As(clerk).Send(new GetCorrectionReceipt(id));
        (receipt.ReceivedIn, receipt.Round, receipt.DecidingHall!.Code).ShouldBe(("沟赵便民服务中心 3 号窗口", 1, "hall"));
        receipt.Materials.ShouldBe(["户口簿 1 份"]);
        receipt.Asked.ShouldContain("手机号");
        receipt.DueOn.ShouldNotBeNull();
        await Should.ThrowAsync<NotFoundException>(() => host.As(filer).Send(new GetCorrectionReceipt(id)));
        var review = await host.As(officer).Send(new GetCaseForReview(id));
        review.ChangedPaths.ShouldBe(["person.phone"]);
        (review.Counter!.AcceptingHall, review.Counter.Mended.ShouldHaveSingleItem().Hall).ShouldBe(("枫杨街道便民服务中心", "沟赵便民服务中心 3 号窗口"));
        var events = await host.InDatabase(db => db.CaseEvents.AsNoTracking().Where(e => e.CaseId == id).OrderBy(e => e.Sequence).ToListAsync());
        foreach (var kind in (string[])[CounterEvents.CorrectionFound, CounterEvents.CorrectionOpened, CounterEvents.Confirmed])
            events.Last(e => e.Kind == kind).ShouldSatisfyAllConditions(e => e.ActorId.ShouldBe(clerk.Id), e => e.Detail.ShouldContain(There));
        events.Single(e => e.Kind == nameof(CaseAction.Resubmit)).ActorId.ShouldBe(clerk.Id);
        var filing = await host.InDatabase(db => db.CounterFilings.AsNoTracking().SingleAsync(f => f.CaseId == id));
        (filing.Hall, filing.ClerkId).ShouldBe((Here, filer.Id));
        (await host.As(person.User).Send(new GetCaseTrack(id))).Counter!.Mended.Count.ShouldBe(1);
        await host.Approve(officer, id);
        (await host.As(person.User).Send(new GetCaseTrack(id))).Case.Outcome.ShouldBe(CaseOutcome.Approved);
    }

    [Fact]
    public async Task The_deadline_and_the_clock_after_a_counter_correction_are_those_after_an_online_one()
    {
        var online = await Asking();
        var counter = await Asking();
        host.Clock.Advance(TimeSpan.FromDays(8));
        await MendOnline(online.Person, online.Id);
        var clerk = await host.Sits(There);
        await Taken(clerk, counter.Person, counter.Id);
        await Resubmit(clerk, counter.Person, counter.Id);

        (await Clock(counter.Id)).ShouldBe(await Clock(online.Id));
        var due = (await host.As(counter.Person.User).Send(new GetCaseTrack(counter.Id))).DueOn;
        due.ShouldNotBeNull();
        due.ShouldBe((await host.As(online.Person.User).Send(new GetCaseTrack(online.Id))).DueOn);
        (await host.As(clerk).Send(new GetCorrectionReceipt(counter.Id))).DueOn.ShouldBe(due);

        Task<string> Clock(Guid id) => host.InDatabase(async db =>
        {
            var segments = await db.ClockSegments.AsNoTracking().Where(s => s.CaseId == id).OrderBy(s => s.From).ThenBy(s => s.To == null).ToListAsync();
            var found = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == id);
            return string.Join('\n', [.. segments.Select(s => $"{s.Kind} {s.Paused} {s.Reason} {s.From:O} {s.To:O}"), $"{found.State} {found.DueOn} {found.CalendarVersion}"]);
        });
    }

    [Fact]
    public async Task Whatever_does_not_fit_is_not_found_alike_and_five_tries_are_the_end()
    {
        var (id, person, _, _) = await Asking();
        var clerk = await host.Sits(There);
        var (number, stranger) = (await NumberOf(id), await host.NewPerson(Young));
        var before = await Everything(id);
        var unknown = CaseNumber.Compose(host.Clock.Today().AddDays(400), 7);

        (await host.As(clerk).Send(Find(unknown, person))).Refusal.ShouldBe((await host.As(clerk).Send(Find(number, stranger))).Refusal);
        for (var i = 0; i < 4; i++)
            (await host.As(clerk).Send(Find(number, stranger))).Refusal!.Code.ShouldBe("counter.no-such-correction");
        (await host.As(clerk).Send(Find(number, person))).Refusal!.Code.ShouldBe("counter.too-many-look-ups");

        (await Everything(id)).ShouldBe(before);
        await Should.ThrowAsync<NotFoundException>(() => host.As(clerk).Send(new GetCounterFiling(id)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(clerk).Send(new RequestMendingCode(id)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(clerk).Send(new OpenCounterCorrection(id, "123456")));
        await Should.ThrowAsync<FluentValidation.ValidationException>(() => host.As(clerk).Send(new FindCounterCorrection { Number = "GX-1", Proof = "123456" }));
    }

    [Fact]
    public async Task What_was_filed_without_a_window_or_waits_for_nothing_is_said_to_who_has_the_right_pair()
    {
        var clerk = await host.Sits(Here);
        var online = await host.NewPerson(Young);
        var filed = await host.Submit(online.User, await host.FilledCard(online.User));
        (await host.Refusal(clerk, Find(filed.Number, online))).ShouldBe("counter.not-of-counter");

        var person = await host.NewPerson(Young);
        var id = await host.Submitted(clerk, person);
        (await host.Refusal(clerk, Find(await NumberOf(id), person))).ShouldBe("counter.nothing-to-mend");
        (await host.Refusal(clerk, new RequestMendingCode(id))).ShouldBe("counter.nothing-to-mend");
    }

    [Fact]
    public async Task Who_filed_it_finds_it_in_the_own_list_and_others_after_they_found_it()
    {
        var (id, person, filer, _) = await Asking();
        var clerk = await host.Sits(There);
        var line = (await Listed(filer)).Single(l => l.CaseId == id);
        (line.Items, line.AnswerBy).ShouldBe((1, (await host.As(filer).Send(new GetCounterFiling(id))).Mend!.AnswerBy));
        (await Listed(clerk)).ShouldNotContain(l => l.CaseId == id);
        await host.As(clerk).Send(Find(await NumberOf(id), person));
        (await Listed(clerk)).ShouldContain(l => l.CaseId == id);

        await Agree(filer, person, id);
        await Mend(filer, id);
        await Resubmit(filer, person, id);
        (await Listed(filer)).Single(l => l.CaseId == id).ShouldSatisfyAllConditions(l => l.Items.ShouldBe(0), l => l.MendedAt.ShouldNotBeNull());

        async Task<IReadOnlyList<CounterCorrectionLine>> Listed(TestUser who) => (await host.As(who).Send(new GetCounterCorrections())).Page.Items;
    }

    [Fact]
    public async Task Of_two_windows_the_newest_agreement_holds_and_one_submits()
    {
        var (id, person, filer, _) = await Asking();
        await Agree(filer, person, id);
        await Mend(filer, id);
        await host.As(filer).Send(new RequestSubmittingCode(id));
        var late = await host.CodeOf(person.Phone, Mended);
        var clerk = await host.Sits(There);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await Taken(clerk, person, id);

        var before = await Everything(id);
        (await host.Refusal(filer, new ConfirmCounterFiling(id, late))).ShouldBe("counter.consent-over");
        (await Should.ThrowAsync<RefusedException>(() => host.Save(filer, id, "person", ("person.phone", "13900000001")))).Refusals[0].Code.ShouldBe("case.consent-over");
        (await Everything(id)).ShouldBe(before);
        (await host.As(filer).Send(new GetCounterFiling(id))).Mend!.AgreementOver.ShouldBeTrue();

        await Resubmit(clerk, person, id);
        before = await Everything(id);
        (await host.Refusal(filer, new ConfirmCounterFiling(id, late))).ShouldBe("counter.already-mended");
        (await host.Refusal(filer, new RequestMendingCode(id))).ShouldBe("counter.already-mended");
        (await Everything(id)).ShouldBe(before);
    }

    [Fact]
    public async Task What_the_applicant_submits_online_in_between_wins_and_the_window_is_told()
    {
        var (id, person, _, _) = await Asking();
        var clerk = await host.Sits(There);
        await Taken(clerk, person, id);
        await host.As(clerk).Send(new RequestSubmittingCode(id));
        var code = await host.CodeOf(person.Phone, Mended);
        var check = await host.As(person.User).Send(new GetCaseCheck(id));
        await host.As(person.User).Send(new SubmitCase(id, check.ContentHash));

        var before = await Everything(id);
        (await host.Refusal(clerk, new ConfirmCounterFiling(id, code))).ShouldBe("counter.already-mended");
        (await host.Refusal(clerk, new RequestSubmittingCode(id))).ShouldBe("counter.already-mended");
        (await host.Refusal(clerk, new OpenCounterCorrection(id, "123456"))).ShouldBe("counter.already-mended");
        (await Should.ThrowAsync<RefusedException>(() => host.Save(clerk, id, "person", ("person.phone", "13900000001")))).Refusals.ShouldNotBeEmpty();
        (await Everything(id)).ShouldBe(before);
        (await host.As(clerk).Send(new GetCounterFiling(id))).MendingOver.ShouldNotBeNull().ShouldContain("已经交过");
        await Should.ThrowAsync<NotFoundException>(() => host.As(clerk).Send(new GetCorrectionReceipt(id)));
    }

    [Fact]
    public async Task The_window_and_the_applicant_at_once_submit_it_once()
    {
        var (id, person, _, _) = await Asking();
        var clerk = await host.Sits(There);
        await Taken(clerk, person, id);
        await host.As(clerk).Send(new RequestSubmittingCode(id));
        var code = await host.CodeOf(person.Phone, Mended);
        var check = await host.As(person.User).Send(new GetCaseCheck(id));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0
            ? Quiet(() => host.As(clerk).Send(new ConfirmCounterFiling(id, code)))
            : Quiet(() => host.As(person.User).Send(new SubmitCase(id, check.ContentHash)))));

        var events = await host.InDatabase(db => db.CaseEvents.AsNoTracking().Where(e => e.CaseId == id).ToListAsync());
        events.Count(e => e.Kind == nameof(CaseAction.Resubmit)).ShouldBe(1);
        (await host.InDatabase(db => db.Cases.AsNoTracking().SingleAsync(c => c.Id == id))).State.ShouldBe(CaseState.InReview);

        static async Task Quiet<T>(Func<Task<T>> act)
        {
            try
            {
                await act();
            }
            catch (RefusedException)
            {
                // The other was quicker.
            }
        }
    }

    [Fact]
    public async Task An_expired_code_and_five_wrong_ones_open_nothing()
    {
        var (id, person, _, _) = await Asking();
        var clerk = await host.Sits(There);
        await host.As(clerk).Send(Find(await NumberOf(id), person));
        await host.As(clerk).Send(new RequestMendingCode(id));
        var code = await host.CodeOf(person.Phone, Asked);
        (await host.Refusal(clerk, new RequestMendingCode(id))).ShouldBe("counter.code-too-soon");
        var before = await Everything(id);
        host.Clock.Advance(CounterCode.Lifetime);
        (await host.As(clerk).Send(new OpenCounterCorrection(id, code))).Refusal!.Code.ShouldBe("counter.wrong-code");

        await host.As(clerk).Send(new RequestMendingCode(id));
        var right = await host.CodeOf(person.Phone, Asked);
        var wrong = right == "000000" ? "000001" : "000000";
        for (var i = 0; i < 4; i++)
            (await host.As(clerk).Send(new OpenCounterCorrection(id, wrong))).Refusal!.Code.ShouldBe("counter.wrong-code");
        (await host.As(clerk).Send(new OpenCounterCorrection(id, wrong))).Refusal!.Code.ShouldBe("counter.code-locked");
        (await host.As(clerk).Send(new OpenCounterCorrection(id, right))).Refusal!.Code.ShouldBe("counter.code-locked");
        (await Everything(id)).ShouldBe(before);
        (await host.As(clerk).Send(new GetCounterFiling(id))).MayFill.ShouldBeFalse();
        await Should.ThrowAsync<NotFoundException>(() => host.As(clerk).Send(new OpenForApplicant(id)));
    }

    [Fact]
    public async Task A_file_exchanged_after_the_second_code_was_sent_voids_it()
    {
        var (id, person, _, _) = await Asking(extra: true);
        var clerk = await host.Sits(There);
        await Taken(clerk, person, id);
        var extra = (await host.As(clerk).Send(new GetTaskList(id))).Extra.ShouldHaveSingleItem();
        await host.As(clerk).Send(new RequestSubmittingCode(id));
        var code = await host.CodeOf(person.Phone, Mended);
        (await host.As(clerk).Send(new GetCounterFiling(id))).CodeUntil.ShouldNotBeNull();
        await host.As(clerk).Send(new UploadAttachment(id, extra.Code, "换过的.pdf", Pdf));

        (await host.As(clerk).Send(new GetCounterFiling(id))).CodeUntil.ShouldBeNull();
        (await host.As(clerk).Send(new ConfirmCounterFiling(id, code))).Refusal!.Code.ShouldBe("counter.content-changed");
        (await host.InDatabase(db => db.Cases.AsNoTracking().SingleAsync(c => c.Id == id))).State.ShouldBe(CaseState.CorrectionRequested);
    }

    [Fact]
    public async Task Nothing_is_confirmed_before_the_applicant_agreed_and_something_changed()
    {
        var (id, person, filer, _) = await Asking();
        (await host.Refusal(filer, new RequestSubmittingCode(id))).ShouldBe("counter.agree-first");
        (await host.Refusal(filer, new ConfirmCounterFiling(id, "123456"))).ShouldBe("counter.agree-first");
        await Agree(filer, person, id);
        (await host.Refusal(filer, new RequestSubmittingCode(id))).ShouldBe("case.nothing-corrected");
        await host.As(person.User).Send(new EndFilingConsent(id));
        (await host.Refusal(filer, new RequestSubmittingCode(id))).ShouldBe("counter.consent-over");
    }

    [Fact]
    public async Task After_the_last_day_neither_the_window_nor_the_applicant_submits_and_once_closed_the_window_says_so()
    {
        var (id, person, filer, _) = await Asking();
        var clerk = await host.Sits(There);
        await Taken(clerk, person, id);
        var check = await host.As(person.User).Send(new GetCaseCheck(id));
        var last = (await host.As(person.User).Send(new GetCaseTrack(id))).AnswerBy!.Value;
        host.Clock.Advance(TimeSpan.FromDays(last.DayNumber - host.Clock.Today().DayNumber + 1));
        await host.Sits(clerk, There);
        await host.Sits(filer, Here);
        var before = await Everything(id);

        (await host.Refusal(clerk, Find(await NumberOf(id), person))).ShouldBe("case.correction-overdue");
        (await host.Refusal(filer, new RequestMendingCode(id))).ShouldBe("case.correction-overdue");
        (await host.Refusal(person.User, new SubmitCase(id, check.ContentHash))).ShouldBe("case.correction-overdue");
        (await host.As(filer).Send(new GetCounterFiling(id))).Mend!.Overdue.ShouldBeTrue();
        (await Everything(id)).ShouldBe(before);

        (await host.As(TestUsers.System).Send(new LapseCorrection(id))).ShouldBeTrue();
        before = await Everything(id);
        (await host.Refusal(clerk, Find(await NumberOf(id), person))).ShouldBe("counter.correction-lapsed");
        (await host.Refusal(filer, new RequestMendingCode(id))).ShouldBe("counter.correction-lapsed");
        (await Everything(id)).ShouldBe(before);
    }

    [Fact]
    public async Task What_was_agreed_for_the_filing_does_not_reach_the_correction()
    {
        var clerk = await host.Sits(Here);
        var person = await host.NewPerson(Young);
        var id = await host.Opened(clerk, person);
        await host.Fill(clerk, id);
        await host.Submit(person.User, id);
        await AskFor(id, extra: false);

        (await Should.ThrowAsync<RefusedException>(() => host.Save(clerk, id, "person", ("person.phone", "13900000001")))).Refusals[0].Code.ShouldBe("case.consent-over");
        (await host.Refusal(clerk, new OpenForApplicant(id))).ShouldBe("case.consent-over");
    }

    [Fact]
    public async Task The_notice_names_the_windows_to_who_came_to_one_and_only_to_them()
    {
        var (_, person, _, _) = await Asking();
        var sms = (await host.Messages(person.Phone)).First(m => m.Contains("要补材料", StringComparison.Ordinal));
        sms.ShouldEndWith("或到任一大厅、便民中心综窗改。");
        var inbox = (await host.As(person.User).Send(new GetMyNotices())).Items.First(n => n.Text.Contains("要补材料", StringComparison.Ordinal)).Text;
        foreach (var hall in (await host.Send(new GetPlaces())).Where(p => p.Kind is PlaceKind.Hall or PlaceKind.Centre))
            inbox.ShouldContain(hall.Title);

        var online = await host.NewPerson(Young);
        var filed = await host.Submit(online.User, await host.FilledCard(online.User));
        await AskFor(filed.CaseId, extra: false);
        (await host.Messages(online.Phone)).First(m => m.Contains("要补材料", StringComparison.Ordinal)).ShouldNotContain("综窗");
    }

    [Fact]
    public async Task Only_window_clerks_take_up_corrections()
    {
        var (id, person, _, _) = await Asking();
        foreach (var user in new ICurrentUser[] { person.User, TestUsers.Officer(CaseHost.Department), TestUsers.Staff(Roles.Helper) })
        {
            await Should.ThrowAsync<AccessDeniedException>(() => host.As(user).Send(new GetCounterCorrections()));
            await Should.ThrowAsync<AccessDeniedException>(() => host.As(user).Send(new FindCounterCorrection()));
            await Should.ThrowAsync<AccessDeniedException>(() => host.As(user).Send(new RequestMendingCode(id)));
            await Should.ThrowAsync<AccessDeniedException>(() => host.As(user).Send(new OpenCounterCorrection(id, "1")));
            await Should.ThrowAsync<AccessDeniedException>(() => host.As(user).Send(new GetCorrectionReceipt(id)));
        }
    }

    /// <summary>A case that was filed and accepted at a window, with a correction asked for.</summary>
    private async Task<(Guid Id, Person Person, TestUser Filer, TestUser Officer)> Asking(bool extra = false)
    {
        var filer = await host.Sits(Here);
        var person = await host.NewPerson(Young);
        var id = await host.Submitted(filer, person);
        await host.As(filer).Send(new AcceptAtCounter(id));
        return (id, person, filer, await AskFor(id, extra));
    }

    private async Task<TestUser> AskFor(Guid id, bool extra)
    {
        var officer = TestUsers.Officer(CaseHost.Department);
        await host.As(officer).Send(new ClaimCase(id));
        await host.As(officer).Send(new RequestCorrection
        {
            CaseId = id,
            Remarks = new Dictionary<string, string> { ["person.phone"] = "请换成本人的手机号" },
            Outside = extra ? [new OutsideMaterial("户口簿", "请带户口簿首页和本人页", "照片和本人差别大，要看户口簿核对身份。")] : [],
        });
        await host.DrainOutbox();
        return officer;
    }

    private static FindCounterCorrection Find(string number, Person person) => new() { Number = CaseNumber.Display(number), Proof = person.IdNumber[^6..].ToLowerInvariant() };

    private Task<string> NumberOf(Guid id) => host.InDatabase(db => db.Cases.Where(c => c.Id == id).Select(c => c.Number!).SingleAsync());

    /// <summary>The applicant agrees with the first code.</summary>
    private async Task Agree(TestUser clerk, Person person, Guid id)
    {
        await host.As(clerk).Send(new RequestMendingCode(id));
        (await host.As(clerk).Send(new OpenCounterCorrection(id, await host.CodeOf(person.Phone, Asked)))).Refusal.ShouldBeNull();
    }

    private async Task Mend(TestUser clerk, Guid id)
    {
        await host.As(clerk).Send(new OpenForApplicant(id));
        await host.Save(clerk, id, "person", ("person.phone", "13911112222"));
    }

    /// <summary>Found, agreed and mended, not yet submitted.</summary>
    private async Task Taken(TestUser clerk, Person person, Guid id)
    {
        await host.As(clerk).Send(Find(await NumberOf(id), person));
        await Agree(clerk, person, id);
        await Mend(clerk, id);
    }

    private async Task<CounterOutcome> Resubmit(TestUser clerk, Person person, Guid id)
    {
        await host.As(clerk).Send(new RequestSubmittingCode(id));
        return await host.As(clerk).Send(new ConfirmCounterFiling(id, await host.CodeOf(person.Phone, Mended)));
    }

    private async Task MendOnline(Person person, Guid id)
    {
        await host.Save(person.User, id, "person", ("person.phone", "13911112222"));
        var check = await host.As(person.User).Send(new GetCaseCheck(id));
        await host.As(person.User).Send(new SubmitCase(id, check.ContentHash));
    }

    /// <summary>All that a refusal must leave as it was; tries at a code are counted elsewhere.</summary>
    private Task<string> Everything(Guid id) => host.InDatabase(async db => string.Join('\n',
    [
        .. await db.Database.SqlQuery<string>($"SELECT row_to_json(c)::text AS \"Value\" FROM cases.cases c WHERE id = {id}").ToListAsync(),
        .. await db.Database.SqlQuery<string>($"SELECT row_to_json(r)::text AS \"Value\" FROM cases.revisions r WHERE case_id = {id} ORDER BY ordinal").ToListAsync(),
        .. await db.Database.SqlQuery<string>($"SELECT row_to_json(f)::text AS \"Value\" FROM cases.filing_consents f WHERE case_id = {id} ORDER BY id").ToListAsync(),
        .. await db.Database.SqlQuery<string>($"SELECT row_to_json(x)::text AS \"Value\" FROM cases.counter_corrections x WHERE case_id = {id} ORDER BY id").ToListAsync(),
        .. await db.Database.SqlQuery<string>($"SELECT row_to_json(i)::text AS \"Value\" FROM cases.correction_items i WHERE case_id = {id} ORDER BY id").ToListAsync(),
        .. await db.Database.SqlQuery<string>($"SELECT row_to_json(s)::text AS \"Value\" FROM cases.clock_segments s WHERE case_id = {id} ORDER BY id").ToListAsync(),
    ]));
}
