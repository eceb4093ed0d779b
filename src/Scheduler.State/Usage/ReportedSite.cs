using Scheduler.Core.Topology;

namespace Scheduler.State.Usage;

/// <summary>What a report says of a site beside what was served there.</summary>
/// <param name="Number">Its permanent number.</param>
/// <param name="Id">Its id.</param>
/// <param name="Region">Its region.</param>
/// <param name="Tariff">What its bandwidth costs now.</param>
public sealed record ReportedSite(int Number, string Id, string Region, Tariff Tariff);
