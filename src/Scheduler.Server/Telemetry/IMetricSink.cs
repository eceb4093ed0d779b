using Scheduler.State.Telemetry;

namespace Scheduler.Server.Telemetry;

/// <summary>Takes metrics, one family after the other.</summary>
internal interface IMetricSink
{
    /// <summary>Begins a family; what follows are its samples. A family is begun whether or not it has any, so that what there is to know is known from the start.</summary>
    /// <param name="name">Its name, <c>scheduler_[a-z_]+</c>, ending in the unit and, for a counter, in <c>_total</c>.</param>
    /// <param name="kind">How it behaves.</param>
    /// <param name="help">What it means, in a line.</param>
    void Family(string name, MetricKind kind, string help);

    /// <summary>Adds a sample to the family that was begun last.</summary>
    /// <param name="value">Its value.</param>
    /// <param name="labels">Tell it from the others of the family.</param>
    void Sample(double value, params ReadOnlySpan<MetricLabel> labels);

    /// <summary>Adds durations to the family that was begun last, a histogram.</summary>
    /// <param name="counts">The durations.</param>
    /// <param name="label">Tells them from the others of the family.</param>
    void Durations(DurationCounts counts, MetricLabel label);
}
