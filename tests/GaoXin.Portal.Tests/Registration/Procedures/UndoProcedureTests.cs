using GaoXin.Portal.Cases;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Registration;
using GaoXin.Portal.Registration.Procedures;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Registration.Procedures;

/// <summary>撤销决定 of each procedure: the register, the licence and what everybody reads are as before. 变更 has its test beside the change.</summary>
public sealed class UndoProcedureTests(ProcedureHost host) : IClassFixture<ProcedureHost>
{
    [Fact]
    public async Task Further_premises_go_from_the_licence_again()
    {
        var firm = await host.NewFirm();
        var draft = await host.As(firm.Leader).Send(new StartCase("multi-address-filing"));
        (await host.Page(firm.Leader, draft, "entity")).ShouldBeEmpty();
        const string Row = "otherPremises/r1/otherPremises.";
        (await host.Page(firm.Leader, draft, "premises", (Row + "division", "410172560"), (Row + "address", "郑州高新区示例路 18 号传感谷 B 座"), (Row + "room", "108 室"), (Row + "licensed", "no"))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "commitment", ("commitment.otherPremises", "yes"), ("commitment.truthful", "yes"))).ShouldBeEmpty();
        var done = await host.Done(firm.Leader, draft);
        var filed = await host.CurrentCode(firm);

        await host.Revoke(done.Case.Id);

