using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Capacity;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Protocol.V1.Reports;

/// <summary>Reports that are read one a step, whatever form they come in: see <see cref="ReportBatchReader"/>.</summary>
public interface IReportBatch
{
    /// <summary>Position of the present report, from 0.</summary>
    int Index { get; }

    /// <summary>True when nothing is wrong with the present report.</summary>
    bool IsAccepted { get; }

    /// <summary>Id of the node that the present report speaks for. Only of an accepted report.</summary>
    ReadOnlySpan<byte> Node { get; }

    /// <summary>The present report. Only of an accepted report.</summary>
    [UnscopedRef]
    ref readonly NodeReport Report { get; }

    /// <summary>What is wrong with the present report.</summary>
    ReadOnlySpan<WireProblem> Problems { get; }

    /// <summary>What is wrong with the whole; null when nothing is. Final once <see cref="Next"/> has answered false.</summary>
    WireProblem? Fault { get; }

    /// <summary>Goes to the next report; false after the last, or at a fault of the whole.</summary>
    bool Next();
}
