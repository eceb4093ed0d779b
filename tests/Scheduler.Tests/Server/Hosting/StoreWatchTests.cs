using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Core.Drains;
using Scheduler.Server.Hosting;
using Scheduler.Server.Persistence;
using Scheduler.State;
using Scheduler.State.Ports;
using Scheduler.Storage.Memory;
using Scheduler.Tests.State.Configurations;

namespace Scheduler.Tests.Server.Hosting;

/// <summary>A replica that watches a store which another one writes.</summary>
public sealed class StoreWatchTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly VirtualClock _clock = new();
    private readonly Stores _stores;
    private readonly FaultyRevisionStore _revisions;
    private readonly Channel<long> _applied = Channel.CreateUnbounded<long>();
    private readonly ConfigurationCentre _other;
    private readonly ConfigurationCentre _centre;
    private StoreWatchService? _watch;

    public StoreWatchTests()
    {
        _stores = MemoryStores.CreateShared(_clock);
        _revisions = new FaultyRevisionStore(_stores.Revisions);
        _other = new ConfigurationCentre(_stores.Revisions, _stores.Numbers, new ConfigurationCodec(), _clock, _ => { });
        _centre = new ConfigurationCentre(_revisions, _stores.Numbers, new ConfigurationCodec(), _clock, applied => _applied.Writer.TryWrite(applied.Revision));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_watch is not null)
        {
            await _watch.StopAsync(default);
            _watch.Dispose();
        }
        _centre.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task What_another_replica_changed_is_in_force_at_its_notice_without_any_time_passing()
    {
        await WatchAsync(_stores.Cluster!.Changes);
        await ChangeAsync("d-1");
        Assert.Equal(1, await _applied.Reader.ReadAsync());
        await ChangeAsync("d-2");
        Assert.Equal(2, await _applied.Reader.ReadAsync());
    }

    [Fact]
    public async Task Without_notices_it_is_in_force_a_second_later()
    {
        await WatchAsync(new MemoryChangeFeed());
        await ChangeAsync("d-1");
        Assert.False(_applied.Reader.TryRead(out _));
        _clock.Advance(Second);
        Assert.Equal(1, await _applied.Reader.ReadAsync());
    }

    [Fact]
    public async Task While_the_store_is_away_what_is_in_force_stays_and_it_is_asked_more_rarely_until_it_is_back()
    {
        await WatchAsync(new MemoryChangeFeed());
        await ChangeAsync("d-1");
        _revisions.IsAway = true;
        _clock.Advance(Second);
        TimeSpan pause = await _clock.ArmedAsync(due => due < Second); // the pause after the failure
        Assert.True(pause >= TimeSpan.FromMilliseconds(125));
        Assert.False(_watch!.IsReachable);
        Assert.Equal(1, _watch.FailedReads);
        Assert.Equal(0, _centre.Current.Revision);

        _revisions.IsAway = false;
        _clock.Advance(Second);
        Assert.Equal(1, await _applied.Reader.ReadAsync());
        Assert.Equal(1, _watch.FailedReads);
    }

    [Fact]
    public async Task Notices_that_cannot_be_listened_to_are_counted_and_tried_again()
    {
        var feed = new BrokenFeed();
        await WatchAsync(feed);
        await feed.Listened.Reader.ReadAsync();
        await _clock.ArmedAsync(due => due < Second); // the pause after the failure
        Assert.Equal(1, _watch!.FailedListenings);
        _clock.Advance(Second);
        await feed.Listened.Reader.ReadAsync();
        Assert.True(_watch.IsReachable);
    }

    /// <summary>Begins to watch, and waits until it does.</summary>
    private async Task WatchAsync(IChangeFeed feed)
    {
        _watch = new StoreWatchService(_stores.Cluster! with { Changes = feed }, new StoreNews(_clock), _centre, _clock, NullLogger<StoreWatchService>.Instance);
        await _watch.StartAsync(default);
        await _clock.ArmedAsync(due => due == Second);
    }

    private async Task ChangeAsync(string drain)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        ChangeResult result = await _other.ChangeAsync(
            present => new ConfigurationEdit.Replace(RevisionKind.Drain, Drains: [new Drain(drain, new DrainTarget(DrainTargetKind.Site, "lon1"), "why", "me", now, now.AddHours(1))]),
            new ChangeOrder("me", "why"), default);
        Assert.IsType<ChangeResult.Committed>(result);
    }

    /// <summary>A feed whose server refuses.</summary>
    private sealed class BrokenFeed : IChangeFeed
    {
        public Channel<bool> Listened { get; } = Channel.CreateUnbounded<bool>();

        public Task ListenAsync(Action<StoreChange> heard, CancellationToken cancellation)
        {
            Listened.Writer.TryWrite(true);
            return Task.FromException(new IOException("The connection was refused."));
        }
    }
}
