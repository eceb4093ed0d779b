namespace Scheduler.Server.OperatorConsole.History;

/// <summary>A site at one moment, or in the mean of some. 24 bytes.</summary>
/// <param name="LoadMbps">What it carried, Mbit/s.</param>
/// <param name="PriceMs">Marginal price of load, ms-equivalents.</param>
/// <param name="Sessions">Live sessions of this replica.</param>
/// <param name="Permille">Load over capacity, thousandths; at most 65,535.</param>
/// <param name="State">Its standing: the number of an <see cref="Core.Routing.Eligibility"/>.</param>
public readonly record struct HistoryPoint(float LoadMbps, float PriceMs, int Sessions, ushort Permille, byte State)
{
    private readonly float _rttMs;
    private readonly bool _hasRtt;

    /// <summary>Mean round-trip time of the viewers that the plan sends there, ms; null when it sends none.</summary>
    public float? RttMs
    {
        get => _hasRtt ? _rttMs : null;
        init => (_hasRtt, _rttMs) = (value is not null, value.GetValueOrDefault());
    }

    /// <summary>The mean of some moments; their last standing.</summary>
    /// <param name="points">At least one.</param>
    public static HistoryPoint Mean(ReadOnlySpan<HistoryPoint> points)
    {
        double load = 0, price = 0, rtt = 0;
        long sessions = 0, permille = 0;
        int measured = 0;
        foreach (ref readonly HistoryPoint point in points)
        {
            (load, price, sessions, permille) = (load + point.LoadMbps, price + point.PriceMs, sessions + point.Sessions, permille + point.Permille);
            if (point.RttMs is not { } ms) continue;
            (rtt, measured) = (rtt + ms, measured + 1);
        }
        int n = points.Length;
        return new HistoryPoint((float)(load / n), (float)(price / n), (int)(sessions / n), (ushort)(permille / n), points[^1].State) { RttMs = measured > 0 ? (float)(rtt / measured) : null };
    }
}
