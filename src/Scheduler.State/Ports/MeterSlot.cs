using System.Collections.Immutable;
using Scheduler.State.Planning;

namespace Scheduler.State.Ports;

/// <summary>What the sites that are billed by percentile carried in the mean over five minutes of the calendar.</summary>
/// <param name="Start">When they began, UTC.</param>
/// <param name="Sites">Mean load of each site, 0 included, by rising permanent number.</param>
public sealed record MeterSlot(DateTimeOffset Start, ImmutableArray<NumberedKbps> Sites);
