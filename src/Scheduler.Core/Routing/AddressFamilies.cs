namespace Scheduler.Core.Routing;

/// <summary>Families of addresses that a node must have to be named.</summary>
[Flags]
public enum AddressFamilies : byte
{
    /// <summary>None is asked for.</summary>
    None = 0,

    /// <summary>An IPv4 address.</summary>
    V4 = 1,

    /// <summary>An IPv6 address.</summary>
    V6 = 2,
}
