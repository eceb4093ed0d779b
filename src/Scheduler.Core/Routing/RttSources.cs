using Scheduler.Core.Geo;

namespace Scheduler.Core.Routing;

/// <summary>The round-trip times there are without any measurement.</summary>
public static class RttSources
{
    /// <summary><see cref="RttModel"/>, by great-circle distance.</summary>
    public static RttSource ByDistance { get; } = (cell, site) => RttModel.EstimateMs(cell.Location.DistanceKm(site.Site.Location));
}
