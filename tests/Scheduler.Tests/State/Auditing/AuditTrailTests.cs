using Scheduler.State.Auditing;
using Scheduler.State.Ports;
using Scheduler.Storage.Memory;

namespace Scheduler.Tests.State.Auditing;

public sealed class AuditTrailTests
{
    private readonly VirtualClock _clock = new();
    private readonly MemoryAuditLog _log = new();
    private readonly AuditTrail _trail;

    public AuditTrailTests() => _trail = new AuditTrail(_log, _clock);

    [Fact]
    public async Task A_change_is_written_with_the_next_step()
    {
        _trail.Change(Record());
        await _trail.WriteAsync(all: false, default);
        Assert.Equal(Record(), Assert.Single(await ListAsync()).Record);
        await _trail.WriteAsync(all: true, default);
        Assert.Equal((1, 0), (_trail.Written, _trail.Dropped));
    }

    [Fact]
    public async Task Reads_that_repeat_are_one_record_a_minute_with_a_count()
    {
        DateTimeOffset first = _clock.GetUtcNow();
        for (int i = 0; i < 600; i++)
        {
            _trail.Count(Record() with { Operation = "GET /v1/admin/sites", At = _clock.GetUtcNow() });
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }
        await _trail.WriteAsync(all: false, default);
        AuditRecord written = Assert.Single(await ListAsync()).Record;
        Assert.Equal((600, first), (written.Calls, written.At));
    }

    [Fact]
    public async Task Reads_of_two_callers_are_two_records()
    {
        _trail.Count(Record());
        _trail.Count(Record() with { KeyId = "k2", Caller = "bob" });
        await _trail.WriteAsync(all: false, default);
        Assert.Empty(await ListAsync());
        await _trail.WriteAsync(all: true, default);
        Assert.Equal(2, (await ListAsync()).Length);
    }

    [Fact]
    public async Task A_flood_is_bounded_and_what_is_dropped_is_counted()
    {
        for (int i = 0; i < AuditTrail.MostFolded + 10; i++) _trail.Count(Record() with { Target = $"t{i}" });
        for (int i = 0; i < AuditTrail.MostChanges + 5; i++) _trail.Change(Record());
        Assert.Equal(15, _trail.Dropped);
        await _trail.WriteAsync(all: true, default);
        Assert.Equal(AuditTrail.MostFolded + AuditTrail.MostChanges, _trail.Written);
    }

    [Fact]
    public async Task What_a_failing_store_did_not_take_is_written_when_it_does()
    {
        var faulty = new FaultyAuditLog(_log) { Fails = true };
        var trail = new AuditTrail(faulty, _clock);
        trail.Change(Record());
        await Assert.ThrowsAsync<IOException>(() => trail.WriteAsync(all: false, default).AsTask());
        trail.Change(Record() with { Target = "second" });
        await Assert.ThrowsAsync<IOException>(() => trail.WriteAsync(all: true, default).AsTask());
        faulty.Fails = false;
        await trail.WriteAsync(all: true, default);
        await trail.WriteAsync(all: true, default);
        Assert.Equal(["second", null], (await ListAsync()).Select(entry => entry.Record.Target));
    }

    private AuditRecord Record() => new(_clock.GetUtcNow(), "k1", "ann", "operator", "PUT /v1/admin/fleet", null, 200, 3, "why");

    private async Task<AuditEntry[]> ListAsync() => [.. await _log.ListAsync(new AuditQuery(null, 100_000), default)];
}
