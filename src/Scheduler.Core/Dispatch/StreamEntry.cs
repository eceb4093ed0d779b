namespace Scheduler.Core.Dispatch;

/// <summary>What the <see cref="StreamTable"/> knows of one stream; valid only while the request that asked runs.</summary>
public readonly ref struct StreamEntry
{
    private readonly ReadOnlySpan<ulong> _warm;

    internal StreamEntry(int meanKbps, ReadOnlySpan<ulong> warm)
    {
        MeanKbps = meanKbps == 0 ? null : meanKbps;
        _warm = warm;
    }

    /// <summary>Mean bit rate that its viewers draw, kbit/s; null before a report told.</summary>
    public int? MeanKbps { get; }

    /// <summary>True when the stream was served at the site within the last one to two epochs.</summary>
    /// <param name="site">Index of the site.</param>
    public bool IsWarmAt(int site) => site >> 6 < _warm.Length && WarmBit(site) != 0;

    /// <summary>1 when the stream is warm at the site, else 0.</summary>
    /// <param name="site">Index of the site.</param>
    /// <exception cref="IndexOutOfRangeException">The site is beyond the bound of the table, which is made for the fleet of its snapshot.</exception>
    internal int WarmBit(int site) => (int)(_warm[site >> 6] >> (site & 63)) & 1;
}
