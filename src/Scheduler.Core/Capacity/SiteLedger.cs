namespace Scheduler.Core.Capacity;

/// <summary>The live numbers of one site: the sum of its nodes in the same form as <see cref="NodeLedger"/>.</summary>
public struct SiteLedger
{
    /// <summary>Every kbit/s this replica ever assigned to the site's nodes: it only grows.</summary>
    public long Assigned;

    /// <summary>Value of <see cref="Assigned"/> at which no node has room; a filter, the nodes' own ceilings are what holds.</summary>
    public long Ceiling;

    /// <summary><c>replicas x Assigned + Offset</c> is the site's load now, kbit/s.</summary>
    public long Offset;

    /// <summary>One over the site's effective capacity in kbit/s; 1 for a site without any.</summary>
    public double InverseCapacity;
}
