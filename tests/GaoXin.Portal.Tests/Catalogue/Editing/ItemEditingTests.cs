using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GaoXin.Portal.Tests.Catalogue.Editing;

public sealed class ItemEditingTests(EditorsHost host) : IClassFixture<EditorsHost>
{
    [Fact]
    public async Task A_claimed_item_is_invisible_until_it_is_published()
    {
        var (code, writer) = (EditorsHost.NewCode(), host.Writer);
        var draft = await writer.Send(new CreateItem
        {
            Code = code,
            Title = "演示认领事项",
            Department = "health",
            Theme = "family",
            Kind = ItemKind.Licence,
            ClaimedFrom = "省级目录",
            Document = "演示文件第 1 号",
        });
        await EditorsHost.Change(writer, draft, "basic", ("summary", "一句话。"), ("audiences", "person"));
        await EditorsHost.Change(writer, draft, "time", ("clock.promised_days", "0"));
        (await host.Send(new GetServiceDefinition(code))).ShouldBeNull();

        var version = await host.Publish(writer, draft);

        version.ShouldBe(1);
        (await host.Send(new GetServiceDefinition(code)))!.Title.ShouldBe("演示认领事项");
        var item = await writer.Send(new GetCatalogueItem(code));
        item.Claim!.From.ShouldBe("省级目录");
        item.InForce!.PublishedBy.ShouldBe("演示编辑乙");
        item.History.Select(h => h.Kind).ShouldBe(
            [ItemEventKind.Published, ItemEventKind.Reviewed, ItemEventKind.Submitted, ItemEventKind.Changed, ItemEventKind.Changed, ItemEventKind.Claimed]);
    }

    [Fact]
    public async Task Who_wrote_or_submitted_never_reviews_or_publishes()
    {
        var writer = host.Writer;
        var draft = await EditorsHost.Draft(writer, EditorsHost.NewCode());
        await writer.Send(new SubmitItemDraft(draft));
        (await Refused(() => writer.Send(new ApproveItemDraft(draft)))).ShouldBe("item.second-person");
        var second = host.As(EditorsHost.Person("演示编辑乙"));
        await second.Send(new ApproveItemDraft(draft));

        (await Refused(() => writer.Send(new PublishItemDraft { DraftId = draft }))).ShouldBe("item.second-person");

        (await writer.Send(new GetItemDraft(draft))).MayPublish.ShouldBeFalse();
        (await second.Send(new GetItemDraft(draft))).MayPublish.ShouldBeTrue();
    }

