namespace Scheduler.Core.Dispatch;

/// <summary>What the <see cref="StreamTable"/> knows of one stream; valid only while the request that asked runs.</summary>
public readonly ref struct StreamEntry
{
    private readonly ReadOnlySpan<ulong> _current;
    private readonly ReadOnlySpan<ulong> _last;

    internal StreamEntry(int meanKbps, ReadOnlySpan<ulong> current, ReadOnlySpan<ulong> last)
    {
        MeanKbps = meanKbps == 0 ? null : meanKbps;
        _current = current;
        _last = last;
    }

    /// <summary>Mean bit rate that its viewers draw, kbit/s; null before a report told.</summary>
    public int? MeanKbps { get; }

    /// <summary>True when the stream was served at the site within the last one to two epochs.</summary>
    /// <param name="site">Index of the site.</param>
    public bool IsWarmAt(int site)
    {
        int word = site >> 6;
        ulong bits = 0;
        if ((uint)word < (uint)_current.Length) bits = _current[word];
        if ((uint)word < (uint)_last.Length) bits |= _last[word];
        return (bits >> (site & 63) & 1) != 0;
    }
}
