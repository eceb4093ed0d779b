namespace Scheduler.Core.Dispatch;

/// <summary>
/// The time of one replica in steps of 2 s, numbered round and round: a ticket says in which of them its place was taken, and a node's report how much of the newest of them has begun to
/// be served. Only the replica that made a number reads it as a time, so no two clocks are compared.
/// </summary>
public static class AdmissionPeriod
{
    /// <summary>Length of a period, ms.</summary>
    public const int LengthMs = 2_000;

    /// <summary>How many numbers there are: after 128 s they come again, and no ticket opens anything for so long after its place was taken that it matters.</summary>
    public const int Count = 64;

    /// <summary>
    /// Time by which the place may have been taken before the moment that its ticket was stamped at, ms. Nothing is awaited between the two; this is for a thread that was not
    /// given a processor.
    /// </summary>
    public const int StampMs = 1_000;

    /// <summary>The period of a moment.</summary>
    /// <param name="nowMs">Monotonic ms of the replica, at least 0.</param>
    public static byte Of(long nowMs) => (byte)(nowMs / LengthMs % Count);

    /// <summary>When the latest period of a number began.</summary>
    /// <param name="period">The number, in [0, <see cref="Count"/>).</param>
    /// <param name="nowMs">Monotonic ms of the replica whose number it is.</param>
    /// <returns>Monotonic ms; below 0 when the replica was not there yet.</returns>
    public static long BeganMs(byte period, long nowMs) =>
        ((nowMs / LengthMs) - ((Of(nowMs) - period + Count) % Count)) * LengthMs;
}
