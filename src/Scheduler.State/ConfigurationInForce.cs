using Scheduler.State.Drains;

namespace Scheduler.State;

/// <summary>What decisions obey: the newest revision that is known, and the local drains over it.</summary>
/// <param name="clock">Tells which local drains hold.</param>
/// <param name="applied">Called with every configuration that comes into force, one call at a time, before the change is answered.</param>
public sealed class ConfigurationInForce(TimeProvider clock, Action<Configuration> applied)
{
    private readonly Lock _gate = new();
    private Configuration? _revision;
    private LocalDrainSet _local = LocalDrainSet.Empty;
    private volatile Configuration _current = Configuration.Empty;

    /// <summary>What is in force; <see cref="Configuration.Empty"/> before the first revision is known.</summary>
    public Configuration Current => _current;

    /// <summary>Takes a revision into force.</summary>
    /// <param name="revision">The configuration as of it.</param>
    public void Obey(Configuration revision)
    {
        lock (_gate)
        {
            _revision = revision;
            Apply(revision);
        }
    }

    /// <summary>Takes local drains into force.</summary>
    /// <param name="local">All that are known.</param>
    public void Obey(LocalDrainSet local)
    {
        lock (_gate)
        {
            _local = local;
            if (_revision is { } revision) Apply(revision);
        }
    }

    private void Apply(Configuration revision)
    {
        Configuration merged = _local.Over(revision, clock.GetUtcNow());
        _current = merged;
        applied(merged);
    }
}
