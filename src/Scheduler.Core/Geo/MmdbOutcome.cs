namespace Scheduler.Core.Geo;

/// <summary>How the search for an address ended.</summary>
public enum MmdbOutcome
{
    /// <summary>The file has a record for the address.</summary>
    Found = 0,

    /// <summary>The file has nothing for the address.</summary>
    Absent = 1,

    /// <summary>The address is IPv6 and the file holds IPv4 only.</summary>
    OtherFamily = 2,

    /// <summary>The tree leads outside the file.</summary>
    Corrupt = 3,
}
