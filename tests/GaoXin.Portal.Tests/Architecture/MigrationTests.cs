using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Architecture;

/// <summary>The migrations make what the model says.</summary>
public sealed class MigrationTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task No_change_of_the_model_waits_for_a_migration() =>
        (await host.InDatabase(db => Task.FromResult(db.Database.HasPendingModelChanges()))).ShouldBeFalse("add one: dotnet ef migrations add NAME -p src/GaoXin.Portal -o Persistence/Migrations");

    [Fact]
    public async Task Every_migration_is_applied_and_passkeys_have_a_table()
    {
        (await host.InDatabase(db => db.Database.GetPendingMigrationsAsync())).ShouldBeEmpty();
        (await host.Database.ScalarAsync<bool>("SELECT to_regclass('identity.user_passkeys') IS NOT NULL")).ShouldBeTrue();
    }
}
