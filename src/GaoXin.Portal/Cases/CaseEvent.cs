using System.Globalization;
using System.Text;
using GaoXin.Portal.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Cases;

/// <summary>
/// One thing that happened to a case: append-only (a trigger refuses update and delete) and chained. The link is keyed,
/// so that who can write the table can not forge it without the portal's key; the case row keeps the head and the count.
/// The detail is JSON text without personal data.
/// </summary>
internal sealed class CaseEvent
{
    public required Guid CaseId { get; init; }

    public required int Sequence { get; init; }

    public required string Kind { get; init; }

    public required Guid ActorId { get; init; }

    /// <summary>How the actor is shown: 系统, 申请人, 签名人, or the masked name of staff.</summary>
    public required string Actor { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>JSON as text: jsonb would reorder it and break the chain.</summary>
    public required string Detail { get; init; }

    public byte[] Link { get; private set; } = [];

    public CaseEvent Chain(byte[] previous, PersonalDataCipher cipher)
    {
        Link = Compute(previous, cipher);
        return this;
    }

    public byte[] Compute(byte[] previous, PersonalDataCipher cipher)
    {
        var text = new StringBuilder()
            .Append(CaseId).Append('\n').Append(Sequence).Append('\n').Append(Kind).Append('\n').Append(ActorId).Append('\n')
            .Append(Actor).Append('\n').Append((At.UtcTicks / 10).ToString(CultureInfo.InvariantCulture)).Append('\n')
            .Append(Detail).Append('\n').Append(Convert.ToHexString(previous));
        return cipher.Hash(text.ToString(), "case-event");
    }
}

internal sealed class CaseEventConfiguration : IEntityTypeConfiguration<CaseEvent>
{
    public void Configure(EntityTypeBuilder<CaseEvent> builder)
    {
        builder.ToTable("events", "cases");
        builder.HasKey(e => new { e.CaseId, e.Sequence });
        builder.Property(e => e.Kind).HasMaxLength(40);
        builder.Property(e => e.Actor).HasMaxLength(60);
        builder.Property(e => e.Detail).HasMaxLength(4000);
        builder.HasOne<Case>().WithMany().HasForeignKey(e => e.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}
