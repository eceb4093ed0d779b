namespace Scheduler.Core.Geo;

/// <summary>Tells the carriers of ascending addresses of one family, in one pass over their runs.</summary>
/// <param name="runs">The carriers.</param>
internal sealed class CarrierCursor(RunList<int> runs)
{
    private int _at;

    /// <summary>The carrier of an address that is not below one that was asked before.</summary>
    /// <param name="address">The address, as a number of the family's width.</param>
    /// <param name="last">Last address of which the same is said.</param>
    public int At(UInt128 address, out UInt128 last)
    {
        while (runs.LastOf(_at) < address) _at++;
        last = runs.LastOf(_at);
        return runs[_at].Value;
    }
}
