namespace Scheduler.Core.Capacity;

/// <summary>
/// The live numbers of one node, 32 bytes, shared by all threads. <see cref="Assigned"/> moves by compare-and-swap at every admission; the
/// rest is written whole by the site's single writer at every report.
/// </summary>
public struct NodeLedger
{
    /// <summary>A <see cref="Ceiling"/> under which nothing fits, ever.</summary>
    public const long NoRoom = long.MinValue / 2;

    /// <summary>Every kbit/s this replica ever assigned to the node: it only grows.</summary>
    public long Assigned;

    /// <summary>Highest value <see cref="Assigned"/> may reach: the escrow, moved to this scale. Nothing is admitted beyond it.</summary>
    public long Ceiling;

    /// <summary><c>replicas x Assigned + Offset</c> is the node's load now: its reported egress and what was assigned since, kbit/s.</summary>
    public long Offset;

    /// <summary>One over the effective capacity in kbit/s; 1 for a node without any, whose ceiling admits nothing.</summary>
    public double InverseCapacity;
}
