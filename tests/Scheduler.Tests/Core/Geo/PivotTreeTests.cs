using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

public class PivotTreeTests
{
    [Fact]
    public void Finds_what_a_linear_scan_finds() => Prop
        .ForAll<ulong[], ulong>((numbers, value) =>
        {
            ulong[] keys = [.. numbers.Append(0UL).Append(ulong.MaxValue).Distinct().Order()];
            var tree = new PivotTree([.. keys], keys.Length);
            return keys.Append(value).Append(value / 2).All(v => tree.Find(v) == Array.FindLastIndex(keys, k => k <= v));
        })
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(5_000)]
    public void Finds_every_key_at_every_height(int count)
    {
        ulong[] keys = [.. Enumerable.Range(0, count).Select(i => (ulong)i * 3)];
        var tree = new PivotTree([.. keys], count);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(i, tree.Find(keys[i]));
            Assert.Equal(i, tree.Find(keys[i] + 2));
        }
        Assert.Equal(count - 1, tree.Find(ulong.MaxValue));
    }
}
