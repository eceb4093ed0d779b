namespace Scheduler.Simulator.Reports.Plots;

/// <summary>One line of a plot.</summary>
/// <param name="Css">Classes that give it its colour and dashes.</param>
/// <param name="Name">What it is, for the reader.</param>
/// <param name="Points">Its points by rising X.</param>
internal sealed record Series(string Css, string Name, IReadOnlyList<(double X, double Y)> Points);
