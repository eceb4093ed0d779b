namespace Scheduler.Core.Dispatch;

/// <summary>What the <see cref="StreamTable"/> knows of one stream; valid only while the request that asked runs.</summary>
public readonly ref struct StreamEntry
{
    private readonly ReadOnlySpan<ulong> _sites;
    private readonly int _shift;

    /// <summary>Wraps a stream's words.</summary>
    /// <param name="meanKbps">Mean bit rate, kbit/s; 0 before a report told.</param>
    /// <param name="sites">A word for each 32 sites.</param>
    /// <param name="shift">0 to read the lower halves of the words, 32 to read the upper ones.</param>
    internal StreamEntry(int meanKbps, ReadOnlySpan<ulong> sites, int shift)
    {
        MeanKbps = meanKbps == 0 ? null : meanKbps;
        _sites = sites;
        _shift = shift;
    }

    /// <summary>Mean bit rate that its viewers draw, kbit/s; null before a report told.</summary>
    public int? MeanKbps { get; }

    /// <summary>True when the stream was served at the site within the last one to two epochs.</summary>
    /// <param name="site">Index of the site.</param>
    public bool IsWarmAt(int site) => site >> 5 < _sites.Length && WarmBit(site) != 0;

    /// <summary>1 when the stream is warm at the site, else 0.</summary>
    /// <param name="site">Index of the site.</param>
    /// <exception cref="IndexOutOfRangeException">The site is beyond the bound of the table, which is made for the fleet of its snapshot.</exception>
    internal int WarmBit(int site) => (int)(_sites[site >> 5] >> ((site & 31) + _shift)) & 1;
}
