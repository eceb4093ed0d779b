using Scheduler.Core.Sessions;

namespace Scheduler.Tests.Core.Sessions;

/// <summary>Key rings for tests, made from fixed secrets.</summary>
internal static class Keys
{
    public static MasterKey Master(byte id, byte seed) =>
        new(id, Enumerable.Range(0, MasterKey.SecretLength).Select(i => (byte)(seed + i)).ToArray());

    /// <summary>One key, number 1, of the bytes 0 to 31.</summary>
    public static TokenKeyRing One() => new([Master(1, 0)], 1);

    /// <summary>Key 1 as in <see cref="One"/>, and a newer one that is current.</summary>
    public static TokenKeyRing Rotated() => new([Master(1, 0), Master(2, 100)], 2);

    /// <summary>Another platform's key of the same number.</summary>
    public static TokenKeyRing Foreign() => new([Master(1, 50)], 1);
}
