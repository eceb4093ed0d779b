using Scheduler.Core.Capacity;
using Scheduler.Core.Dispatch;

namespace Scheduler.Protocol.Peers;

/// <summary>
/// Payload of <see cref="FrameType.Starts"/>: one entry after the other, each a node, incarnation and sequence of its report, an admission period and kbit/s. It holds what concerns the receiver alone.
/// </summary>
public static class StartsFrame
{
    /// <summary>Most bytes of an entry.</summary>
    public const int MaxEntry = 5 + 10 + 10 + 1 + 10;

    /// <summary>Appends a node.</summary>
    public static void Append(PayloadWriter output, int node, long incarnation, long sequence, StartedLoad started)
    {
        output.Whole(node);
        output.Whole(incarnation);
        output.Whole(sequence);
        output.Byte(started.SincePeriod);
        output.Whole(started.Kbps);
    }

    /// <summary>Reads the next entry.</summary>
    /// <param name="input">The payload, or what is left of it.</param>
    /// <param name="start">The entry.</param>
    /// <returns>False at the end, and when what follows is no entry; <see cref="PayloadReader.Failed"/> tells which.</returns>
    public static bool TryReadNext(scoped ref PayloadReader input, out NumberedStart start)
    {
        start = default;
        if (input.Left == 0) return false;
        int node = (int)input.Whole(int.MaxValue);
        long incarnation = input.Whole(), sequence = input.Whole();
        byte since = input.Byte();
        if (since >= AdmissionPeriod.Count) input.Refuse();
        start = new NumberedStart(node, incarnation, sequence, new StartedLoad(since, input.Whole()));
        return !input.Failed;
    }
}
