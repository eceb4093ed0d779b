namespace Scheduler.Simulator.Worlds;

/// <summary>What chance is used for: each purpose has a source of its own.</summary>
internal static class Purposes
{
    public const ulong Capacity = 1;
    public const ulong Arrivals = 2;
    public const ulong Viewers = 3;
    public const ulong Reports = 4;
    public const ulong Faults = 5;
    public const ulong Policy = 6;
    public const ulong Reconnects = 7;
    public const ulong Streams = 8;
    public const ulong Rtts = 9;
    public const ulong Publishers = 10;
    public const ulong Links = 11;
}
