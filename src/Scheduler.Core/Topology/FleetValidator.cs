namespace Scheduler.Core.Topology;

/// <summary>Checks a fleet; every problem at once.</summary>
public static class FleetValidator
{
}
