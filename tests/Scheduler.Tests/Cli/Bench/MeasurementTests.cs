using Scheduler.Cli.Bench;

namespace Scheduler.Tests.Cli.Bench;

public sealed class MeasurementTests
{
    private static byte[] _last = []; // what escapes must be on the heap, whatever the compiler knows

    [Fact]
    public void Bytes_are_counted_by_operation()
    {
        BenchResult result = Measurement.Of("arrays", 4, static () =>
        {
            long sum = 0;
            for (int i = 0; i < 4; i++) sum += (_last = new byte[1_000]).Length;
            return sum;
        });
        Assert.InRange(result.BytesPerOp, 1_000, 1_050);
        Assert.Equal(1e9 / result.NsPerOp, result.OpsPerS, 3);
        Assert.True(result.BestNsPerOp <= result.NsPerOp);
        Assert.Equal(1_000, _last.Length);
    }
}
