using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Upstreams;

namespace Scheduler.Tests.Core.Upstreams;

public sealed class StreamHomesTests
{
    private readonly StreamHomes _homes = new();

    [Fact]
    public void The_first_publisher_is_the_home_the_second_its_backup_and_the_third_waits()
    {
        Assert.True(_homes.Arrived(7, 1, 0));
        Assert.True(_homes.Arrived(7, 2, 0));
        Assert.False(_homes.Arrived(7, 3, 0));
        Assert.False(_homes.Arrived(7, 1, 1));
        Assert.Equal(new StreamHome(1, 2), Find(7));
    }

    [Fact]
    public void The_backup_takes_over_when_nothing_arrives_at_the_home()
    {
        _homes.Arrived(7, 1, 0);
        _homes.Arrived(7, 2, StreamHomes.KeepS - 1);
        Assert.Equal(0, _homes.Expire(StreamHomes.KeepS - 1));
        Assert.Equal(1, _homes.Expire(StreamHomes.KeepS));
        Assert.Equal(new StreamHome(2, null), Find(7));
        Assert.Equal(1, _homes.Expire(3 * StreamHomes.KeepS));
        Assert.Null(Find(7));
        Assert.Equal(0, _homes.Count);
    }

    [Fact]
    public void A_third_publisher_is_the_backup_of_the_second_once_the_first_is_gone()
    {
        _homes.Arrived(7, 1, 0);
        _homes.Arrived(7, 2, 8);
        Assert.True(_homes.Arrived(7, 3, StreamHomes.KeepS));
        Assert.Equal(new StreamHome(2, 3), Find(7));
    }

    [Fact]
    public void A_publisher_that_ends_gives_way_at_once()
    {
        _homes.Arrived(7, 1, 0);
        _homes.Arrived(7, 2, 0);
        Assert.True(_homes.Ended(7, 1));
        Assert.Equal(new StreamHome(2, null), Find(7));
        Assert.False(_homes.Ended(7, 1));
        Assert.True(_homes.Ended(7, 2));
        Assert.Null(Find(7));
    }

    [Fact]
    public void Any_sequence_ends_as_it_does_in_a_plain_list_of_publishers() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var random = new Random(seed);
        var homes = new StreamHomes();
        var model = new Dictionary<ulong, List<(int Node, long At)>>(); // home, then backup
        for (long now = 0; now < 60; now++)
        {
            for (int event_ = 0; event_ < 40; event_++)
            {
                ulong stream = (ulong)random.Next(1, 200);
                int node = random.Next(4);
                List<(int Node, long At)> known = model.TryGetValue(stream, out var list) ? list : model[stream] = [];
                if (random.Next(4) == 0)
                {
                    homes.Ended(stream, node);
                    known.RemoveAll(k => k.Node == node);
                }
                else
                {
                    homes.Arrived(stream, node, now);
                    known.RemoveAll(k => k.Node != node && now - k.At >= StreamHomes.KeepS);
                    if (known.FindIndex(k => k.Node == node) is >= 0 and var place) known[place] = (node, now);
                    else if (known.Count < 2) known.Add((node, now));
                }
            }
            homes.Expire(now);
            foreach (List<(int Node, long At)> known in model.Values) known.RemoveAll(k => now - k.At >= StreamHomes.KeepS);
        }
        return model.All(m => (homes.TryFind(m.Key, out StreamHome home) ? (StreamHome?)home : null)
            == (m.Value.Count == 0 ? null : new StreamHome(m.Value[0].Node, m.Value.Count > 1 ? m.Value[1].Node : null)))
            && homes.Count == model.Count(m => m.Value.Count > 0);
    }).QuickCheckThrowOnFailure();

    private StreamHome? Find(ulong stream) => _homes.TryFind(stream, out StreamHome home) ? home : null;
}
