namespace Scheduler.Core.Zones;

/// <summary>A record that stands as it is.</summary>
/// <param name="Name">Its name: <see cref="DomainName.TryParse"/> with the zone's origin.</param>
/// <param name="Type">Its type, one that <see cref="RecordTypes.IsWritable"/>.</param>
/// <param name="TtlS">Time for which it holds, s; null for the zone's. The same for all records of a name and type.</param>
/// <param name="Data">What it says, as a zone's file has it: <see cref="RecordData"/>.</param>
public sealed record ZoneRecord(string Name, RecordType Type, int? TtlS, string Data);
