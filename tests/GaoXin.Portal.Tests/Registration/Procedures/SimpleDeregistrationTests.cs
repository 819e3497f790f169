using GaoXin.Portal.Cases;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.Registration;
using GaoXin.Portal.Registration.Procedures;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Registration.Procedures;

/// <summary>简易注销: notice, twenty days, application; objection, withdrawal, and what can be cured.</summary>
public sealed class SimpleDeregistrationTests(ProcedureHost host) : IClassFixture<ProcedureHost>
{
    private static readonly DateOnly Published = new(2026, 11, 23);
    private static readonly WorkingCalendar Calendar = new("test", [], [], [2026, 2027]);

    [Theory]
    [InlineData(0, "publish", "已经在公示")]
    [InlineData(20, "apply", "公示还没有满")]
    [InlineData(21, "apply", null)]
    [InlineData(21, "publish", "公示已经满了")]
    [InlineData(21, "prolong", null)]
    [InlineData(40, "apply", null)]
    [InlineData(43, "apply", "重新公示")]
    [InlineData(43, "prolong", "重新公示")]
    [InlineData(43, "publish", null)]
    [InlineData(5, "withdraw", null)]
    [InlineData(43, "withdraw", "不用撤回")]
    public void Each_step_has_its_time(int day, string step, string? says)
    {
        var filing = SimpleFiling.Bind(Portal.Catalogue.Answers.Empty.With("simple.step", step));
        var problem = filing.Problem(Notice(), Published.AddDays(day));
        if (says is null)
            problem.ShouldBeNull();
        else
            problem.ShouldNotBeNull().ShouldContain(says);
    }

    [Fact]
    public void Prolonged_once_it_is_open_thirty_days_after_the_notice()
    {
        var notice = Notice();
        notice.Prolong(Calendar, Guid.CreateVersion7());
        notice.StateOn(notice.EndsOn.AddDays(30)).ShouldBe(DeregistrationNoticeState.Open);
        notice.StateOn(notice.EndsOn.AddDays(33)).ShouldBe(DeregistrationNoticeState.Lapsed);
        new SimpleFiling(SimpleStep.Prolong).Problem(notice, notice.EndsOn.AddDays(1)).ShouldNotBeNull().ShouldContain("延长过一次");
    }

    [Theory]
    [InlineData(3, 10, 10, 10)]
    [InlineData(25, 10, 0, 10)]
    [InlineData(3, 0, 0, 0)]
    public void A_notice_that_was_withdrawn_for_days_has_them_to_come(int withdrawn, int missed, int longer, int later)
    {
        var (notice, first) = (Notice(), Notice());
        notice.Withdraw(Published.AddDays(withdrawn).At(new TimeOnly(10, 0)), Guid.CreateVersion7());

        notice.Reinstate(Published.AddDays(withdrawn + missed), Calendar);

        notice.EndsOn.ShouldBe(first.EndsOn.AddDays(longer));
        notice.ApplyUntil.ShouldBe(Calendar.AddWorkingDays(first.ApplyUntil.AddDays(later), 0));
        (notice.WithdrawnAt, notice.WithdrawnBy).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("2026-09-01", "2026-10-17")]
    [InlineData("2026-08-17", "2026-10-09")]
    public void Creditors_have_forty_five_days_and_a_last_day_off_does_not_count(string announced, string first)
    {
        // 2026-10-01 to 10-08 is 国庆 in this calendar; the 45th day after 08-17 is 10-01.
        var holidays = new WorkingCalendar("test", Enumerable.Range(1, 7).Select(d => new DateOnly(2026, 10, d)), [], [2026]);
        NoticePeriod.AfterCreditors(DateOnly.Parse(announced, null), holidays).ShouldBe(DateOnly.Parse(first, null));
    }

