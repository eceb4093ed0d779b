namespace Scheduler.Simulator.Viewers;

/// <summary>How demand goes through the day where the viewers live.</summary>
internal static class DayShape
{
    // By hour from midnight, over the mean; from an open trace of 31 provinces over 31 days (peak to mean 1.87, day-to-day correlation 0.94).
    private static ReadOnlySpan<double> Hours =>
    [
        0.95, 0.56, 0.31, 0.19, 0.14, 0.19, 0.51, 0.65, 0.75, 0.86, 1.05, 1.12, 1.13, 1.25, 1.37, 1.40, 1.26, 0.98, 1.08, 1.60, 1.65, 1.87, 1.81, 1.32,
    ];

    /// <summary>Demand of the highest hour over the mean.</summary>
    public const double Peak = 1.87;

    /// <summary>Demand over its mean.</summary>
    /// <param name="utcS">Time of day at longitude 0, s; may go on beyond a day.</param>
    /// <param name="longitude">Degrees east; 15 of them are an hour.</param>
    public static double At(double utcS, double longitude)
    {
        double hour = ((utcS / 3_600) + (longitude / 15) + 24) % 24;
        int from = (int)hour;
        double share = hour - from;
        return (Hours[from] * (1 - share)) + (Hours[(from + 1) % 24] * share);
    }

    /// <summary>Demand of a cell over its mean at a moment of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="atS">Virtual time, s.</param>
    /// <param name="longitude">Degrees east.</param>
    public static double Of(Scenarios.Scenario scenario, double atS, double longitude) =>
        At((scenario.StartHour * 3_600) + (scenario.Diurnal ? atS : 0), longitude);
}
