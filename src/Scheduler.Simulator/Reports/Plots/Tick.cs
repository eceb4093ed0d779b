namespace Scheduler.Simulator.Reports.Plots;

/// <summary>A marked value of an axis.</summary>
/// <param name="Value">The value.</param>
/// <param name="Text">What is written there.</param>
internal readonly record struct Tick(double Value, string Text);
