namespace Scheduler.State.Ports;

/// <summary>A replica as the store knows it.</summary>
/// <param name="Number">1 to 255: what tokens, tickets and reports call it by. It belongs to the name, and rests long after the name is gone.</param>
/// <param name="Start">Counts the starts under the name: what an earlier start still writes is refused.</param>
/// <param name="Draft">What it said of itself when it joined.</param>
/// <param name="SilentFor">Time since its last heartbeat, by the store's clock.</param>
/// <param name="HasLeft">True when it left in good order and has not joined again.</param>
public sealed record Member(byte Number, long Start, MemberDraft Draft, TimeSpan SilentFor, bool HasLeft);
