using System.Globalization;
using Scheduler.Core.Geo;

namespace Scheduler.Tests.Core.Geo;

/// <summary>What became of the damaged files: without it a fuzz that only ever met the first check would look like a good one.</summary>
internal sealed class MmdbFuzzTally
{
    public int Opened { get; private set; }
    public int Refused { get; private set; }
    public int BrokenTrees { get; private set; }
    public long BrokenRecords { get; private set; }
    public long Records { get; private set; }
    public long MostGarbage { get; private set; }

    public void Count(bool opened)
    {
        if (opened) Opened++;
        else Refused++;
    }

    public void CountTree(MmdbProblem? problem)
    {
        if (problem is not null) BrokenTrees++;
    }

    public void CountRecord(bool read, long garbage)
    {
        Records++;
        if (!read) BrokenRecords++;
        MostGarbage = Math.Max(MostGarbage, garbage);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Opened} opened, {Refused} refused, {BrokenTrees} with a broken tree; {BrokenRecords} of {Records} records broken; {MostGarbage} bytes for one at most");
}
