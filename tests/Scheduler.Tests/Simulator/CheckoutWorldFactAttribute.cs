using Scheduler.Cli.Geo;

namespace Scheduler.Tests.Simulator;

/// <summary>A test on the bundled map: without <c>geo-data</c> it reports itself skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CheckoutWorldFactAttribute : FactAttribute
{
    public CheckoutWorldFactAttribute()
    {
        if (MapFile.Find(Environment.CurrentDirectory, AppContext.BaseDirectory) is null) Skip = $"there is no {MapFile.DefaultPath}";
    }
}