    [Fact]
    public async Task The_database_refuses_the_same_person_too()
    {
        var writer = host.Writer;
        var draft = await EditorsHost.Draft(writer, EditorsHost.NewCode());

        var refused = await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db =>
            db.Database.ExecuteSqlAsync($"UPDATE catalogue.item_drafts SET status = 'Published', reviewed_by = {writer.User.Id}, published_by = written_by, published_version = 1 WHERE id = {draft}")));

        refused.ConstraintName.ShouldBe("ck_item_drafts_publisher");
        var version = await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO catalogue.service_versions (code, version, hash, content, effective_from, loaded_at, title, summary, department, theme, audiences, cancelled, origin, written_by, published_by)
            SELECT code, 999, hash, content, effective_from, loaded_at, title, summary, department, theme, audiences, cancelled, 'Editor', {writer.User.Id}, {writer.User.Id}
            FROM catalogue.service_versions LIMIT 1
            """)));
        version.ConstraintName.ShouldBe("ck_service_versions_two_people");
    }

    [Fact]
    public async Task Many_publishers_at_once_publish_one_version()
    {
        var (code, writer) = (EditorsHost.NewCode(), host.Writer);
        var draft = await EditorsHost.Draft(writer, code);
        await writer.Send(new SubmitItemDraft(draft));
        await host.As(EditorsHost.Person("演示编辑乙")).Send(new ApproveItemDraft(draft));

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                return (await host.As(EditorsHost.Person($"演示编辑{i}")).Send(new PublishItemDraft { DraftId = draft })).ToString();
            }
            catch (RefusedException refused)
            {
                return refused.Refusals[0].Code;
            }
        }));

        results.Count(r => r == "1").ShouldBe(1);
        results.Count(r => r == "item.not-now").ShouldBe(7);
        (await host.InDatabase(db => db.ServiceVersions.CountAsync(v => v.Code == code))).ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_overwrites_what_he_has_not_seen()
    {
        var writer = host.Writer;
        var draft = await EditorsHost.Draft(writer, EditorsHost.NewCode());
        var seen = (await writer.Send(new GetItemDraft(draft))).Revision;
        await EditorsHost.Change(host.As(EditorsHost.Person("演示编辑乙")), draft, "basic", ("title", "别人改的名称"));

        var change = new ChangeItemDraft { DraftId = draft, Revision = seen, Group = "basic", Values = new Dictionary<string, string> { ["title"] = "我改的名称" } };
        (await Refused(() => writer.Send(change))).ShouldBe("item.changed-meanwhile");

        (await writer.Send(new GetItemDraft(draft))).Title.ShouldBe("别人改的名称");
    }

    [Fact]
    public async Task Only_the_open_draft_is_opened_again()
    {
        var code = await host.Published();

        var opened = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.As(EditorsHost.Person("演示编辑丙")).Send(new StartItemDraft(code))));

        opened.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_draft_with_a_fault_is_not_submitted_and_says_where()
    {
        var writer = host.Writer;
        var draft = await EditorsHost.Draft(writer, EditorsHost.NewCode());
        await EditorsHost.Change(writer, draft, "time", ("clock.promised_days", "20"), ("clock.statutory_days", "10"));
        await EditorsHost.ChangeRows(writer, draft, "materials", "materials", new Dictionary<string, string> { ["code"] = "form", ["title"] = "" });

        var refused = await Should.ThrowAsync<RefusedException>(() => writer.Send(new SubmitItemDraft(draft)));

        refused.Refusals.ShouldHaveSingleItem().Message.ShouldBe("材料第 1 行：材料名称：没有填。请补上。");
        await EditorsHost.ChangeRows(writer, draft, "materials", "materials");
        (await writer.Send(new GetItemDraft(draft))).Faults.ShouldHaveSingleItem().Message.ShouldContain("比法定的 10 天还长");
    }

    [Fact]
    public async Task A_scheduled_version_comes_into_force_on_its_day_and_nothing_slips_before_it()
    {
        var (code, writer) = (await host.Published(), host.Writer);
        var today = host.Clock.Today();
        var draft = await writer.Send(new StartItemDraft(code));
        await EditorsHost.Change(writer, draft, "basic", ("title", "新名称"));
        (await host.Publish(writer, draft, today.AddDays(3))).ShouldBe(2);
        (await host.Send(new GetServiceDefinition(code)))!.Version.ShouldBe(1);

        var hurried = await writer.Send(new StartItemDraft(code));
        await EditorsHost.Change(writer, hurried, "basic", ("title", "抢先的名称"));
        await writer.Send(new SubmitItemDraft(hurried));
        var second = host.As(EditorsHost.Person("演示编辑乙"));
        await second.Send(new ApproveItemDraft(hurried));
        (await Refused(() => second.Send(new PublishItemDraft { DraftId = hurried }))).ShouldBe("item.scheduled-later");

        host.Clock.Advance(TimeSpan.FromDays(4));
        (await host.Send(new GetServiceDefinition(code)))!.Title.ShouldBe("新名称");
    }

    [Fact]
    public async Task A_version_that_waits_can_be_withdrawn_one_in_force_can_not()
    {
        var (code, writer) = (await host.Published(), host.Writer);
        var draft = await writer.Send(new StartItemDraft(code));
        await EditorsHost.Change(writer, draft, "basic", ("title", "以后的名称"));
        await host.Publish(writer, draft, host.Clock.Today().AddDays(30));

        await writer.Send(new WithdrawVersion(code, 2));

        (await Refused(() => writer.Send(new WithdrawVersion(code, 1)))).ShouldBe("item.already-in-force");
        (await writer.Send(new GetCatalogueItem(code))).Versions.Select(v => v.Withdrawn).ShouldBe([true, false]);
        var next = await writer.Send(new StartItemDraft(code));
        await EditorsHost.Change(writer, next, "basic", ("title", "再改的名称"));
        (await host.Publish(writer, next)).ShouldBe(3);
    }

    [Fact]
    public async Task A_cancelled_item_says_why_and_starts_no_case()
    {
        var writer = host.Writer;
        var draft = await writer.Send(new StartItemDraft("works-filing"));
        await EditorsHost.Change(writer, draft, "cancelled", ("cancelled.on", "2026-01-01"), ("cancelled.reason", "并入社保登记"), ("cancelled.basis", "演示通知"), ("cancelled.redirect", "elder-card"));
        await host.Publish(writer, draft);

        var service = await host.Send(new GetServiceDefinition("works-filing"));
        service!.Cancelled!.Reason.ShouldBe("并入社保登记");
        service.Online.ShouldBeFalse();
        var refused = await Should.ThrowAsync<RefusedException>(() => host.As(TestUsers.Citizen()).Send(new StartCase("works-filing")));
        refused.Refusals[0].Code.ShouldBe("case.item-cancelled");
    }

    [Fact]
    public async Task A_cancellation_is_a_draft_that_a_second_person_publishes()
    {
        var (code, writer) = (await host.Published(), host.Writer);
        (await Refused(() => writer.Send(Cancel(code, code)))).ShouldBe("item.no-such-redirect");
        (await Refused(() => writer.Send(Cancel(code, "no-such-item")))).ShouldBe("item.no-such-redirect");

        var draft = await writer.Send(Cancel(code, "elder-card"));

        (await Refused(() => writer.Send(Cancel(code, "elder-card")))).ShouldBe("item.draft-open");
        (await host.Send(new GetServiceDefinition(code)))!.Cancelled.ShouldBeNull();
        await host.Publish(writer, draft);
        (await host.Send(new GetServiceDefinition(code)))!.Cancelled.ShouldBe(new Cancellation(host.Clock.Today(), "并入老年人优待证", "演示通知", "elder-card"));
        (await Refused(() => writer.Send(Cancel(code, null)))).ShouldBe("item.cancelled-already");
    }

    [Fact]
    public async Task A_text_keeps_one_kind_of_line_end_whoever_sends_it()
    {
        var (code, writer) = (await host.Published(), host.Writer);
        var draft = await writer.Send(new StartItemDraft(code));
        await EditorsHost.Change(writer, draft, "basic", ("summary", "第一行\r\n第二行"));

        (await writer.Send(new GetItemDraft(draft))).Values["summary"].ShouldBe("第一行\n第二行");
    }

    [Fact]
    public async Task What_was_published_or_done_is_never_changed_or_removed()
    {
        await host.Published();

        foreach (var sql in (string[])["UPDATE catalogue.service_versions SET content = NULL", "DELETE FROM catalogue.service_versions", "DELETE FROM catalogue.item_events", "UPDATE catalogue.item_events SET by_name = 'x'"])
            (await Should.ThrowAsync<PostgresException>(() => host.InDatabase(db => db.Database.ExecuteSqlRawAsync(sql)), sql)).SqlState.ShouldBe("23001");
    }

    [Fact]
    public async Task Only_editors_edit() =>
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Officer()).Send(new StartItemDraft("elder-card")));

    [Fact]
    public async Task An_online_form_survives_an_edit_of_its_guide()
    {
        var before = await host.Send(new GetServiceDefinition("company-setup"));
        var writer = host.Writer;
        var draft = await writer.Send(new StartItemDraft("company-setup"));
        await EditorsHost.Change(writer, draft, "basic", ("summary", "在线开一家公司。"));
        (await writer.Send(new GetItemDraft(draft))).Changes.ShouldHaveSingleItem().Element.ShouldBe("一句话说明");

        await host.Publish(writer, draft);

        var after = await host.Send(new GetServiceDefinition("company-setup"));
        after!.Version.ShouldBe(2);
        after.AllFields().Select(f => f.Key).ShouldBe(before!.AllFields().Select(f => f.Key));
        after.Materials.Select(m => m.RequiredIf is null).ShouldBe(before.Materials.Select(m => m.RequiredIf is null));
    }

    private static CancelItem Cancel(string code, string? redirect) => new() { Code = code, Reason = "并入老年人优待证", Basis = "演示通知", Redirect = redirect };

    private static async Task<string> Refused(Func<Task> act) => (await Should.ThrowAsync<RefusedException>(act)).Refusals[0].Code;
}
