using System.Text.Json;
using System.Text.Json.Serialization;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Complaints;

/// <summary>Keys of the platforms that send orders (来件), section <c>Complaints:External</c>: base64 by channel, for example <c>Hotline12345</c>.</summary>
internal sealed class ExternalOrderOptions
{
    public const string Section = "Complaints:External";

    /// <summary>HMAC keys by channel; a channel without a key is not accepted.</summary>
    public Dictionary<string, string> Keys { get; set; } = [];
}

/// <summary>
/// 平台来件: an order of another platform, signed with HMAC-SHA256 over time, path and body. Sent twice it is one complaint: the answer
/// is the same number. Refused: an unknown channel, a wrong signature, a time more than five minutes off.
/// </summary>
[ForAnyone]
public sealed record ReceiveOrder(string Channel, string Time, string Path, string Body, string Signature) : ICommand<ReceivedOrder>
{
    /// <summary>The channel only.</summary>
    public override string ToString() => $"ReceiveOrder {Channel}";
}

/// <summary>What became of an order.</summary>
/// <param name="Number">诉求编号; null when it was not accepted.</param>
/// <param name="IsNew">False when it was here before.</param>
/// <param name="Fault">Null when accepted; else <c>signature</c> or <c>content</c>.</param>
public sealed record ReceivedOrder(string? Number, bool IsNew, string? Fault);

/// <summary>An order as platforms write it.</summary>
internal sealed record ExternalOrder(string ExternalNumber, string Kind, string Text)
{
    public string? Topic { get; init; }

    public string? Place { get; init; }

    public string? Name { get; init; }

    public string? Phone { get; init; }

    /// <summary>The last day the platform allows.</summary>
    public DateOnly? DueOn { get; init; }

    public bool Confidential { get; init; }

    public override string ToString() => nameof(ExternalOrder);
}

internal sealed class ReceiveOrderHandler(ExternalOrders orders, IOptions<ExternalOrderOptions> options, TimeProvider clock) : IRequestHandler<ReceiveOrder, ReceivedOrder>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    public async Task<ReceivedOrder> Handle(ReceiveOrder request, CancellationToken ct)
    {
        if (!Enum.TryParse<ComplaintChannel>(request.Channel, ignoreCase: true, out var channel) || !IsSigned(request, channel))
            return new ReceivedOrder(null, false, "signature");
        ExternalOrder? order;
        try
        {
            order = JsonSerializer.Deserialize<ExternalOrder>(request.Body, Json);
        }
        catch (JsonException)
        {
            return new ReceivedOrder(null, false, "content");
        }

        if (order is null || ExternalOrders.Problem(order) is not null)
            return new ReceivedOrder(null, false, "content");
        var (number, isNew) = await orders.Take(channel, order, ct);
        return new ReceivedOrder(number, isNew, null);
    }

    /// <summary>Platforms write the signature in small or capital letters.</summary>
    private bool IsSigned(ReceiveOrder request, ComplaintChannel channel) =>
        options.Value.Keys.TryGetValue(channel.ToString(), out var key) && !string.IsNullOrWhiteSpace(key)
        && SignedRequest.IsSigned(Convert.FromBase64String(key), request.Time, request.Path, request.Body, request.Signature.ToLowerInvariant(), clock.GetUtcNow());
}

/// <summary>Takes orders of other platforms: by signed request or by table, the same way.</summary>
internal sealed class ExternalOrders(PortalDbContext db, ComplaintIntake intake, Rulebooks rulebooks)
{
    private const int LongestNumber = 60;
    private const int LongestText = 4000;

    public static IReadOnlyList<ComplaintChannel> Channels { get; } = [ComplaintChannel.Hotline12345, ComplaintChannel.PeopleNet, ComplaintChannel.StateCouncil];

    /// <summary>What is wrong with an order, in words for a clerk; null when nothing is.</summary>
    public static string? Problem(ExternalOrder order) => order switch
    {
        { ExternalNumber: null or "" } or { ExternalNumber.Length: > LongestNumber } => "没有来件编号，或者太长。",
        { Text: null } or { Text.Length: < 5 } or { Text.Length: > LongestText } => "没有内容，或者太长。",
        _ when KindOf(order.Kind) is null => $"类型“{order.Kind}”不认识。",
        { Phone: { Length: > 0 } phone } when !MobileNumber.TryParse(phone, out _) => "手机号不对。",
        _ => null,
    };

    public static ComplaintKind? KindOf(string? kind)
    {
        foreach (var known in Enum.GetValues<ComplaintKind>())
        {
            if (kind == Catalogue.ChineseWords.Chinese(known) || kind == Catalogue.ChineseWords.Code(known))
                return known;
        }

        return null;
    }

    public Task<string?> Known(ComplaintChannel channel, string externalNumber, CancellationToken ct) =>
        db.Complaints.Where(c => c.Channel == channel && c.ExternalNumber == externalNumber).Select(c => c.Number).SingleOrDefaultAsync(ct)!;

    /// <summary>The complaint of an order; the same order twice, even at once, is one complaint.</summary>
    public async Task<(string Number, bool IsNew)> Take(ComplaintChannel channel, ExternalOrder order, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({channel + "|" + order.ExternalNumber}, 7))", ct);
        if (await Known(channel, order.ExternalNumber, ct) is { } known)
            return (known, false);
        var topic = (await rulebooks.Topics(ct)).FirstOrDefault(t => t.Parent is not null && (t.Code == order.Topic || t.Title == order.Topic))?.Code;
        var phone = MobileNumber.TryParse(order.Phone, out var number) ? number : null;
        var filed = await intake.File(new Intake
        {
            Channel = channel,
            ExternalNumber = order.ExternalNumber,
            ExternalDueOn = channel is ComplaintChannel.PeopleNet or ComplaintChannel.StateCouncil ? order.DueOn : null,
            Kind = KindOf(order.Kind)!.Value,
            Identity = order.Confidential ? IdentityMode.Confidential : string.IsNullOrWhiteSpace(order.Name) ? IdentityMode.Anonymous : IdentityMode.Named,
            Text = order.Text,
            Topic = topic,
            Place = order.Place,
            Name = order.Name,
            Phone = phone,
        }, ct);
        return (filed.Number, true);
    }
}
