using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Identity;

/// <summary>A message the simulator "sent". Demo mode only.</summary>
internal sealed class DemoMessage
{
    public const string Purpose = "identity.demo-sms";

    public required Guid Id { get; init; }

    public required byte[] PhoneSecret { get; init; }

    public required byte[] BodySecret { get; init; }

    public required DateTimeOffset SentAt { get; init; }
}

/// <summary>The gateway of demo mode: no message leaves the portal, it is shown on /demo/sms.</summary>
internal sealed class DemoSmsGateway(PortalDbContext db, PersonalDataCipher cipher, TimeProvider clock) : ISmsGateway
{
    public Task Send(SmsMessage message, CancellationToken ct)
    {
        var phone = cipher.Protect(message.PhoneNumber, PortalUser.PhonePurpose);
        var body = cipher.Protect(message.Text, DemoMessage.Purpose);
        var now = clock.GetUtcNow();
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO identity.demo_sms (id, phone_secret, body_secret, sent_at) VALUES ({message.Id}, {phone}, {body}, {now})
            ON CONFLICT (id) DO NOTHING
            """, ct);
    }
}

internal sealed class DemoMessageConfiguration : IEntityTypeConfiguration<DemoMessage>
{
    public void Configure(EntityTypeBuilder<DemoMessage> builder)
    {
        builder.ToTable("demo_sms", "identity");
        builder.HasIndex(m => m.SentAt);
    }
}
