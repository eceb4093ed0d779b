namespace Scheduler.State.Ports;

/// <summary>What a store must have beyond <see cref="Stores"/> for several replicas to share it.</summary>
/// <param name="Members">Who they are.</param>
/// <param name="Leadership">Who of them plans.</param>
/// <param name="Plans">The last plan.</param>
/// <param name="Changes">Tells of changes that others made.</param>
public sealed record ClusterStore(IMembership Members, ILeadership Leadership, IPlanLog Plans, IChangeFeed Changes);
