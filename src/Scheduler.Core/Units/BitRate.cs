namespace Scheduler.Core.Units;

/// <summary>A bit rate. Unit: bits per second; never negative.</summary>
/// <param name="BitsPerSecond">Bits per second, at least 0.</param>
public readonly record struct BitRate(long BitsPerSecond) : IComparable<BitRate>
{
    /// <summary>No bits at all.</summary>
    public static BitRate Zero => default;

    /// <summary>The rate in kbit/s, rounded down: the unit of load and escrow.</summary>
    public long Kbps => BitsPerSecond / 1_000;

    /// <summary>The rate in Mbit/s.</summary>
    public double Mbps => BitsPerSecond / 1e6;

    /// <summary>A rate from kbit/s.</summary>
    public static BitRate FromKbps(long kbps) => new(kbps * 1_000);

    /// <summary>A rate from Gbit/s.</summary>
    public static BitRate FromGbps(double gbps) => new((long)Math.Round(gbps * 1e9));

    /// <inheritdoc/>
    public int CompareTo(BitRate other) => BitsPerSecond.CompareTo(other.BitsPerSecond);

    /// <inheritdoc/>
    public override string ToString() => BitsPerSecond switch
    {
        >= 1_000_000_000_000 => FormattableString.Invariant($"{BitsPerSecond / 1e12:0.##} Tbit/s"),
        >= 1_000_000_000 => FormattableString.Invariant($"{BitsPerSecond / 1e9:0.##} Gbit/s"),
        >= 1_000_000 => FormattableString.Invariant($"{BitsPerSecond / 1e6:0.##} Mbit/s"),
        _ => FormattableString.Invariant($"{BitsPerSecond / 1e3:0.##} kbit/s"),
    };
}