        (await host.Verify(filed)).Outcome.ShouldBe(LicenceOutcome.Revoked);
        (await Valid(firm)).Facts.ShouldNotContain(f => f.Label.StartsWith("经营场所", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_suspension_is_as_if_it_had_never_been_filed()
    {
        var firm = await host.NewFirm();
        var begun = await Suspend(firm, "begin", 30);
        (await Standing(firm)).ShouldNotBeNull();

        await host.Revoke(begun);

        (await Standing(firm)).ShouldBeNull();
        (await host.InDatabase(db => db.Suspensions.CountAsync(s => s.EntityId == firm.EntityId))).ShouldBe(0);
    }

    [Fact]
    public async Task Business_that_was_taken_up_again_is_suspended_as_filed_before()
    {
        var firm = await host.NewFirm();
        await Suspend(firm, "begin", 30);
        var filed = await Standing(firm);
        host.Clock.Advance(TimeSpan.FromDays(10));
        var resumed = await Suspend(firm, "resume");
        (await Standing(firm)).ShouldBeNull();

        await host.Revoke(resumed);

        (await Standing(firm)).ShouldBe(filed);
        (await host.As(firm.Leader).Send(new GetMyLicences())).Single(l => l.Title == "恢复营业通知书").State.ShouldBe(LicenceState.Revoked);
        (await Used(firm)).ShouldBe(31);
        await Suspend(firm, "resume");
        (await Used(firm)).ShouldBe(10);
    }

    [Fact]
    public async Task A_prolonged_suspension_ends_when_it_would_have_ended()
    {
        var firm = await host.NewFirm();
        await Suspend(firm, "begin", 40);
        var filed = await Standing(firm);
        host.Clock.Advance(TimeSpan.FromDays(20));
        var prolonged = await Suspend(firm, "prolong", 90);
        (await Standing(firm)).ShouldNotBe(filed);

        await host.Revoke(prolonged);

        (await Standing(firm)).ShouldBe(filed);
        (await Used(firm)).ShouldBe(41);
    }

    [Fact]
    public async Task A_suspension_stays_while_a_longer_one_rests_on_it()
    {
        var firm = await host.NewFirm();
        var begun = await Suspend(firm, "begin", 20);
        await Suspend(firm, "prolong", 60);
        var (stands, used) = (await Standing(firm), await Used(firm));

        await host.Revoke(begun);

        (await Standing(firm)).ShouldBe(stands);
        (await Used(firm)).ShouldBe(used);
        (await host.As(firm.Leader).Send(new GetMyLicences())).Where(l => l.Title == "歇业备案通知书").ShouldAllBe(l => l.State == LicenceState.Valid);
    }

    [Fact]
    public async Task Business_stays_taken_up_again_when_another_suspension_was_filed_since()
    {
        var firm = await host.NewFirm();
        await Suspend(firm, "begin", 30);
        var resumed = await Suspend(firm, "resume");
        await Suspend(firm, "begin", 5);
        var stands = await Standing(firm);

        await host.Revoke(resumed);

        (await Standing(firm)).ShouldBe(stands);
        (await Used(firm)).ShouldBe(6);
    }

    [Fact]
    public async Task A_suspension_is_not_given_back_to_a_company_that_has_ended()
    {
        var firm = await host.NewFirm(sole: true);
        await Suspend(firm, "begin", 60);
        var resumed = await Suspend(firm, "resume");
        await host.Done(firm.Leader, await Simple(firm, "publish"));
        host.Clock.Advance(TimeSpan.FromDays(21));
        await host.File(firm.Leader, await Simple(firm, "apply"));

        await host.Revoke(resumed);

        (await Standing(firm)).ShouldNotBeNull().ShouldContain("注销");
    }

    [Fact]
    public async Task A_company_that_goes_on_is_as_suspended_as_it_was()
    {
        var firm = await host.NewFirm(sole: true);
        await Suspend(firm, "begin", 60);
        var stands = await Standing(firm);
        await host.Done(firm.Leader, await Simple(firm, "publish"));
        host.Clock.Advance(TimeSpan.FromDays(21));
        var closed = await host.File(firm.Leader, await Simple(firm, "apply"));

        await host.Revoke(closed.CaseId);

        (await Valid(firm)).Standing.ShouldBe(stands);
    }

    [Fact]
    public async Task A_notice_is_withdrawn_and_another_may_be_published()
    {
        var firm = await host.NewFirm(sole: true);
        var done = await host.Done(firm.Leader, await Simple(firm, "publish"));

        await host.Revoke(done.Case.Id);

        (await host.Send(new GetDeregistrationNotices(firm.CreditCode))).Items.ShouldHaveSingleItem().State.ShouldBe(DeregistrationNoticeState.Withdrawn);
        await host.Done(firm.Leader, await Simple(firm, "publish"));
    }

    [Fact]
    public async Task A_withdrawn_notice_runs_again_and_the_days_between_do_not_count()
    {
        var firm = await host.NewFirm(sole: true);
        await host.Done(firm.Leader, await Simple(firm, "publish"));
        var before = await Notice(firm);
        host.Clock.Advance(TimeSpan.FromDays(3));
        var withdrawn = await host.Done(firm.Leader, await Simple(firm, "withdraw"));
        host.Clock.Advance(TimeSpan.FromDays(40));

        await host.Revoke(withdrawn.Case.Id);

        (await Notice(firm)).ShouldSatisfyAllConditions(n => n.State.ShouldBe(DeregistrationNoticeState.Running), n => n.EndsOn.ShouldBe(before.EndsOn.AddDays(40)));
        host.Clock.Advance(TimeSpan.FromDays(18));
        (await Notice(firm)).State.ShouldBe(DeregistrationNoticeState.Open);
    }

    [Fact]
    public async Task A_notice_stays_withdrawn_when_another_was_published_since()
    {
        var firm = await host.NewFirm(sole: true);
        await host.Done(firm.Leader, await Simple(firm, "publish"));
        var withdrawn = await host.Done(firm.Leader, await Simple(firm, "withdraw"));
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.Done(firm.Leader, await Simple(firm, "publish"));

        await host.Revoke(withdrawn.Case.Id);

        (await host.Send(new GetDeregistrationNotices(firm.CreditCode))).Items.Select(n => n.State).ShouldBe([DeregistrationNoticeState.Running, DeregistrationNoticeState.Withdrawn]);
    }

    [Fact]
    public async Task A_longer_time_to_apply_is_the_usual_one_again()
    {
        var firm = await host.NewFirm(sole: true);
        await host.Done(firm.Leader, await Simple(firm, "publish"));
        host.Clock.Advance(TimeSpan.FromDays(21));
        var usual = await ApplyUntil(firm);
        var prolonged = await host.Done(firm.Leader, await Simple(firm, "prolong"));
        (await ApplyUntil(firm)).ShouldBeGreaterThan(usual);

        await host.Revoke(prolonged.Case.Id);

        (await ApplyUntil(firm)).ShouldBe(usual);
        await host.Done(firm.Leader, await Simple(firm, "prolong"));
    }

    [Fact]
    public async Task A_simple_deregistration_is_taken_back_and_the_company_goes_on()
    {
        var firm = await host.NewFirm(sole: true);
        await host.Done(firm.Leader, await Simple(firm, "publish"));
        host.Clock.Advance(TimeSpan.FromDays(21));
        var filed = await host.File(firm.Leader, await Simple(firm, "apply"));
        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Deregistered);

        await host.Revoke(filed.CaseId);

        await GoesOn(firm);
        (await Notice(firm)).State.ShouldBe(DeregistrationNoticeState.Open);
    }

    [Fact]
    public async Task A_deregistration_after_liquidation_is_taken_back_and_the_company_goes_on()
    {
        var firm = await host.NewFirm(sole: true);
        var draft = await host.As(firm.Leader).Send(new StartCase("company-deregistration"));
        (await host.Page(firm.Leader, draft, "employer")).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "liquidation", ("close.reason", "resolved"), ("close.decidedOn", Before(80)), ("liquidation.head.name", "演示丙"), ("liquidation.head.idNo", firm.LeaderNumber),
            ("liquidation.formedOn", Before(79)), ("liquidation.notifiedOn", Before(78)), ("liquidation.announcedOn", Before(78)), ("liquidation.endedOn", Before(3)))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "closing", ("close.taxClearance", "GX20261101000002"), ("simple.licence", "none"))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
        var filed = await host.File(firm.Leader, draft);
        await host.Approve(filed.CaseId);
        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Deregistered);

        await host.Revoke(filed.CaseId);

        await GoesOn(firm);
    }

    [Fact]
    public async Task A_converted_shop_is_a_shop_again_under_its_old_name()
    {
        var shop = await host.NewShop();
        var before = await host.Entity(shop);
        var done = await host.Done(shop.Leader, await host.Conversion(shop));
        var company = await host.CurrentCode(shop);

        await host.Revoke(done.Case.Id);

        var after = await host.Entity(shop);
        (after.Kind, after.Name, after.Type, after.Capital, after.Version).ShouldBe((EntityKind.IndividualBusiness, before.Name, before.Type, before.Capital, 3));
        (await host.Verify(company)).Outcome.ShouldBe(LicenceOutcome.Revoked);
        (await Valid(shop)).HolderName.ShouldBe(before.Name);
    }

    [Fact]
    public async Task A_changed_shop_has_its_old_name_again()
    {
        var shop = await host.NewShop();
        var before = await host.Entity(shop);
        var draft = await host.As(shop.Leader).Send(new StartCase("individual-business-change"));
        (await host.Page(shop.Leader, draft, "entity", ("business.change.items", "name"))).ShouldBeEmpty();
        (await host.Page(shop.Leader, draft, "name", ("company.name.tradeName", "黄杨"))).ShouldBeEmpty();
        (await host.Page(shop.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
        var done = await host.Done(shop.Leader, draft);

        await host.Revoke(done.Case.Id);

        (await host.Entity(shop)).Name.ShouldBe(before.Name);
        (await Valid(shop)).HolderName.ShouldBe(before.Name);
    }

    [Fact]
    public async Task A_closed_shop_is_open_again()
    {
        var shop = await host.NewShop();
        var draft = await host.As(shop.Leader).Send(new StartCase("individual-business-deregistration"));
        (await host.Page(shop.Leader, draft, "entity")).ShouldBeEmpty();
        (await host.Page(shop.Leader, draft, "closing", ("simple.debts", "never"), ("simple.licence", "none"), ("commitment.businessDebts", "yes"))).ShouldBeEmpty();
        (await host.Page(shop.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
        var done = await host.Done(shop.Leader, draft);

        await host.Revoke(done.Case.Id);

        await GoesOn(shop);
    }

    private async Task GoesOn(Firm firm)
    {
        (await host.Entity(firm)).Status.ShouldBe(EntityStatus.Registered);
        (await Valid(firm)).Standing.ShouldBeNull();
        (await host.As(firm.Leader).Send(new GetMyEnterprises())).Enterprises.Select(e => e.CreditCode).ShouldBe([firm.CreditCode]);
        (await host.InDatabase(db => db.Names.CountAsync(n => n.EntityId == firm.EntityId && n.ReleasedAt == null && n.ExpiresOn == null))).ShouldBe(1);
    }

    private async Task<VerifiedLicence> Valid(Firm firm)
    {
        var check = await host.Verify(await host.CurrentCode(firm));
        check.Outcome.ShouldBe(LicenceOutcome.Valid);
        return check.Licence.ShouldNotBeNull();
    }

    private async Task<DeregistrationNoticeSummary> Notice(Firm firm) => (await host.Send(new GetDeregistrationNotices(firm.CreditCode))).Items[0];

    private async Task<DateOnly> ApplyUntil(Firm firm) => (await host.Send(new GetDeregistrationNotice((await Notice(firm)).Id))).ApplyUntil;

    /// <summary>What everybody reads who verifies the licence.</summary>
    private async Task<string?> Standing(Firm firm) => (await host.Verify(firm.VerifyCode)).Licence!.Standing;

    /// <summary>Days of suspension, lived and to come.</summary>
    private async Task<int> Used(Firm firm) => (await host.InDatabase(db => db.Suspensions.Where(s => s.EntityId == firm.EntityId).ToListAsync())).Sum(s => s.Period.Days);

    /// <summary>A step of 歇业, decided at once; <paramref name="days"/> from today to its last day.</summary>
    private async Task<Guid> Suspend(Firm firm, string step, int days = 0)
    {
        var today = host.Clock.Today();
        var draft = await host.As(firm.Leader).Send(new StartCase("business-suspension"));
        (await host.Page(firm.Leader, draft, "entity", ("suspension.step", step))).ShouldBeEmpty();
        (string, string?)[] period = [("suspension.reason", "difficulty"), ("suspension.to", $"{today.AddDays(days):yyyy-MM-dd}"), ("suspension.deliveryInstead", "no")];
        if (step == "begin")
            period = [.. period, ("suspension.from", $"{today:yyyy-MM-dd}")];
        if (step != "resume")
            (await host.Page(firm.Leader, draft, "period", period)).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "commitment", step == "resume" ? [("commitment.truthful", "yes")] : [("commitment.employees", "yes"), ("commitment.truthful", "yes")])).ShouldBeEmpty();
        return (await host.Done(firm.Leader, draft)).Case.Id;
    }

    private async Task<Guid> Simple(Firm firm, string step)
    {
        var draft = await host.As(firm.Leader).Send(new StartCase("company-simple-deregistration"));
        (await host.Page(firm.Leader, draft, "entity", ("simple.step", step))).ShouldBeEmpty();
        if (step is "publish" or "apply")
            (await host.Page(firm.Leader, draft, "closing", ("simple.debts", "never"), ("simple.licence", "none"), ("commitment.investors", "yes"))).ShouldBeEmpty();
        (await host.Page(firm.Leader, draft, "commitment", ("commitment.truthful", "yes"))).ShouldBeEmpty();
        return draft;
    }

    private string Before(int days) => $"{host.Clock.Today().AddDays(-days):yyyy-MM-dd}";
}
