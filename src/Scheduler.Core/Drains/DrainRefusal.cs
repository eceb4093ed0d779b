namespace Scheduler.Core.Drains;

/// <summary>A guard's no.</summary>
/// <param name="Kind">Which guard.</param>
/// <param name="Detail">Why, in words, without a full stop; not the same from one moment to the next, as it has numbers in it.</param>
public sealed record DrainRefusal(DrainRefusalKind Kind, string Detail);
