using Scheduler.Server.Http.Limits;

namespace Scheduler.Tests.Server.Http.Limits;

public sealed class AdmissionGateTests
{
    private readonly AdmissionGate _gate = new(new RefusalPacer(quota: 1, ticks: 1), leastPerS: 0);

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(300, 300, 0, 0)]
    [InlineData(1_000, 1_000, 0, 0)]
    [InlineData(1_250, 1_000, 250, 0)]
    [InlineData(2_500, 1_000, 1_000, 500)]
    [InlineData(3_000, 1_000, 1_000, 1_000)]
    public void Of_a_thousand_calls_new_sessions_are_refused_first_beats_second_and_reports_last(int pressure, int sessions, int beats, int reports)
    {
        _gate.PressurePerMille = pressure;
        Assert.Equal([sessions, beats, reports], Enum.GetValues<CallClass>().Select(call => Enumerable.Range(0, 1_000).Count(_ => !_gate.Admits(call))));
    }

    [Fact]
    public void At_any_pressure_a_few_calls_a_second_are_let_in()
    {
        var gate = new AdmissionGate(new RefusalPacer(quota: 1, ticks: 1), leastPerS: 100) { PressurePerMille = 3_000 };
        Assert.Equal(100, Admitted(1_000));
        gate.Refill(TimeSpan.FromMilliseconds(50));
        Assert.Equal(5, Admitted(1_000));
        gate.Refill(TimeSpan.FromHours(1));
        Assert.Equal(100, Admitted(1_000));

        int Admitted(int of) => Enumerable.Range(0, of).Count(_ => gate.Admits(CallClass.Session));
    }

    [Fact]
    public void Refusals_are_spread_evenly()
    {
        _gate.PressurePerMille = 250;
        for (int four = 0; four < 100; four++) Assert.Equal(1, Enumerable.Range(0, 4).Count(_ => !_gate.Admits(CallClass.Session)));
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        _gate.PressurePerMille = 500;
        Assert.Equal(0, Allocated.Bytes(() => _gate.Admits(CallClass.Session)));
    }
}
