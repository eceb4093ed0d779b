using Scheduler.Core.Zones;

namespace Scheduler.Protocol.Dns;

/// <summary>A record in words.</summary>
/// <param name="Name">Its name, whole.</param>
/// <param name="Type">Its type.</param>
/// <param name="TtlS">Time for which it holds, s.</param>
/// <param name="Data">What it says, as a zone's file has it.</param>
/// <param name="Scope">Length of the block of clients for whom it says that; null for what is the same for everybody.</param>
public sealed record TextRecord(string Name, RecordType Type, int TtlS, string Data, byte? Scope = null);
