using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Scheduler.Core.Capacity;
using Scheduler.Core.Sessions;

namespace Scheduler.Protocol.V1.Reports;

/// <summary>
/// Where the lists of a report grow while they are read: reused from report to report, so that each list costs one array of its size.
/// </summary>
internal struct ReportLists
{
    /// <summary>Most streams of a report.</summary>
    public const int MaxStreams = 64;

    /// <summary>Most limits of a report.</summary>
    public const int MaxLimits = 16;

    /// <summary>Most replicas of a report: all that have a number.</summary>
    public const int MaxReplicas = 255;

    /// <summary>Most upstreams of a report.</summary>
    public const int MaxPulls = 64;

    /// <summary>The streams so far.</summary>
    public StreamBuffer Streams;

    /// <summary>The limits so far.</summary>
    public LimitBuffer Limits;

    /// <summary>The replicas so far.</summary>
    public ReplicaBuffer Replicas;

    /// <summary>The pulls so far.</summary>
    public PullBuffer Pulls;

    /// <summary>Is told the name of every stream; null when nobody wants to know.</summary>
    public StreamNames? Names;

    /// <summary>A list of what was gathered.</summary>
    public static ImmutableArray<T> Freeze<T>(ReadOnlySpan<T> gathered) =>
        gathered.IsEmpty ? [] : ImmutableCollectionsMarshal.AsImmutableArray(gathered.ToArray());

    /// <summary>Room for streams.</summary>
    [InlineArray(MaxStreams)]
    public struct StreamBuffer
    {
        private StreamLoad _first;
    }

    /// <summary>Room for limits.</summary>
    [InlineArray(MaxLimits)]
    public struct LimitBuffer
    {
        private ReportedLimit _first;
    }

    /// <summary>Room for pulls.</summary>
    [InlineArray(MaxPulls)]
    public struct PullBuffer
    {
        private ReportedPull _first;
    }

    /// <summary>Room for replicas.</summary>
    [InlineArray(MaxReplicas)]
    public struct ReplicaBuffer
    {
        private ReplicaLoad _first;
    }
}
