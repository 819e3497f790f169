using System.Net.Http.Json;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Registration;

/// <summary>
/// The list of persons who may not hold a post (公司法 178, 条例 12), an outside system. A hit sends the case to an
/// officer, it never refuses; so does a list that does not answer.
/// </summary>
internal interface IPersonRestrictions
{
    Task<RestrictionAnswer> Look(IReadOnlyCollection<string> idNumbers, DateOnly on, CancellationToken ct);
}

/// <summary>How many of the persons are on the list; null when the list did not answer.</summary>
internal sealed record RestrictionAnswer(int? Hits);

/// <summary>Settings of the list, section <c>Portal:PersonRestrictions</c>.</summary>
internal sealed class PersonRestrictionsOptions
{
    public const string Section = "Portal:PersonRestrictions";

    /// <summary>Address of the look-up. Empty: the demo table in demo mode, else nobody can be checked.</summary>
    public Uri? Address { get; set; }

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>A person on the local list: the stand-in of the outside system in demo mode. Only a keyed hash of the number is kept.</summary>
internal sealed class RestrictedPerson
{
    public const string HashKind = "registration.restricted-person";

    public required byte[] PersonHash { get; init; }

    public required string Reason { get; init; }

    /// <summary>Last day; null means without end.</summary>
    public DateOnly? Until { get; init; }
}

internal sealed class RestrictedPersonConfiguration : IEntityTypeConfiguration<RestrictedPerson>
{
    public void Configure(EntityTypeBuilder<RestrictedPerson> builder)
    {
        builder.ToTable("restricted_persons", "registration");
        builder.HasKey(p => p.PersonHash);
        builder.Property(p => p.Reason).HasMaxLength(200);
    }
}

/// <summary>The demo table.</summary>
internal sealed class LocalPersonRestrictions(PortalDbContext db, PersonalDataCipher cipher, IOptions<PortalOptions> portal) : IPersonRestrictions
{
    public async Task<RestrictionAnswer> Look(IReadOnlyCollection<string> idNumbers, DateOnly on, CancellationToken ct)
    {
        if (!portal.Value.DemoMode)
            return new RestrictionAnswer(null);
        var hashes = idNumbers.Select(n => cipher.Hash(n, RestrictedPerson.HashKind)).ToList();
        return new RestrictionAnswer(await db.RestrictedPersons.CountAsync(p => hashes.Contains(p.PersonHash) && (p.Until == null || p.Until >= on), ct));
    }
}

/// <summary>The outside list over HTTP: <c>POST {"idNumbers":[...],"on":"yyyy-MM-dd"}</c> answers <c>{"hits":0}</c>.</summary>
internal sealed partial class HttpPersonRestrictions(HttpClient http, ILogger<HttpPersonRestrictions> logger) : IPersonRestrictions
{
    public async Task<RestrictionAnswer> Look(IReadOnlyCollection<string> idNumbers, DateOnly on, CancellationToken ct)
    {
        try
        {
            using var response = await http.PostAsJsonAsync((Uri?)null, new Question(idNumbers, on), ct);
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<Answer>(ct);
            return new RestrictionAnswer(answer is { Hits: >= 0 } ? answer.Hits : null);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or System.Text.Json.JsonException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            NoAnswer(error.GetType().Name);
            return new RestrictionAnswer(null);
        }
    }

    [LoggerMessage(EventId = 300, Level = LogLevel.Warning, Message = "The list of restricted persons did not answer: {Reason}")]
    private partial void NoAnswer(string reason);

    private sealed record Question(IReadOnlyCollection<string> IdNumbers, DateOnly On);

    // Nullable: an answer without the number is no answer, not "no hits".
    private sealed record Answer(int? Hits);
}
