using Scheduler.Cli.Geo;
using Scheduler.Core.Geo;

namespace Scheduler.Cli.Bench;

/// <summary><c>bench geo</c>: look-ups in the map of the checkout.</summary>
internal sealed class GeoLookupBench : IBench
{
    /// <inheritdoc/>
    public string Name => "geo";

    /// <inheritdoc/>
    public IEnumerable<BenchResult> Run() => MapFile.TryLoad(null, out CellMap? map, out string? reason)
        ? GeoBench.Run(map, seed: 1)
        : throw new FileNotFoundException(reason);
}
