using Scheduler.Server.Hosting;
using Scheduler.State;
using Scheduler.State.Control;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of the process, and of what it serves by.</summary>
internal sealed class ReplicaMetrics(Readiness readiness, SchedulerClock clock, ConfigurationCentre centre, SnapshotPublisher publisher) : IMetricSource
{
    private static readonly MetricLabel[] Generations = [new("generation", "0"), new("generation", "1"), new("generation", "2")];

    /// <inheritdoc/>
    public void Write(IMetricSink sink)
    {
        sink.Family("scheduler_ready", MetricKind.Gauge, "1 when players may be sent here");
        sink.Sample(readiness.Waiting().Count == 0 ? 1 : 0);
        sink.Family("scheduler_uptime_seconds", MetricKind.Gauge, "Time since the process began");
        sink.Sample(clock.NowMs / 1_000.0);
        sink.Family("scheduler_revision", MetricKind.Gauge, "Revision of the configuration in force");
        sink.Sample(centre.Current.Revision);
        sink.Family("scheduler_snapshots_total", MetricKind.Counter, "Snapshots published");
        sink.Sample(publisher.Current?.Version ?? 0);
        Memory(sink);
    }

    private static void Memory(IMetricSink sink)
    {
        sink.Family("scheduler_heap_bytes", MetricKind.Gauge, "Objects on the managed heap after the last collection");
        GCMemoryInfo heap = GC.GetGCMemoryInfo(GCKind.Any);
        sink.Sample(heap.HeapSizeBytes - heap.FragmentedBytes);
        sink.Family("scheduler_resident_bytes", MetricKind.Gauge, "Resident memory of the process");
        sink.Sample(Environment.WorkingSet);
        sink.Family("scheduler_allocated_bytes_total", MetricKind.Counter, "Managed memory ever allocated");
        sink.Sample(GC.GetTotalAllocatedBytes());
        sink.Family("scheduler_gc_collections_total", MetricKind.Counter, "Garbage collections, by generation; one of a generation is one of those below as well");
        for (int generation = 0; generation < Generations.Length; generation++) sink.Sample(GC.CollectionCount(generation), Generations[generation]);
        sink.Family("scheduler_gc_pause_seconds_total", MetricKind.Counter, "Time that collections held up all threads");
        sink.Sample(GC.GetTotalPauseDuration().TotalSeconds);
    }
}
