using System.Diagnostics;
using GaoXin.Portal.Persistence;
using Npgsql;

namespace GaoXin.Portal.Tests.Persistence;

/// <summary>The server of our own, in a folder of its own: it is a second one beside the server the other tests use.</summary>
public sealed class OwnPostgresTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(RepositoryFolder.Find()!, ".data", "postgres-" + Guid.NewGuid().ToString("n")[..8]);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Processes_share_a_server_that_outlives_all_but_the_last_and_survives_a_kill()
    {
        var both = await Task.WhenAll(StartAsync(), StartAsync());
        both[0].Port.ShouldBe(both[1].Port);
        await both[0].CreateDatabaseAsync("kept", TestContext.Current.CancellationToken);
        await both[0].DisposeAsync();
        (await AnswersAsync(both[1])).ShouldBeTrue("somebody still uses it");

        Process.GetProcessById(PidOf()).Kill();
        await using (var again = await StartAsync())
            (await AnswersAsync(again)).ShouldBeTrue("the lock file of the killed server is stale");
        await both[1].DisposeAsync();
        File.Exists(PidFile()).ShouldBeFalse("the last one stops it");
    }

    [Fact]
    public async Task Letters_beyond_ASCII_are_letters()
    {
        await using var server = await StartAsync();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres") + ";Pooling=false");
        await using var lower = source.CreateCommand("SELECT lower('Ａ') || upper('é')");
        (await lower.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe("ａÉ");
    }

    private Task<OwnPostgres> StartAsync() =>
        OwnPostgres.StartAsync(new OwnPostgresOptions(_folder, RepositoryFolder.Find(), Durable: false), TestContext.Current.CancellationToken);

    private string PidFile() => Path.Combine(Directory.GetDirectories(_folder, "data-*").Single(), "postmaster.pid");

    private int PidOf() => int.Parse(File.ReadLines(PidFile()).First());

    private static async Task<bool> AnswersAsync(OwnPostgres server)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("kept") + ";Pooling=false");
        await using var command = source.CreateCommand("SELECT 1");
        return await command.ExecuteScalarAsync() is 1;
    }
}
