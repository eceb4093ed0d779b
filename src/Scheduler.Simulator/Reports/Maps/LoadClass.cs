using System.Collections.Immutable;

namespace Scheduler.Simulator.Reports.Maps;

/// <summary>A range of utilisation that has one colour on the map.</summary>
/// <param name="Css">Its class.</param>
/// <param name="To">Where it ends, that value included.</param>
/// <param name="Name">What the legend says.</param>
internal sealed record LoadClass(string Css, double To, string Name)
{
    /// <summary>All of them, by rising utilisation; the last one is beyond capacity.</summary>
    public static ImmutableArray<LoadClass> All { get; } =
    [
        new("u0", 0.5, "up to 50 %"),
        new("u1", 0.7, "50 to 70 %"),
        new("u2", 0.9, "70 to 90 %"),
        new("u3", 1, "90 to 100 %"),
        new("u4", double.PositiveInfinity, "beyond capacity"),
    ];

    /// <summary>True for what is more than a site can carry.</summary>
    public bool IsOverload => double.IsPositiveInfinity(To);

    /// <summary>The class of a utilisation.</summary>
    public static LoadClass Of(double utilisation) => All.First(range => utilisation <= range.To);
}
