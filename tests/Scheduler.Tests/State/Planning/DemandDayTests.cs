using Scheduler.Core.Planning;
using Scheduler.State.Planning;

namespace Scheduler.Tests.State.Planning;

public sealed class DemandDayTests
{
    private static readonly DateTimeOffset Start = new(2030, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly double[] Longitudes = [2, 8, 100];

    [Fact]
    public void Until_a_day_was_watched_the_shape_of_a_day_speaks()
    {
        var day = new DemandDay();
        Watch(day, Start, 95);
        Assert.False(day.IsWhole);
        Assert.Equal(DayShape.Growth(5, Start, Start.AddHours(3)), day.Growth(5, Start, Start.AddHours(3)));
    }

    [Fact]
    public void After_a_day_the_day_itself_does_for_each_band()
    {
        var day = new DemandDay();
        Watch(day, Start, 96);
        Assert.True(day.IsWhole);
        DateTimeOffset now = Start.AddDays(1), then = now.AddHours(3);
        Assert.Equal((10 + 12) / 10.0, day.Growth(5, now, then), 9);
        Assert.Equal(1, day.Growth(100, now, then), 9);
        Assert.Equal(DayShape.Growth(-90, now, then), day.Growth(-90, now, then)); // nobody was seen there
    }

    [Fact]
    public void A_gap_begins_the_day_anew()
    {
        var day = new DemandDay();
        Watch(day, Start, 96);
        Watch(day, Start.AddHours(25), 1);
        Assert.False(day.IsWhole);
    }

    /// <summary>So many quarters of an hour; the first band grows by one each quarter, shared by two cells.</summary>
    private static void Watch(DemandDay day, DateTimeOffset from, int quarters)
    {
        for (int slot = 0; slot < quarters; slot++)
        {
            day.Observe(Longitudes, [5 + (slot / 2.0), 5 + (slot / 2.0), 7], from.AddMinutes(15 * slot));
            day.Observe(Longitudes, [0, 0, 0], from.AddMinutes((15 * slot) + 7)); // only the first word of a slot counts
        }
    }
}
