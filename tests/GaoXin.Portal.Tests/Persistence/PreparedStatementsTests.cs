using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Persistence;

public sealed class PreparedStatementsTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_statement_that_comes_again_is_prepared_on_the_server()
    {
        var prepared = await host.InDatabase(async db =>
        {
            await db.Database.OpenConnectionAsync();
            for (var i = 0; i < 6; i++)
                await db.Set<OutboxMessage>().CountAsync(m => m.Attempts > 100);
            return await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_prepared_statements WHERE statement LIKE '%outbox%'").SingleAsync();
        });
        prepared.ShouldBe(1);
    }
}
