namespace Scheduler.Simulator.Viewers;

/// <summary>Where a viewer stands.</summary>
internal enum ViewerState : byte
{
    /// <summary>The place is free.</summary>
    Free,

    /// <summary>He was sent to a node and connects, or waits before he asks again.</summary>
    Waiting,

    /// <summary>A node serves him.</summary>
    Playing,
}