    [Fact]
    public async Task After_twenty_days_without_objection_the_company_is_deregistered()
    {
        var firm = await host.NewFirm();
        await Publish(firm);
        var notice = await NoticeOf(firm);
        notice.State.ShouldBe(DeregistrationNoticeState.Running);
        (await Step(firm, "apply")).Problems.ShouldHaveSingleItem().Message.ShouldContain("公示还没有满");

        host.Clock.Advance(TimeSpan.FromDays(21));
        await Apply(firm);

        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Deregistered);
        var check = await host.Verify(firm.VerifyCode);
        (check.Outcome, check.Licence!.CancelledOn).ShouldBe((LicenceOutcome.Cancelled, host.Clock.Today()));
        check.Licence.Standing.ShouldNotBeNull().ShouldContain("注销");
        (await host.As(firm.Leader).Send(new GetMyEnterprises())).Enterprises.ShouldBeEmpty();
        (await NoticeOf(firm)).State.ShouldBe(DeregistrationNoticeState.Done);
        var name = await host.InDatabase(db => db.Names.AsNoTracking().SingleAsync(n => n.EntityId == firm.EntityId));
        name.ExpiresOn.ShouldBe(host.Clock.Today().AddYears(1));
        await Should.ThrowAsync<RefusedException>(() => host.As(firm.Leader).Send(new StartCase("company-change")));
    }

    [Fact]
    public async Task An_objection_stops_it_until_the_notice_is_withdrawn_and_published_again()
    {
        var (firm, creditor) = (await host.NewFirm(), await host.NewCitizen(1975));
        await Publish(firm);
        var notice = await NoticeOf(firm);
        await host.As(creditor).Send(new ObjectToDeregistration { NoticeId = notice.Id, Reason = "公司还欠我 2026 年 3 月的货款没有还。" });
        await host.DrainOutbox();

        (await Should.ThrowAsync<RefusedException>(() => host.As(creditor).Send(new ObjectToDeregistration { NoticeId = notice.Id, Reason = "公司还欠我 2026 年 3 月的货款没有还。" })))
            .Refusals[0].Code.ShouldBe("registration.objected-already");
        (await host.As(firm.Leader).Send(new GetMyNotices())).Items.ShouldContain(n => n.Title.Contains("异议", StringComparison.Ordinal));
        (await host.As(firm.Leader).Send(new GetDeregistrationNotice(notice.Id))).Reasons.ShouldHaveSingleItem().ShouldContain("货款");
        (await host.Send(new GetDeregistrationNotice(notice.Id))).ShouldSatisfyAllConditions(v => v.Reasons.ShouldBeEmpty(), v => v.Objections.ShouldBe(1));
        (await host.As(creditor).Send(new GetDeregistrationNotice(notice.Id))).Reasons.ShouldBeEmpty();

        // Who objected finds it in the copy of the own data, nobody else does.
        var mine = (await host.As(creditor).Send(new GetMyObjections())).ShouldHaveSingleItem();
        (mine.CreditCode, mine.Reason).ShouldBe((firm.CreditCode, "公司还欠我 2026 年 3 月的货款没有还。"));
        (await host.As(firm.Leader).Send(new GetMyObjections())).ShouldBeEmpty();

        host.Clock.Advance(TimeSpan.FromDays(21));
        (await Step(firm, "apply")).Problems.ShouldHaveSingleItem().Message.ShouldContain("有人提了异议");
        (await Step(firm, "publish")).Problems.ShouldHaveSingleItem().Message.ShouldContain("撤回公告");
        var withdraw = await Step(firm, "withdraw");
        await Commit(firm, withdraw.Draft);
        await host.Done(firm.Leader, withdraw.Draft);
        await Publish(firm);
        host.Clock.Advance(TimeSpan.FromDays(21));
        await Apply(firm);
        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Deregistered);
    }

    [Fact]
    public async Task After_the_notice_nobody_objects_any_more_and_who_has_no_real_name_never_does()
    {
        var (firm, late) = (await host.NewFirm(), await host.NewCitizen(1976));
        await Publish(firm);
        var notice = await NoticeOf(firm);
        (await Should.ThrowAsync<RefusedException>(() => host.As(TestUsers.Citizen()).Send(new ObjectToDeregistration { NoticeId = notice.Id, Reason = "公司还欠我 2026 年 3 月的货款没有还。" })))
            .Refusals[0].Code.ShouldBe("registration.real-name-first");
        host.Clock.Advance(TimeSpan.FromDays(21));
        (await Should.ThrowAsync<RefusedException>(() => host.As(late).Send(new ObjectToDeregistration { NoticeId = notice.Id, Reason = "公司还欠我 2026 年 3 月的货款没有还。" })))
            .Refusals[0].Code.ShouldBe("registration.notice-not-open");
    }

    [Fact]
    public async Task What_can_be_cured_leaves_the_notice_in_force()
    {
        var firm = await host.NewFirm();
        await Publish(firm);
        host.Clock.Advance(TimeSpan.FromDays(21));
        await host.Add(new EntityMark { CreditCode = firm.CreditCode, Kind = EntityMarkKind.Abnormal });
        var draft = await Fill(firm, "apply");
        (await host.As(firm.Leader).Send(new GetCaseCheck(draft))).Problems.ShouldHaveSingleItem().Message.ShouldContain("公告不用重发");

        await host.InDatabase(db => db.EntityMarks.Where(m => m.CreditCode == firm.CreditCode).ExecuteDeleteAsync());
        await host.Done(firm.Leader, draft);

        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Deregistered);
    }

    [Theory]
    [InlineData(nameof(EntityMarkKind.Serious), "普通")]
    [InlineData(nameof(EntityMarkKind.EquityFrozen), "不用重发")]
    [InlineData(nameof(EntityMarkKind.EquityPledged), "不用重发")]
    [InlineData(nameof(EntityMarkKind.ChattelMortgage), "不用重发")]
    [InlineData(nameof(EntityMarkKind.Investment), "退出投资")]
    [InlineData(nameof(EntityMarkKind.Dispute), "了结")]
    [InlineData(nameof(EntityMarkKind.Fine), "缴清罚款")]
    [InlineData(nameof(EntityMarkKind.Branch), "分支机构")]
    [InlineData(nameof(EntityMarkKind.TaxOwed), "清税")]
    public async Task Each_exclusion_blocks_and_says_what_to_do(string kind, string says)
    {
        var firm = await host.NewFirm();
        await host.Add(new EntityMark { CreditCode = firm.CreditCode, Kind = Enum.Parse<EntityMarkKind>(kind) });
        var draft = await Fill(firm, "publish");
        (await host.As(firm.Leader).Send(new GetCaseCheck(draft))).Problems.ShouldHaveSingleItem().Message.ShouldContain(says);
    }

    [Fact]
    public async Task Notices_are_found_by_name_and_code_page_by_page()
    {
        var firm = await host.NewFirm();
        await Publish(firm);
        var name = (await host.Entity(firm)).Name!;
        (await host.Send(new GetDeregistrationNotices(name[2..6]))).Items.ShouldHaveSingleItem().CreditCode.ShouldBe(firm.CreditCode);
        (await host.Send(new GetDeregistrationNotices(firm.CreditCode))).Items.ShouldHaveSingleItem().Name.ShouldBe(name);
        (await host.Send(new GetDeregistrationNotices("没有这家公司"))).Items.ShouldBeEmpty();
        (await host.Send(new GetDeregistrationNotices(null, "没有这一页"))).Items.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_search_among_many_notices_goes_through_an_index()
    {
        var firm = await host.NewFirm();
        await host.InDatabase(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO registration.deregistration_notices (id, entity_id, case_id, applicant_id, credit_code, name, name_grams, published_on, ends_on, apply_until, withdrawn_at)
            SELECT gen_random_uuid(), {firm.EntityId}, gen_random_uuid(), gen_random_uuid(), 'X', 'n' || n, ARRAY[to_char(n, 'FM00000')], date '2020-01-01', date '2020-01-21', date '2020-02-10', now()
            FROM generate_series(1, 20000) n
            """));
        await host.InDatabase(db => db.Database.ExecuteSqlRawAsync("ANALYZE registration.deregistration_notices"));

        var plan = await host.PlanOf(db =>
            GetDeregistrationNoticesHandler.Found(db.DeregistrationNotices, "演示云杉").OrderByDescending(n => n.PublishedOn).ThenByDescending(n => n.Id).Take(21));

        plan.ShouldContain("ix_deregistration_notices_name_grams");
        plan.ShouldNotContain("Seq Scan");
        await host.InDatabase(db => db.Database.ExecuteSqlRawAsync("DELETE FROM registration.deregistration_notices WHERE credit_code = 'X'"));
    }

    private static DeregistrationNotice Notice() => DeregistrationNotice.Of(
        new MarketEntity
        {
            CreditCode = "91410100MA0000015B",
            Kind = EntityKind.Company,
            Type = "有限责任公司",
            RepresentativeSecret = [],
            RepresentativeHash = [],
            Domicile = "",
            AddressKey = "",
            ScopeCodes = [],
            ScopeText = "",
            IndustryCode = "I6513",
            EstablishedOn = Published,
        },
        "郑州演示有限公司", Guid.CreateVersion7(), Guid.CreateVersion7(), Published, Calendar);

    private async Task<DeregistrationNoticeSummary> NoticeOf(Firm firm) => (await host.Send(new GetDeregistrationNotices(firm.CreditCode))).Items[0];

    private async Task Publish(Firm firm) => await host.Done(firm.Leader, await Fill(firm, "publish"), firm.Partner.User);

    private async Task Apply(Firm firm)
    {
        var filed = await host.File(firm.Leader, await Fill(firm, "apply"));
        (await host.As(firm.Leader with { ActingForEnterpriseId = null }).Send(new GetCaseTrack(filed.CaseId))).Case.Outcome.ShouldBe(CaseOutcome.Approved);
    }

    private async Task<Guid> Fill(Firm firm, string step)
    {
        var (draft, problems) = await Step(firm, step);
        problems.ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "closing", ("simple.debts", "never"), ("simple.licence", "none"), ("commitment.investors", "yes"))).ShouldBeEmpty();
        await Commit(firm, draft);
        return draft;
    }

    private async Task<(Guid Draft, IReadOnlyList<FieldProblem> Problems)> Step(Firm firm, string step)
    {
        var draft = await host.As(firm.Leader).Send(new StartCase("company-simple-deregistration"));
        return (draft, await host.Page(firm.Leader, draft, "entity", ("simple.step", step)));
    }

    private async Task Commit(Firm firm, Guid draft) => (await host.Page(firm.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
}
