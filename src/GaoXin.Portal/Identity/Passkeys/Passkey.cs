using GaoXin.Portal.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Identity;

/// <summary>The table of passkeys （通行密钥）. It is there only with the third version of Identity's schema: a test looks for it.</summary>
internal sealed class PasskeyConfiguration : IEntityTypeConfiguration<IdentityUserPasskey<Guid>>
{
    public const string Table = "user_passkeys";

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<Guid>> builder) => builder.ToTable(Table, "identity");
}

internal static class PasskeySets
{
    extension(PortalDbContext db)
    {
        public DbSet<IdentityUserPasskey<Guid>> Passkeys => db.Set<IdentityUserPasskey<Guid>>();

        /// <summary>Makes changes to one account's ways to sign in queue, so that two of them never remove the last two ways.</summary>
        public Task LockAccount(Guid accountId, CancellationToken ct) =>
            db.Database.ExecuteSqlAsync($"SELECT 1 FROM identity.users WHERE id = {accountId} FOR UPDATE", ct);
    }
}
