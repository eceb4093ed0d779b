namespace Scheduler.Protocol.Admin;

/// <summary>A record in words.</summary>
/// <param name="Name">Its name, whole.</param>
/// <param name="Type">Its type.</param>
/// <param name="TtlS">Time for which it holds, s.</param>
/// <param name="Data">What it says, as a zone's file has it.</param>
public sealed record DnsRecordMessage(string Name, string Type, int TtlS, string Data);
