using Scheduler.Server.Http.Limits;

namespace Scheduler.Tests.Server.Http.Limits;

public sealed class AdmissionGateTests
{
    private readonly AdmissionGate _gate = new(new RefusalPacer(quota: 1, ticks: 1));

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(300, 300, 0, 0)]
    [InlineData(1_000, 950, 0, 0)]
    [InlineData(1_250, 950, 250, 0)]
    [InlineData(2_500, 950, 950, 500)]
    [InlineData(3_000, 950, 950, 950)]
    public void Of_a_thousand_calls_new_sessions_are_refused_first_beats_second_and_reports_last(int pressure, int sessions, int beats, int reports)
    {
        _gate.PressurePerMille = pressure;
        Assert.Equal([sessions, beats, reports], Enum.GetValues<CallClass>().Select(call => Enumerable.Range(0, 1_000).Count(_ => !_gate.Admits(call))));
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
