using System.Globalization;

namespace Scheduler.Cli.Geo;

/// <summary>How well a map tells what its database says.</summary>
/// <param name="Samples">Addresses compared.</param>
/// <param name="Located">Share that the map has a cell for, in [0, 1].</param>
/// <param name="SameCountry">Share whose cell has the database's country, in [0, 1].</param>
/// <param name="MedianKm">Median distance from the cell's place to the database's.</param>
/// <param name="P95Km">95th percentile of that distance.</param>
/// <param name="P99Km">99th percentile of that distance.</param>
internal sealed record AccuracyResult(int Samples, double Located, double SameCountry, double MedianKm, double P95Km, double P99Km)
{
    /// <summary>The figures on one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Samples} addresses, located {Located:P4}, same country {SameCountry:P4}, ")
        + string.Create(CultureInfo.InvariantCulture, $"distance median {MedianKm:0.0} km, p95 {P95Km:0.0} km, p99 {P99Km:0.0} km");
}
