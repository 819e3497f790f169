using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Helping;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>帮办: who helps, what the applicant agrees to, what it lets staff do, and that it ends.</summary>
public sealed class HelpingTests(CaseHost host) : IClassFixture<CaseHost>
{
    private const string Service = "public-rental-housing";
    private static readonly byte[] Proof = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"u8.ToArray();

    private static TestUser Helper() => TestUsers.Staff(Roles.Helper) with { DepartmentCode = "service-hall", DisplayName = "演示帮办员" };

    private async Task<TestUser> OnDuty(int capacity = 200, params string[] skills)
    {
        var helper = Helper();
        await host.As(helper).Send(new SetMyDuty { Phone = "0371-60000001", Capacity = capacity, Skills = skills, OnDuty = true });
        return helper;
    }

    /// <summary>Everybody who is on duty now but these goes off, so that a test knows who is chosen.</summary>
    private Task Only(params TestUser[] helpers)
    {
        var ids = helpers.Select(h => h.Id).ToArray();
        return host.InScope(s => s.GetRequiredService<PortalDbContext>().Set<HelperDuty>().Where(d => !ids.Contains(d.StaffId)).ExecuteUpdateAsync(u => u.SetProperty(d => d.OnDuty, false)));
    }

    private async Task<(TestUser Citizen, Guid Case)> Draft(string service = Service)
    {
        var citizen = await host.NewCitizen(1990);
        return (citizen, await host.As(citizen).Send(new StartCase(service)));
    }

    private async Task<(TestUser Citizen, TestUser Helper, Guid Case)> Helped(bool agreed = true)
    {
        var helper = await OnDuty();
        await Only(helper);
        var (citizen, id) = await Draft();
        await host.As(citizen).Send(new AskForHelper(id));
        if (agreed)
            await host.As(citizen).Send(new GiveFilingConsent(id, helper.Id));
        return (citizen, helper, id);
    }

    private static async Task<string> Refused(Func<Task> act) => (await Should.ThrowAsync<RefusedException>(act)).Refusals[0].Code;

    private Task<CaseHelpView?> Help(TestUser citizen, Guid id) => host.As(citizen).Send(new GetCaseHelp(id));

    private async Task<string> FirstPage(string service = Service) => (await host.Send(new GetServiceDefinition(service)))!.Pages[0].Id;

    [Fact]
    public async Task Who_asks_is_told_name_and_telephone_and_a_second_press_changes_nothing()
    {
        var helper = await OnDuty();
        await Only(helper);
        var (citizen, id) = await Draft();
        (await Help(citizen, id)).ShouldBeNull();

        await host.As(citizen).Send(new AskForHelper(id));
        await host.As(citizen).Send(new AskForHelper(id));
        await host.DrainOutbox();

        (await Help(citizen, id)).ShouldBe(new CaseHelpView(helper.Id, "演示帮办员", "0371-60000001", null, null));
        (await host.As(citizen).Send(new GetMyNotices())).Items.Count(n => n.Title == "有帮办员陪您办").ShouldBe(1);
        (await host.As(helper).Send(new GetMyHelps())).Lines.Items.Count(l => l.CaseId == id).ShouldBe(1);
    }

    [Fact]
    public async Task The_work_goes_to_who_has_least_for_what_the_person_can_follow()
    {
        var (small, large) = (await OnDuty(1), await OnDuty(3));
        await Only(small, large);
        var chosen = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            var (citizen, id) = await Draft();
            await host.As(citizen).Send(new AskForHelper(id));
            chosen.Add((await Help(citizen, id))!.HelperId!.Value);
        }

