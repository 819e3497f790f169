using GaoXin.Portal.Complaints;
using GaoXin.Portal.Complaints.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.Cases;

namespace GaoXin.Portal.Tests.Complaints;

/// <summary>Complaints at work: every test files its own.</summary>
public sealed class ComplaintHost : PortalHost
{
    public const string Text = "科学大道和瑞达路口的路灯坏了三天，晚上看不见，希望尽快修好。";
    public const string Reply = "您好，11 月 24 日已派人更换了路口的两盏路灯灯头，现在全部亮起，以后每周巡查一次。";
    private int _serial;

    internal static TestUser Clerk { get; } = Staff(Roles.ComplaintClerk, "service-hall");

    internal static TestUser Liaison { get; } = Staff(Roles.UnitLiaison, ComplaintParts.Unit);

    internal static TestUser Handler { get; } = Staff(Roles.ComplaintHandler, ComplaintParts.Unit);

    internal static TestUser OtherHandler { get; } = Staff(Roles.ComplaintHandler, ComplaintParts.Unit);

    internal static TestUser Reviewer { get; } = Staff(Roles.ReplyReviewer, "service-hall");

    internal static TestUser Caller { get; } = Staff(Roles.CallBackOfficer, "service-hall");

    internal static TestUser Supervisor { get; } = Staff(Roles.ComplaintSupervisor, "service-hall");

    protected override void Configure(IDictionary<string, string?> settings) => settings["Portal:DemoMode"] = "true";

    internal static TestUser Staff(string role, string unit) => TestUsers.Staff(role) with { DepartmentCode = unit };

    /// <summary>A complaint of a stranger about a street light; accepted and dispatched by the rules when drained.</summary>
    internal async Task<FiledComplaint> File(ICurrentUser? by = null, IdentityMode identity = IdentityMode.Named, string topic = "street-light", ComplaintKind kind = ComplaintKind.Grievance, string? text = null)
    {
        var filed = await As(by ?? AnonymousUser.Instance).Send(new FileComplaint
        {
            Kind = kind,
            Identity = identity,
            Topic = topic,
            Text = text ?? Text,
            Name = identity == IdentityMode.Anonymous ? null : "演示丁某",
            Phone = identity == IdentityMode.Anonymous ? null : NewPhone(),
            MayPublish = true,
        });
        await DrainOutbox();
        return filed;
    }

    internal string NewPhone() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"1377{Interlocked.Increment(ref _serial):0000000}");

    /// <summary>Signed, taken and contacted.</summary>
    internal async Task<FiledComplaint> Working()
    {
        var filed = await File();
        await As(Liaison).Send(new SignComplaint(filed.Id));
        await As(Handler).Send(new TakeComplaint(filed.Id));
        await As(Handler).Send(new LogContact(filed.Id, ContactManner.Phone, "已电话联系，约好今晚去看。"));
        return filed;
    }

    internal async Task<FiledComplaint> Replied()
    {
        var filed = await Working();
        await As(Handler).Send(new WriteReply(filed.Id, Reply, null));
        await As(Reviewer).Send(new ReviewReply { Id = filed.Id, Approve = true });
        await DrainOutbox();
        return filed;
    }

    internal Task<Complaint> Load(Guid id) => InDatabase(async db =>
    {
        var found = (await db.LockComplaint(id, CancellationToken.None))!;
        return found;
    });
}
