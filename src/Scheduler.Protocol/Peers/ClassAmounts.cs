namespace Scheduler.Protocol.Peers;

/// <summary>What the streams of one class weigh, by cell.</summary>
/// <param name="Class">Id of the class; at most <see cref="MostId"/> bytes.</param>
/// <param name="Cells">By cell.</param>
public sealed record ClassAmounts(string Class, NumberedAmount[] Cells)
{
    /// <summary>Most classes of one frame: those of a policy.</summary>
    public const int Most = 32;

    /// <summary>Most bytes of an id.</summary>
    public const int MostId = 32;
}
