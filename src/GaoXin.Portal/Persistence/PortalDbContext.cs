using System.Text.Json;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Persistence;

/// <summary>
/// The one context. It names no sets: each capability brings its tables as entity configurations (one PostgreSQL
/// schema a capability) and its sets as extension properties beside them.
/// </summary>
internal sealed class PortalDbContext(DbContextOptions<PortalDbContext> options)
    : IdentityUserContext<PortalUser, Guid>(options), IDataProtectionKeyContext
{
    private bool _raised;

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Stores the fact for every handler that listens to it; delivered after the commit.</summary>
    public void Raise(IPublicEvent fact, DateTimeOffset now)
    {
        var type = fact.GetType();
        foreach (var handler in EventHandlers.For(type))
        {
            Add(new OutboxMessage
            {
                Event = type.FullName!,
                Handler = handler.FullName!,
                Payload = JsonSerializer.Serialize(fact, type, OutboxMessage.Json),
                CreatedAt = now,
                DueAt = now,
            });
            _raised = true;
        }
    }

    /// <summary>True once after something was raised, so that the pipeline wakes the workers in the same transaction.</summary>
    public bool TakeRaisedFlag()
    {
        var raised = _raised;
        _raised = false;
        return raised;
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        builder.Entity<DataProtectionKey>().ToTable("data_protection_keys", "kernel");
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => e.GetTableName()!.StartsWith("AspNet", StringComparison.Ordinal)))
            entity.SetSchema("identity");
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<decimal>().HavePrecision(24, 6);
        configuration.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }
}
