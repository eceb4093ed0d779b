using Scheduler.Core.Capacity;

namespace Scheduler.Server.Endpoints.Reports;

/// <summary>When each node was last heard over the wire, so that demo mode plays only the nodes that nobody speaks for.</summary>
public sealed class ReporterRegister
{
    /// <summary>A node is spoken for until this long after its last report, ms.</summary>
    public const long SpokenForMs = 15_000;

    private readonly long[] _heardAtMs = new long[LiveLoad.MaxNodes];

    /// <summary>A report of the node came in.</summary>
    public void Heard(int node, long nowMs) => Volatile.Write(ref _heardAtMs[node], nowMs + 1);

    /// <summary>True while real reports come for the node.</summary>
    public bool IsSpokenFor(int node, long nowMs) => Volatile.Read(ref _heardAtMs[node]) is var at and > 0 && nowMs - at < SpokenForMs;
}
