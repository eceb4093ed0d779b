using System.Text;
using Scheduler.Core.Sessions;

namespace Scheduler.Tests.Core.Sessions;

public sealed class StreamNamesTests
{
    [Fact]
    public void A_name_that_was_learnt_is_found_by_its_hash()
    {
        var names = new StreamNames(1_024);
        for (int i = 0; i < 200; i++) names.Learn(StreamName.Hash(Name(i)), Name(i));
        for (int i = 0; i < 200; i++) Assert.Equal($"live-{i}", names.Find(StreamName.Hash(Name(i))));
        Assert.Null(names.Find(StreamName.Hash("other"u8)));
    }

    [Fact]
    public void It_is_bounded_and_never_gives_the_name_of_another()
    {
        var names = new StreamNames(64);
        for (int i = 0; i < 10_000; i++) names.Learn(StreamName.Hash(Name(i)), Name(i));
        int known = 0;
        for (int i = 0; i < 10_000; i++)
        {
            string? found = names.Find(StreamName.Hash(Name(i)));
            Assert.True(found is null || found == $"live-{i}");
            known += found is null ? 0 : 1;
        }
        Assert.InRange(known, 32, 64);
    }

    [Fact]
    public void A_known_name_is_learnt_again_without_allocation()
    {
        var names = new StreamNames(64);
        byte[] name = Name(1);
        ulong hash = StreamName.Hash(name);
        names.Learn(hash, name);
        Assert.Equal(0, Allocated.Bytes(() => names.Learn(hash, name)));
    }

    private static byte[] Name(int i) => Encoding.UTF8.GetBytes($"live-{i}");
}
