namespace Scheduler.Core.Geo;

/// <summary>Placeholder.</summary>
public static class RttModel
{
    /// <summary>ms.</summary>
    public static double Milliseconds(double distanceKm) => 3 + (distanceKm * 0.0171);
}
