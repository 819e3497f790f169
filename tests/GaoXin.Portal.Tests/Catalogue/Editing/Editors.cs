using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Catalogue.Items;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Catalogue.Editing;

/// <summary>Two editors at work on items of a test's own.</summary>
public class EditorsHost : PortalHost
{
    private static int _number;

    public UserSession Writer => As(Person("演示编辑甲"));

    public static TestUser Person(string name) => TestUsers.Staff(Roles.CatalogueEditor) with { DisplayName = name };

    public static string NewCode() => $"test-item-{Interlocked.Increment(ref _number)}";

    /// <summary>A draft of a new item that has no fault.</summary>
    public static async Task<Guid> Draft(UserSession editor, string code, string title = "演示事项")
    {
        var id = await editor.Send(new CreateItem { Code = code, Title = title, Department = "health", Theme = "family", Kind = ItemKind.Confirmation });
        await Change(editor, id, "basic", ("summary", "一句话。"), ("audiences", "person"));
        await Change(editor, id, "time", ("clock.promised_days", "3"), ("clock.statutory_days", "10"));
        return id;
    }

    public static async Task Change(UserSession editor, Guid draft, string group, params (string Path, string Text)[] values) =>
        await editor.Send(new ChangeItemDraft
        {
            DraftId = draft,
            Revision = (await editor.Send(new GetItemDraft(draft))).Revision,
            Group = group,
            Values = values.ToDictionary(v => v.Path, v => v.Text),
        });

    public static async Task ChangeRows(UserSession editor, Guid draft, string group, string path, params Dictionary<string, string>[] rows) =>
        await editor.Send(new ChangeItemDraft
        {
            DraftId = draft,
            Revision = (await editor.Send(new GetItemDraft(draft))).Revision,
            Group = group,
            Rows = new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> { [path] = rows },
        });

    /// <summary>Submits, and a second person reviews and publishes.</summary>
    public async Task<int> Publish(UserSession writer, Guid draft, DateOnly? from = null)
    {
        await writer.Send(new SubmitItemDraft(draft));
        var second = As(Person("演示编辑乙"));
        await second.Send(new ApproveItemDraft(draft));
        var version = await second.Send(new PublishItemDraft { DraftId = draft, EffectiveFrom = from });
        await DrainOutbox();
        return version;
    }

    public async Task<string> Published(string? code = null, string title = "演示事项")
    {
        var own = code ?? NewCode();
        var writer = Writer;
        await Publish(writer, await Draft(writer, own, title));
        return own;
    }
}
