using Scheduler.Core.Routing;
using Scheduler.State.Rtts;

namespace Scheduler.Tests.State.Rtts;

public sealed class RttBookTests
{
    private const int Minute = 60_000;
    private readonly RttBook _book = new(RttRules.Default with { MaxPairs = 3, QueueLength = 64 }, (_, _) => 50);
    private readonly Core.Dispatch.World _world = new(sites: 4, nodesPerSite: 1);

    private CellPlace Cell => _world.Candidates.Cells[0];

    private IndexedSite First => _world.Fleet.Sites[0]!;

    [Fact]
    public void Until_players_have_spoken_the_model_holds_and_nothing_needs_to_be_explored()
    {
        Assert.Equal(50, _book.RttMs(Cell, First));
        Assert.True(_book.Knows(Cell, First));
    }

    [Fact]
    public void What_enough_players_measure_is_compiled_at_the_next_turn()
    {
        Tell(20, samples: 4);
        Assert.Empty(_book.TakeChangedCells(Minute));
        Tell(20, samples: 1, network: 100);
        Assert.Empty(_book.TakeChangedCells(Minute + 5_000)); // not yet time
        Assert.Equal([Cell.Number], _book.TakeChangedCells(Minute + 10_000));
        Assert.Equal(20, _book.RttMs(Cell, First), 3);
        Assert.True(_book.Knows(Cell, First));
        Assert.False(_book.Knows(Cell, _world.Fleet.Sites[1]!));
        Assert.Equal(1, _book.Pairs);
        Assert.Empty(_book.TakeChangedCells(Minute + 20_000)); // nothing has changed since
    }

    [Fact]
    public void A_network_has_one_voice_a_minute()
    {
        for (int i = 0; i < 20; i++) _book.Offer(new RttSample(Cell.Number, First.Number, 7, 20));
        _book.Tick(0);
        Assert.Equal((1, 19), (_book.Taken, _book.Rejected));
        _book.Offer(new RttSample(Cell.Number, First.Number, 7, 20));
        _book.Tick(Minute);
        Assert.Equal(2, _book.Taken);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5_000)]
    [InlineData(float.NaN)]
    public void What_cannot_be_is_rejected(float ms)
    {
        _book.Offer(new RttSample(Cell.Number, First.Number, 7, ms));
        _book.Tick(0);
        Assert.Equal((0, 1), (_book.Taken, _book.Rejected));
    }

    [Fact]
    public void A_full_queue_and_a_full_book_drop_and_count()
    {
        for (int i = 0; i < 70; i++) _book.Offer(new RttSample(Cell.Number, First.Number, (ulong)i, 20));
        Assert.Equal(6, _book.Dropped);
        _book.Tick(0);
        for (int site = 1; site <= 5; site++) _book.Offer(new RttSample(Cell.Number, site, 7, 20));
        _book.Tick(0);
        Assert.Equal(8, _book.Dropped); // of five sites the book holds three, one of which it held before
    }

    [Fact]
    public void Long_after_the_last_sample_the_model_holds_again()
    {
        Tell(20, samples: 5);
        _book.TakeChangedCells(Minute);
        long day = 24L * 60 * Minute;
        Assert.Equal([Cell.Number], _book.TakeChangedCells(day / 2));
        Assert.Equal(35, _book.RttMs(Cell, First), 1);
        Assert.Equal([Cell.Number], _book.TakeChangedCells(3 * day));
        Assert.Equal(50, _book.RttMs(Cell, First));
        Assert.Equal(0, _book.Pairs);
    }

    private void Tell(float ms, int samples, int network = 0)
    {
        for (int i = 0; i < samples; i++) _book.Offer(new RttSample(Cell.Number, First.Number, (ulong)(network + i), ms));
        _book.Tick(0);
    }
}
