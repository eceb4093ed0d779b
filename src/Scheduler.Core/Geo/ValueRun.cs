namespace Scheduler.Core.Geo;

/// <summary>Consecutive addresses of one family for which a database says the same.</summary>
/// <typeparam name="T">What it says; the default is nothing.</typeparam>
/// <param name="First">First address, as a number of the family's width.</param>
/// <param name="Value">What it says of them.</param>
internal readonly record struct ValueRun<T>(UInt128 First, T Value)
    where T : struct, IEquatable<T>;
