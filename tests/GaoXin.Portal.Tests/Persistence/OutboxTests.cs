using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.Persistence;

public sealed class OutboxTests : IAsyncLifetime
{
    private readonly ProbeHost _host = new();

    private ProbeDeliveries Deliveries => _host.Services.GetRequiredService<ProbeDeliveries>();

    private Outbox Outbox => _host.Services.GetRequiredService<Outbox>();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Many_workers_deliver_each_event_once()
    {
        const int events = 60;
        foreach (var i in Enumerable.Range(0, events))
            await Store($"event {i}");
        var delivered = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Outbox.DrainAsync(TestContext.Current.CancellationToken)));
        delivered.Sum().ShouldBe(events);
        Deliveries.Texts.Count.ShouldBe(events);
        Deliveries.Texts.Distinct().Count().ShouldBe(events);
    }

    [Fact]
    public async Task A_failing_handler_is_tried_again_later_and_later()
    {
        Deliveries.Broken = true;
        await Store("fails at first");
        (await _host.DrainOutbox(failuresAreWanted: true)).ShouldBe(1);
        (await _host.DrainOutbox(failuresAreWanted: true)).ShouldBe(0, "the row must wait");
        _host.Clock.Advance(TimeSpan.FromSeconds(5));
        (await _host.DrainOutbox(failuresAreWanted: true)).ShouldBe(1);
        _host.Clock.Advance(TimeSpan.FromSeconds(5));
        (await _host.DrainOutbox(failuresAreWanted: true)).ShouldBe(0, "the second wait is longer");
        Deliveries.Broken = false;
        _host.Clock.Advance(TimeSpan.FromHours(1));
        (await _host.DrainOutbox()).ShouldBe(1);
        (await _host.Database.ScalarAsync<int>("SELECT attempts FROM kernel.outbox")).ShouldBe(3);
        (await Notes("delivered fails at first")).ShouldBe(1, "what failed tries wrote is rolled back");
    }

    [Fact]
    public async Task An_event_without_hope_is_given_up_and_keeps_no_personal_text()
    {
        Deliveries.Broken = true;
        await Store("fails for ever");
        for (var i = 0; i < Outbox.MaximumAttempts + 2; i++)
        {
            await _host.DrainOutbox(failuresAreWanted: true);
            _host.Clock.Advance(TimeSpan.FromHours(2));
        }

        Deliveries.Texts.Count.ShouldBe(Outbox.MaximumAttempts);
        (await _host.Database.ScalarAsync<long>("SELECT count(*) FROM kernel.outbox WHERE given_up_at IS NOT NULL AND done_at IS NULL")).ShouldBe(1);
        (await _host.Database.ScalarAsync<string>("SELECT last_error FROM kernel.outbox"))!.ShouldNotContain("as asked");
    }

    [Fact]
    public async Task A_worker_that_dies_between_lease_and_done_leaves_the_event_deliverable()
    {
        await Store("interrupted");
        using var killed = new CancellationTokenSource();
        Deliveries.Before = async ct =>
        {
            await killed.CancelAsync();
            ct.ThrowIfCancellationRequested();
        };
        await Should.ThrowAsync<OperationCanceledException>(() => Outbox.DrainAsync(killed.Token));
        Deliveries.Before = null;
        (await _host.DrainOutbox()).ShouldBe(0, "the lease still holds");
        _host.Clock.Advance(TimeSpan.FromMinutes(3));
        (await _host.DrainOutbox()).ShouldBe(1);
        (await Notes("delivered interrupted")).ShouldBe(1);
    }

    [Fact]
    public async Task An_event_of_a_command_that_was_rolled_back_is_gone()
    {
        await Should.ThrowAsync<RefusedException>(() => _host.As(TestUsers.Citizen()).Send(new StoreNote("rolled back", Fails: true)));
        (await _host.DrainOutbox()).ShouldBe(0);
        (await _host.Database.ScalarAsync<long>("SELECT count(*) FROM kernel.outbox")).ShouldBe(0);
    }

    [Fact]
    public async Task The_background_worker_is_woken_by_a_commit()
    {
        var worker = ActivatorUtilities.CreateInstance<OutboxWorker>(_host.Services);
        var delivered = new TaskCompletionSource();
        Deliveries.Before = _ =>
        {
            delivered.TrySetResult();
            return Task.CompletedTask;
        };
        await worker.StartAsync(TestContext.Current.CancellationToken);
        await Store("in the background");
        await delivered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    private Task Store(string text) => _host.As(TestUsers.Citizen()).Send(new StoreNote(text));

    private Task<long> Notes(string text) =>
        _host.Database.ScalarAsync<long>("SELECT count(*) FROM kernel.data_protection_keys WHERE friendly_name = $1", text);
}
