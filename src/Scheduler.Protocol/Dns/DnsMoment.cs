using Scheduler.Core.Routing;

namespace Scheduler.Protocol.Dns;

/// <summary>What an answer rests on, read once for each question.</summary>
/// <param name="Snapshot">The snapshot in force; null before the first, and then steered names have no answer yet.</param>
/// <param name="Frame">Zones and what belongs to them.</param>
/// <param name="Cookies">Makes and checks cookies; null when there are none.</param>
/// <param name="NowS">Now, s since 1970.</param>
/// <param name="WarmEpoch">Now, in units of <see cref="Core.Dispatch.StreamTable.WarmEpochS"/>.</param>
public readonly record struct DnsMoment(RoutingSnapshot? Snapshot, DnsFrame Frame, CookieJar? Cookies, long NowS, int WarmEpoch);
