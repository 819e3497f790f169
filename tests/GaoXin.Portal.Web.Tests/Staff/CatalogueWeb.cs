using System.Text;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Editing;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Web.Tests.Staff;

/// <summary>Two editors at their pages.</summary>
public sealed class CatalogueWeb : PortalWebFactory
{
    private int _serial;

    /// <summary>Who writes.</summary>
    public TestUser Writer { get; } = TestUsers.Staff(Roles.CatalogueEditor) with { DisplayName = "演示编辑甲" };

    /// <summary>The second person.</summary>
    public TestUser Second { get; } = TestUsers.Staff(Roles.CatalogueEditor) with { DisplayName = "演示编辑乙" };

    /// <inheritdoc />
    protected override bool DemoMode => true;

    /// <summary>A code nobody has.</summary>
    public string NewCode() => $"page-item-{Interlocked.Increment(ref _serial)}";

    /// <summary>A draft of a new item without a fault.</summary>
    public async Task<(string Code, Guid Draft)> NewDraft(string title = "演示事项")
    {
        var code = NewCode();
        var id = await Send(new CreateItem { Code = code, Title = title, Department = "health", Theme = "family", Kind = ItemKind.Confirmation }, Writer);
        await Change(id, "basic", new() { ["summary"] = "一句话。", ["audiences"] = "person" });
        await Change(id, "time", new() { ["clock.promised_days"] = "3", ["clock.statutory_days"] = "10" });
        return (code, id);
    }

    /// <summary>Writes values into a draft.</summary>
    public async Task Change(Guid draft, string group, Dictionary<string, string> values, TestUser? by = null) => await Send(new ChangeItemDraft
    {
        DraftId = draft,
        Revision = (await Send(new GetItemDraft(draft), Writer)).Revision,
        Group = group,
        Values = values,
    }, by ?? Writer);

    /// <summary>A published item.</summary>
    public async Task<string> Published(string title = "演示事项")
    {
        var (code, draft) = await NewDraft(title);
        await Publish(draft);
        return code;
    }

    /// <summary>Through both persons.</summary>
    public async Task Publish(Guid draft, DateOnly? from = null)
    {
        await Send(new SubmitItemDraft(draft), Writer);
        await Send(new ApproveItemDraft(draft), Second);
        await Send(new PublishItemDraft { DraftId = draft, EffectiveFrom = from }, Second);
        await DrainOutbox();
    }

    /// <summary>A CSV file of items.</summary>
    public static byte[] Csv(params (string Code, string Title)[] items) => Encoding.UTF8.GetBytes(
        "事项编码,事项名称,一句话说明,服务对象,实施部门,主题,事项类型,办件类型,承诺办结时限,法定办结时限\n"
        + string.Concat(items.Select(i => $"{i.Code},{i.Title},一句话。,个人,卫生健康委员会,生育婚姻,行政确认,承诺件,3,10\n")));
}
