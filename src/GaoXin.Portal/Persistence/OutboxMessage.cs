using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Persistence;

/// <summary>One event for one handler, saved with the change that raised it. Carries ids and facts, no personal data.</summary>
internal sealed class OutboxMessage
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Event { get; init; }

    public required string Handler { get; init; }

    public required string Payload { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset DueAt { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    public int Attempts { get; set; }

    public string? LastError { get; set; }

    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Set when the tries are used up; the health check reports such rows.</summary>
    public DateTimeOffset? GivenUpAt { get; set; }
}

internal sealed class OutboxMessageConfiguration : IEntityTypeConfiguration<OutboxMessage>
{
    public void Configure(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox", "kernel");
        builder.Property(m => m.Payload).HasColumnType("jsonb");
        builder.Property(m => m.Event).HasMaxLength(200);
        builder.Property(m => m.Handler).HasMaxLength(200);
        builder.Property(m => m.LastError).HasMaxLength(500);
        builder.HasIndex(m => m.DueAt).HasFilter("done_at IS NULL AND given_up_at IS NULL").HasDatabaseName("ix_outbox_waiting");
    }
}
