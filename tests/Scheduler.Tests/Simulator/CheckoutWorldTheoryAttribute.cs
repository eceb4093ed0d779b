using Scheduler.Cli.Geo;

namespace Scheduler.Tests.Simulator;

/// <summary>Tests on the bundled map: without <c>geo-data</c> they report themselves skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CheckoutWorldTheoryAttribute : TheoryAttribute
{
    public CheckoutWorldTheoryAttribute()
    {
        if (MapFile.Find(Environment.CurrentDirectory, AppContext.BaseDirectory) is null) Skip = $"there is no {MapFile.DefaultPath}";
    }
}
