using Spectre.Console;

namespace Scheduler.Cli.Rendering;

/// <summary>A share of capacity, as a bar and a number.</summary>
internal static class UtilisationBar
{
    /// <summary>Where a bar turns yellow: the knee of the load price.</summary>
    public const double Knee = 0.7;

    /// <summary>Where a bar turns red.</summary>
    public const double Full = 0.95;

    /// <summary>The bar.</summary>
    /// <param name="ratio">Load over capacity; null when not known.</param>
    /// <param name="width">Its length in characters, the number not counted.</param>
    public static Markup Draw(double? ratio, int width)
    {
        if (ratio is not { } r || !double.IsFinite(r)) return new Markup($"[grey]{new string('·', width)}[/] {Format.Absent}");
        int filled = Math.Clamp((int)Math.Ceiling(r * width), r > 0 ? 1 : 0, width);
        string colour = r >= Full ? "red" : r >= Knee ? "yellow" : "green";
        return new Markup($"[{colour}]{new string('█', filled)}[/][grey]{new string('░', width - filled)}[/] {Format.Percent(r)}");
    }
}
