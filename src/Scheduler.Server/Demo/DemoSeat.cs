using Scheduler.Core.Sessions;

namespace Scheduler.Server.Demo;

/// <summary>A session as demo mode sees it.</summary>
/// <param name="Stream">Hash of its stream.</param>
/// <param name="Node">Permanent number of its node.</param>
/// <param name="Kbps">Its weight, kbit/s.</param>
/// <param name="Kind">Plays or publishes.</param>
/// <param name="ExpiresAtUnixS">When it ends unless it beats, Unix s.</param>
/// <param name="SinceUnixMs">Since when it is there, Unix ms.</param>
internal readonly record struct DemoSeat(ulong Stream, int Node, int Kbps, SessionKind Kind, uint ExpiresAtUnixS, long SinceUnixMs);
