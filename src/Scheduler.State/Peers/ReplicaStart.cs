namespace Scheduler.State.Peers;

/// <summary>One start of one replica: what a process is called among its peers.</summary>
/// <param name="Number">The replica's number, in [1, 255].</param>
/// <param name="Start">Counts the starts under that number; the later is the one that holds.</param>
public readonly record struct ReplicaStart(byte Number, long Start)
{
    /// <summary>As logs and metrics name it: <c>2#17</c>.</summary>
    public override string ToString() => $"{Number}#{Start}";
}
