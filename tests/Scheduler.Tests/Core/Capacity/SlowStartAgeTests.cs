using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Capacity;

namespace Scheduler.Tests.Core.Capacity;

public sealed class SlowStartAgeTests
{
    [Fact]
    public void Who_never_was_quite_away_goes_on_from_his_share() => Prop.ForAll(
        Gen.Choose(100, 1_000).ToArbitrary(),
        thousandths => Math.Abs(SlowStart.Default.ShareAt(SlowStart.Default.AgeMs(thousandths / 1_000.0)) - (thousandths / 1_000.0)) < 1e-3)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Who_was_away_starts_at_the_floor() => Assert.Equal(0, SlowStart.Default.AgeMs(0));
}
