using Scheduler.Core.Geo;
using Scheduler.Server.Http.Limits;

namespace Scheduler.Tests.Server.Http.Limits;

public sealed class RateTableTests
{
    private const ulong Me = 0x0002_0001;

    [Fact]
    public void Who_shares_one_word_with_a_heavy_caller_is_not_refused_for_it()
    {
        RateTable table = TenAtOnce();
        Empty(table, Me ^ 0x0003_0000); // the same word in the first row, another in the second
        Assert.True(table.TryTake(Me, 1, 1, out long left));
        Assert.Equal(9, left);
    }

    [Fact]
    public void A_heavy_caller_is_refused_however_many_share_its_words()
    {
        RateTable table = TenAtOnce();
        Empty(table, Me);
        Assert.False(table.TryTake(Me, 1, 1, out long left));
        Assert.Equal(0, left);
        Assert.True(table.TryTake(Me, 1 + TimeSpan.TicksPerSecond, 10, out _));
    }

    [Fact]
    public void Many_threads_together_exceed_the_quota_by_one_call_each_at_most()
    {
        var table = new RateTable(new RatePolicy("test", 1, 5_000));
        int taken = 0;
        Parallel.For(0, 8, _ =>
        {
            for (int i = 0; i < 2_000; i++)
                if (table.TryTake(Me, 1, 1, out long _)) Interlocked.Increment(ref taken);
        });
        Assert.InRange(taken, 5_000, 5_008); // a thread between the two words may find the last token of one of them
    }

    [Fact]
    public void Taking_allocates_nothing()
    {
        RateTable table = TenAtOnce();
        var hash = new CallerHash();
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            for (uint i = 0; i < 1_000; i++) table.TryTake(hash.Of(IpKey.FromV4(i << 8), 24, 48), i, 1, out _);
            table.TryTake(hash.Of("Ab3dEf9hIj"), 1, 1, out _);
        }));
    }

    [Fact]
    public void Addresses_of_one_network_are_one_caller_and_others_are_others()
    {
        var hash = new CallerHash();
        Assert.Equal(Of("203.0.113.9"), Of("203.0.113.250"));
        Assert.NotEqual(Of("203.0.113.9"), Of("203.0.114.9"));
        Assert.Equal(Of("2001:db8:7:1::1"), Of("2001:db8:7:ffff::2"));
        Assert.NotEqual(Of("2001:db8:7::1"), Of("2001:db8:8::1"));
        Assert.NotEqual(Of("203.0.113.9"), new CallerHash().Of(Key("203.0.113.9"), 24, 48));
        Assert.NotEqual(hash.Of("Ab3dEf9hIj"), hash.Of("Ab3dEf9hIk"));

        ulong Of(string address) => hash.Of(Key(address), 24, 48);
    }

    [Fact]
    public void Networks_spread_over_both_rows()
    {
        var hash = new CallerHash();
        ulong[] hashes = [.. Enumerable.Range(0, 10_000).Select(i => hash.Of(IpKey.FromV4((uint)i << 8), 24, 48))];
        // Of 10,000 balls in 65,536 bins about 9,283 are hit; a hash with a pattern is far off.
        Assert.InRange(hashes.Select(h => h & 0xFFFF).Distinct().Count(), 9_150, 9_420);
        Assert.InRange(hashes.Select(h => (h >> 16) & 0xFFFF).Distinct().Count(), 9_150, 9_420);
    }

    private static IpKey Key(string address) => IpKey.TryParse(address, out IpKey key) ? key : throw new ArgumentException(address, nameof(address));

    private static RateTable TenAtOnce() => new(new RatePolicy("test", 10, 1));

    private static void Empty(RateTable table, ulong caller)
    {
        while (table.TryTake(caller, 1, 1, out _)) ;
    }
}
