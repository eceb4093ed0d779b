namespace Scheduler.Tests.Server.Telemetry;

/// <summary>
/// Tests in which somebody listens to spans and durations. That is so for the whole process: they run after all others, of which some count what is allocated.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ListenedCollection
{
    public const string Name = "listened to";
}
