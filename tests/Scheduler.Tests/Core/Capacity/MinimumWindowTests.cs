using Scheduler.Core.Capacity;

namespace Scheduler.Tests.Core.Capacity;

public sealed class MinimumWindowTests
{
    [Fact]
    public void A_low_value_holds_for_the_window_and_no_longer()
    {
        var window = new MinimumWindow();
        Assert.Equal(9, window.Add(0, 9, 3_000));
        Assert.Equal(4, window.Add(1_000, 4, 3_000));
        Assert.Equal(4, window.Add(4_000, 8, 3_000));
        Assert.Equal(8, window.Add(4_001, 9, 3_000));
    }

    [Fact]
    public void Clearing_forgets_the_past()
    {
        var window = new MinimumWindow();
        window.Add(0, 1, 3_000);
        window.Clear();
        Assert.Equal(5, window.Add(1, 5, 3_000));
    }
}