        (chosen.Count(c => c == small.Id), chosen.Count(c => c == large.Id)).ShouldBe((1, 3));
    }

    [Fact]
    public async Task Ten_cases_at_once_are_spread_evenly()
    {
        var (one, other) = (await OnDuty(), await OnDuty());
        await Only(one, other);
        var drafts = new List<(TestUser Citizen, Guid Case)>();
        for (var i = 0; i < 10; i++)
            drafts.Add(await Draft());

        await Task.WhenAll(drafts.Select(d => host.As(d.Citizen).Send(new AskForHelper(d.Case))));

        (await host.As(one).Send(new GetMyHelps())).Lines.Items.Count.ShouldBe(5);
        (await host.As(other).Send(new GetMyHelps())).Lines.Items.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Who_does_not_know_the_service_is_not_chosen_and_without_anybody_it_is_said()
    {
        await Only(await OnDuty(30, "open-restaurant"));
        var (citizen, id) = await Draft();

        (await Refused(() => host.As(citizen).Send(new AskForHelper(id)))).ShouldBe("case.no-helper");
        (await Help(citizen, id)).ShouldBeNull();
    }

    [Fact]
    public async Task Without_consent_a_helper_sees_no_form_and_one_of_another_case_never()
    {
        var (_, helper, id) = await Helped(agreed: false);
        var page = await FirstPage();

        await Should.ThrowAsync<NotFoundException>(() => host.As(helper).Send(new OpenForApplicant(id)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(helper).Send(new GetFormPage(id, page)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(helper).Send(new GetTaskList(id)));
        await Should.ThrowAsync<NotFoundException>(() => host.As(Helper()).Send(new GetHelpedCase(id)));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Officer()).Send(new GetFormPage(id, page)));
    }

    [Fact]
    public async Task With_consent_the_helper_fills_in_after_a_look_on_record_and_the_applicant_sees_what_was_typed()
    {
        var (citizen, helper, id) = await Helped();
        var desk = host.As(helper);
        var page = (await host.Send(new GetServiceDefinition(Service)))!.Pages.First(p => p.Fields.Any(f => f is { Required: true, Element.Type: FieldType.Text or FieldType.Money or FieldType.SingleChoice }));
        (await Refused(() => desk.Send(new GetFormPage(id, page.Id)))).ShouldBe("case.open-form-first");

        await desk.Send(new OpenForApplicant(id));
        (await host.As(citizen).Send(new GetReadsOfMyData())).Items.ShouldContain(r => r.Reason == "帮办员替您填表，您同意过");
        var shown = await desk.Send(new GetFormPage(id, page.Id));
        var saved = await desk.Send(new SaveFormPage { CaseId = id, PageId = page.Id, Version = shown.Version, Values = new ValidAnswers(host.Clock.Today(), LastChoices: false).For(shown) });

        saved.Conflicts.ShouldBeEmpty();
        var byHelper = (await host.As(citizen).Send(new GetCaseCheck(id))).Sections.SelectMany(s => s.Lines).Where(l => l.ByStaff).ToList();
        byHelper.ShouldNotBeEmpty();
        var changed = await host.As(citizen).Send(new GetFormPage(id, page.Id));
        var mine = changed.Fields.First(f => f is { ByStaff: true });
        await host.As(citizen).Send(new SaveFormPage { CaseId = id, PageId = page.Id, Version = changed.Version, Values = new Dictionary<string, string?> { [mine.Path] = mine.Value == "20" ? "30" : "20" } });
        (await host.As(citizen).Send(new GetFormPage(id, page.Id))).Fields.Single(f => f.Path == mine.Path).ByStaff.ShouldBeFalse("the applicant typed it last");
    }

    [Fact]
    public async Task Consent_never_covers_what_only_the_applicant_does()
    {
        var (citizen, helper, id) = await Helped();
        var desk = host.As(helper);
        await desk.Send(new OpenForApplicant(id));
        foreach (var act in new Func<Task>[]
        {
            () => desk.Send(new SubmitCase(id, "")), () => desk.Send(new GetCaseCheck(id)), () => desk.Send(new RequestSignatures(id)),
            () => desk.Send(new WithdrawCase(id)), () => desk.Send(new DisputeValue(id, "x")), () => desk.Send(new EndFilingConsent(id)),
        })
            await Should.ThrowAsync<AccessDeniedException>(act);
        var page = (await host.Send(new GetServiceDefinition(Service)))!.Pages.First(p => p.Fields.Any(f => f.Element.Type == FieldType.Commitment));
        var shown = await desk.Send(new GetFormPage(id, page.Id));
        var commitment = shown.Fields.First(f => f.Use.Element.Type == FieldType.Commitment);
        commitment.ReadOnly.ShouldBeTrue();

        await desk.Send(new SaveFormPage { CaseId = id, PageId = page.Id, Version = shown.Version, Values = new Dictionary<string, string?> { [commitment.Path] = "yes" } });

        (await host.As(citizen).Send(new GetFormPage(id, page.Id))).Fields.Single(f => f.Path == commitment.Path).Value.ShouldBeNull();
    }

    [Fact]
    public async Task Taking_the_consent_back_works_at_once_and_time_ends_it_too()
    {
        var (citizen, helper, id) = await Helped();
        var (desk, page) = (host.As(helper), await FirstPage());
        await desk.Send(new OpenForApplicant(id));
        await host.As(citizen).Send(new EndFilingConsent(id));
        (await Refused(() => desk.Send(new GetFormPage(id, page)))).ShouldBe("case.consent-over");
        (await Refused(() => desk.Send(new SaveFormPage { CaseId = id, PageId = page, Version = 0, Values = new Dictionary<string, string?>() }))).ShouldBe("case.consent-over");
        (await Refused(() => desk.Send(new UploadAttachment(id, "difficulty", "演示.pdf", Proof)))).ShouldBe("case.consent-over");

        await host.As(citizen).Send(new GiveFilingConsent(id, helper.Id));
        await desk.Send(new OpenForApplicant(id));
        host.Clock.Advance(TimeSpan.FromMinutes(31));
        (await Refused(() => desk.Send(new GetFormPage(id, page)))).ShouldBe("case.open-form-first");
        host.Clock.Advance(TimeSpan.FromDays(7));
        (await Refused(() => desk.Send(new OpenForApplicant(id)))).ShouldBe("case.consent-over");
        (await Help(citizen, id))!.Agreed.ShouldBeNull();
    }

    [Fact]
    public async Task A_late_save_is_kept_but_shows_nothing_until_the_form_is_opened_again()
    {
        var (citizen, helper, id) = await Helped();
        var desk = host.As(helper);
        await desk.Send(new OpenForApplicant(id));
        var page = (await host.Send(new GetServiceDefinition(Service)))!.Pages.First(p => p.Fields.Any(f => f is { Required: true, Element.Type: FieldType.Text or FieldType.Money or FieldType.SingleChoice }));
        var shown = await desk.Send(new GetFormPage(id, page.Id));
        var values = new ValidAnswers(host.Clock.Today(), LastChoices: false).For(shown);
        host.Clock.Advance(TimeSpan.FromMinutes(31));

        var saved = await desk.Send(new SaveFormPage { CaseId = id, PageId = page.Id, Version = shown.Version, Values = values });
        saved.Version.ShouldBeGreaterThan(shown.Version);
        var stale = values.ToDictionary(v => v.Key, v => v.Value is null ? null : v.Value + "9");
        (await Refused(() => desk.Send(new SaveFormPage { CaseId = id, PageId = page.Id, Version = shown.Version, Values = stale }))).ShouldBe("case.open-form-first", "the answer would show what stands there");
        (await host.As(citizen).Send(new GetFormPage(id, page.Id))).Version.ShouldBe(saved.Version);
    }

    [Fact]
    public async Task Asking_and_taking_off_duty_at_once_never_block_each_other()
    {
        var leaving = await OnDuty();
        await Only(leaving);
        var helped = new List<(TestUser Citizen, Guid Case)>();
        for (var i = 0; i < 6; i++)
        {
            helped.Add(await Draft());
            await host.As(helped[^1].Citizen).Send(new AskForHelper(helped[^1].Case));
        }

        var staying = await OnDuty();
        var manager = host.As(TestUsers.Staff(Roles.HallManager));
        await Task.WhenAll([manager.Send(new TakeOffDuty(leaving.Id)), .. helped.Select(h => host.As(leaving).Send(new HandOverHelp(h.Case)).ContinueWith(t => t.Exception?.InnerException is null or NotFoundException ? Task.CompletedTask : t, TaskScheduler.Default).Unwrap())]);

        foreach (var (citizen, id) in helped)
            (await Help(citizen, id))!.HelperId.ShouldBe(staying.Id);
    }

    [Fact]
    public async Task Handing_over_ends_what_was_agreed_to_with_the_one_before()
    {
        var (citizen, helper, id) = await Helped();
        (await Refused(() => host.As(helper).Send(new HandOverHelp(id)))).ShouldBe("case.nobody-else");
        (await Help(citizen, id))!.HelperId.ShouldBe(helper.Id);
        var next = await OnDuty();

        await host.As(helper).Send(new HandOverHelp(id));

        (await Help(citizen, id)).ShouldBe(new CaseHelpView(next.Id, "演示帮办员", "0371-60000001", null, null));
        (await Refused(() => host.As(citizen).Send(new GiveFilingConsent(id, helper.Id)))).ShouldBe("case.other-helper", "the page still named the one before");
        await Should.ThrowAsync<NotFoundException>(() => host.As(helper).Send(new RevealHelpedPerson(id)));
    }

    [Fact]
    public async Task Who_is_taken_off_duty_gives_all_open_cases_to_colleagues()
    {
        var leaving = await OnDuty();
        await Only(leaving);
        var drafts = new List<(TestUser Citizen, Guid Case)>();
        for (var i = 0; i < 3; i++)
        {
            drafts.Add(await Draft());
            await host.As(drafts[^1].Citizen).Send(new AskForHelper(drafts[^1].Case));
        }

        var manager = host.As(TestUsers.Staff(Roles.HallManager));
        (await manager.Send(new TakeOffDuty(leaving.Id))).ShouldBe(3, "nobody else is there");
        var staying = await OnDuty();
        (await manager.Send(new TakeOffDuty(leaving.Id))).ShouldBe(0);

        foreach (var (citizen, id) in drafts)
            (await Help(citizen, id))!.HelperId.ShouldBe(staying.Id);
        (await manager.Send(new GetHelperRoster())).Single(l => l.StaffId == leaving.Id).ShouldSatisfyAllConditions(l => l.Open.ShouldBe(0), l => l.OnDuty.ShouldBeFalse());
    }

    [Fact]
    public async Task Help_and_consent_end_with_the_case()
    {
        var (citizen, helper, id) = await Helped();
        await host.As(citizen).Send(new WithdrawCase(id));

        (await host.As(helper).Send(new GetMyHelps())).Lines.Items.ShouldNotContain(l => l.CaseId == id);
        (await Help(citizen, id)).ShouldBeNull();
        (await Refused(() => host.As(citizen).Send(new AskForHelper(id)))).ShouldBe("case.nothing-to-help");
    }

    [Fact]
    public async Task Name_and_telephone_of_the_applicant_are_on_record_before_they_are_told()
    {
        var (citizen, helper, id) = await Helped(agreed: false);

        var person = await host.As(helper).Send(new RevealHelpedPerson(id));

        person.Phone.ShouldNotBeNull();
        (await host.As(citizen).Send(new GetReadsOfMyData())).Items.ShouldContain(r => r.Field == "姓名和手机号" && r.Reason == "帮办员要打电话给您");
        await Should.ThrowAsync<NotFoundException>(() => host.As(Helper()).Send(new RevealHelpedPerson(id)));
    }
}
