using System.Collections.Immutable;

namespace Scheduler.Protocol.Admin;

/// <summary>Answer to <c>GET /v1/admin/dns</c>: what DNS would answer.</summary>
/// <param name="Name">The name that was asked for, whole.</param>
/// <param name="Type">The type.</param>
/// <param name="Rcode">The code, such as <c>noerror</c> or <c>nxdomain</c>.</param>
/// <param name="Zone">The zone that answers; absent when none here does.</param>
/// <param name="Records">The records, aliases first.</param>
/// <param name="Steered">What the decision was, for a steered name; absent for others.</param>
public sealed record DnsQueryMessage(
    string Name, string Type, string Rcode, string? Zone, ImmutableArray<DnsRecordMessage> Records, DnsSteeredMessage? Steered);
