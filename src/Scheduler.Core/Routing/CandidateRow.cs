using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Scheduler.Core.Routing;

/// <summary>
/// The candidates of one cell or override, best first, in one run of memory: a decision reads all of it, and rows are read in no order, so that three lines
/// side by side cost one wait where three arrays cost three. 168 bytes.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CandidateRow
{
    [InlineArray(CandidateTable.RowLength)]
    private struct SiteColumn
    {
        private ushort _first;
    }

    [InlineArray(CandidateTable.RowLength)]
    private struct MillisecondColumn
    {
        private float _first;
    }

    private SiteColumn _sites;
    private MillisecondColumn _costs;
    private MillisecondColumn _rtts;
    private readonly int _length;

    /// <summary>Writes a row.</summary>
    /// <param name="candidates">At most <see cref="CandidateTable.RowLength"/>, ascending in cost.</param>
    public CandidateRow(ReadOnlySpan<Candidate> candidates)
    {
        _length = candidates.Length;
        for (int i = 0; i < candidates.Length; i++)
        {
            _sites[i] = (ushort)candidates[i].Site;
            _costs[i] = candidates[i].CostMs;
            _rtts[i] = candidates[i].RttMs;
            if (!candidates[i].Measured) Unmeasured |= 1u << i;
        }
    }

    /// <summary>A bit for each place whose round-trip time nobody has measured.</summary>
    public uint Unmeasured { get; }

    /// <summary>Site indexes.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<ushort> Sites => ((ReadOnlySpan<ushort>)_sites)[.._length];

    /// <summary>Costs, ms-equivalents, beside <see cref="Sites"/>.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<float> CostsMs => ((ReadOnlySpan<float>)_costs)[.._length];

    /// <summary>Round-trip times, ms, beside <see cref="Sites"/>.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<float> RttsMs => ((ReadOnlySpan<float>)_rtts)[.._length];
}
