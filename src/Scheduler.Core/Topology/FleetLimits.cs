using Scheduler.Core.Units;

namespace Scheduler.Core.Topology;

/// <summary>How large a fleet and its parts may be. Dense indexes, token fields and table sizes elsewhere rely on these.</summary>
public static class FleetLimits
{
    /// <summary>Most regions in a fleet.</summary>
    public const int Regions = 64;

    /// <summary>Most tariffs in a fleet.</summary>
    public const int Tariffs = 1_024;

    /// <summary>Most sites in a fleet.</summary>
    public const int Sites = 4_096;

    /// <summary>Most nodes in a fleet.</summary>
    public const int Nodes = 100_000;

    /// <summary>Most upstream IDCs of one PoP.</summary>
    public const int Upstreams = 16;

    /// <summary>Most labels of one site or node.</summary>
    public const int Labels = 32;

    /// <summary>Longest id of a region, tariff or site, characters.</summary>
    public const int IdLength = 32;

    /// <summary>Longest id of a node, characters.</summary>
    public const int NodeIdLength = 48;

    /// <summary>Longest name of a region or place, UTF-16 units.</summary>
    public const int NameLength = 100;

    /// <summary>Longest address template, characters.</summary>
    public const int UrlLength = 512;

    /// <summary>Highest price of one Mbit/s for a month, in units of the cheapest region.</summary>
    public const double Price = 1e6;

    /// <summary>Highest cap of a site, capacity of a link, or commit: 100 Tbit/s. What is above it was a slip of the keyboard.</summary>
    public static BitRate Capacity { get; } = new(100_000_000_000_000);

    /// <summary>Highest capacity of a node: 10 Tbit/s. So the capacity of a full fleet, 10^18 bit/s, can be summed without overflow.</summary>
    public static BitRate NodeCapacity { get; } = new(10_000_000_000_000);
}
