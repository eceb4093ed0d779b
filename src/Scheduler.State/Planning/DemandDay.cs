using Scheduler.Core.Planning;

namespace Scheduler.State.Planning;

/// <summary>
/// The last day of demand, a quarter of an hour at a time, by bands of longitude: what there is to forecast from once a day has been watched. Single cells would be
/// too noisy to divide by. One writer; readers see whole numbers.
/// </summary>
public sealed class DemandDay
{
    /// <summary>Length of a slot, minutes.</summary>
    public const int SlotMinutes = 15;

    private const int SlotsPerDay = 24 * 60 / SlotMinutes;
    private const int Bands = 24;
    private readonly double[] _mbps = new double[SlotsPerDay * Bands];
    private long? _first;
    private long? _last;

    /// <summary>True when every slot of the last day was seen.</summary>
    public bool IsWhole => _last - _first >= SlotsPerDay - 1;

    /// <summary>Notes demand; the first word of each slot counts. A day with a gap begins anew.</summary>
    /// <param name="longitudes">Longitude of each row, degrees east.</param>
    /// <param name="demandMbps">Demand of each row, Mbit/s.</param>
    /// <param name="now">Now.</param>
    public void Observe(ReadOnlySpan<double> longitudes, ReadOnlySpan<double> demandMbps, DateTimeOffset now)
    {
        long slot = SlotOf(now);
        if (slot == _last) return;
        if (slot != _last + 1) _first = slot;
        Span<double> place = _mbps.AsSpan((int)(slot % SlotsPerDay) * Bands, Bands);
        place.Clear();
        for (int row = 0; row < demandMbps.Length; row++) place[BandOf(longitudes[row])] += demandMbps[row];
        _last = slot;
    }

    /// <summary>Demand at one moment over demand at another, by the last day where it was watched whole, else by the shape of a day; over 0.</summary>
    /// <param name="longitude">Degrees east.</param>
    /// <param name="now">The moment whose demand is known.</param>
    /// <param name="then">The moment that is asked for.</param>
    public double Growth(double longitude, DateTimeOffset now, DateTimeOffset then)
    {
        int band = BandOf(longitude);
        double from = At(now, band), to = At(then, band);
        return IsWhole && from > 0 && to > 0 ? to / from : DayShape.Growth(longitude, now, then);
    }

    private double At(DateTimeOffset moment, int band) => _mbps[((int)(SlotOf(moment) % SlotsPerDay) * Bands) + band];

    private static long SlotOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / (60 * SlotMinutes);

    private static int BandOf(double longitude) => (int)((longitude + 180) / 360 * Bands) % Bands;
}
