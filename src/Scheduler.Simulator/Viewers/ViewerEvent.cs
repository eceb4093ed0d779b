namespace Scheduler.Simulator.Viewers;

/// <summary>What a viewer does at some tick.</summary>
/// <param name="Kind">What.</param>
/// <param name="Viewer">His place.</param>
/// <param name="Generation">His generation; another one means that he left before.</param>
internal readonly record struct ViewerEvent(ViewerEventKind Kind, int Viewer, int Generation);
