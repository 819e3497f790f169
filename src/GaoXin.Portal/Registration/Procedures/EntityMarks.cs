using System.Net.Http.Json;
using System.Text.Json.Serialization;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>What other registers hold against a simple deregistration (细则 48).</summary>
internal enum EntityMarkKind
{
    /// <summary>经营异常名录.</summary>
    Abnormal,

    /// <summary>严重违法失信名单.</summary>
    Serious,

    /// <summary>股权冻结.</summary>
    EquityFrozen,

    /// <summary>股权出质.</summary>
    EquityPledged,

    /// <summary>动产抵押.</summary>
    ChattelMortgage,

    /// <summary>对外投资没有退出.</summary>
    Investment,

    /// <summary>立案调查、强制措施、诉讼或仲裁.</summary>
    Dispute,

    /// <summary>罚款没有缴清.</summary>
    Fine,

    /// <summary>分支机构没有注销.</summary>
    Branch,

    /// <summary>税款没有结清.</summary>
    TaxOwed,
}

/// <summary>
/// The registers that know of marks: lists of the market authority, courts, pledges, tax. An outside system; one that does not answer
/// sends the case to an officer.
/// </summary>
internal interface IEntityMarks
{
    Task<EntityMarksAnswer> Look(string creditCode, CancellationToken ct);
}

/// <summary>The marks of an entity; null when the registers did not answer.</summary>
internal sealed record EntityMarksAnswer(IReadOnlyCollection<EntityMarkKind>? Marks)
{
    /// <summary>The names of <see cref="Facts"/>, for the lint of rules.</summary>
    public static readonly string[] FactNames = ["marks.known", .. Enum.GetValues<EntityMarkKind>().Select(NameOf)];

    /// <summary>A fact for each mark, and whether there was an answer at all.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Facts =>
        [new("marks.known", Marks is not null), .. Enum.GetValues<EntityMarkKind>().Select(k => new KeyValuePair<string, object?>(NameOf(k), Marks?.Contains(k) ?? false))];

    private static string NameOf(EntityMarkKind kind) => $"marks.{char.ToLowerInvariant(kind.ToString()[0])}{kind.ToString()[1..]}";
}

/// <summary>Settings, section <c>Portal:EntityMarks</c>.</summary>
internal sealed class EntityMarksOptions
{
    public const string Section = "Portal:EntityMarks";

    /// <summary>Address of the look-up. Empty: the demo table in demo mode, else nobody can be checked.</summary>
    public Uri? Address { get; set; }

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>A mark in the local table: the stand-in of the outside registers in demo mode.</summary>
internal sealed class EntityMark
{
    public required string CreditCode { get; init; }

    public required EntityMarkKind Kind { get; init; }
}

internal sealed class EntityMarkConfiguration : IEntityTypeConfiguration<EntityMark>
{
    public void Configure(EntityTypeBuilder<EntityMark> builder)
    {
        builder.ToTable("entity_marks", "registration");
        builder.HasKey(m => new { m.CreditCode, m.Kind });
        builder.Property(m => m.CreditCode).HasMaxLength(18);
    }
}

/// <summary>The demo table.</summary>
internal sealed class LocalEntityMarks(PortalDbContext db, IOptions<PortalOptions> portal) : IEntityMarks
{
    public async Task<EntityMarksAnswer> Look(string creditCode, CancellationToken ct) =>
        portal.Value.DemoMode ? new(await db.EntityMarks.Where(m => m.CreditCode == creditCode).Select(m => m.Kind).ToListAsync(ct)) : new(null);
}

/// <summary>The registers over HTTP: <c>POST {"creditCode":"…"}</c> answers <c>{"marks":["Abnormal"]}</c>.</summary>
internal sealed partial class HttpEntityMarks(HttpClient http, ILogger<HttpEntityMarks> logger) : IEntityMarks
{
    private static readonly System.Text.Json.JsonSerializerOptions Json = new(System.Text.Json.JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public async Task<EntityMarksAnswer> Look(string creditCode, CancellationToken ct)
    {
        try
        {
            using var response = await http.PostAsJsonAsync((Uri?)null, new { creditCode }, ct);
            response.EnsureSuccessStatusCode();
            return new EntityMarksAnswer((await response.Content.ReadFromJsonAsync<Answer>(Json, ct))?.Marks);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or System.Text.Json.JsonException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            NoAnswer(error.GetType().Name);
            return new EntityMarksAnswer(null);
        }
    }

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "The registers of marks did not answer: {Reason}")]
    private partial void NoAnswer(string reason);

    // Nullable: an answer without the list is no answer, not "no marks".
    private sealed record Answer(List<EntityMarkKind>? Marks);
}
