namespace Scheduler.Core.Zones;

/// <summary>All records of one name and type, in the form of the wire.</summary>
/// <param name="Type">Their type.</param>
/// <param name="TtlS">Time for which they hold, s.</param>
/// <param name="Data">What each says; names inside are whole.</param>
public sealed record RecordSet(RecordType Type, int TtlS, byte[][] Data);
