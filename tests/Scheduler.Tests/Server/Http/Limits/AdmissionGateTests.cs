using Microsoft.AspNetCore.Http;
using Scheduler.Server.Http.Limits;

namespace Scheduler.Tests.Server.Http.Limits;

public sealed class AdmissionGateTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1, CallClass.Session)]
    [InlineData(2, CallClass.Session, CallClass.Beat)]
    [InlineData(3, CallClass.Session, CallClass.Beat, CallClass.Report)]
    public void New_sessions_are_refused_first_beats_second_and_reports_last(int level, params object[] refused)
    {
        var gate = new AdmissionGate(new RefusalHold(ticks: 1)) { Level = level };
        foreach (CallClass call in Enum.GetValues<CallClass>())
        {
            bool handled = false;
            _ = gate.Guard(call, _ =>
            {
                handled = true;
                return Task.CompletedTask;
            })(new DefaultHttpContext());
            Assert.Equal(!refused.Contains(call), handled);
            Assert.Equal(handled ? 0 : 1, gate.Refused(call));
        }
    }

    [Fact]
    public void Letting_a_call_in_allocates_nothing()
    {
        var gate = new AdmissionGate(new RefusalHold(ticks: 1));
        RequestDelegate guarded = gate.Guard(CallClass.Session, _ => Task.CompletedTask);
        var context = new DefaultHttpContext();
        Assert.Equal(0, Allocated.Bytes(() => guarded(context)));
    }
}
