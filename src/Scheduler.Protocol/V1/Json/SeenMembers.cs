namespace Scheduler.Protocol.V1.Json;

/// <summary>Which members of an object have been met, one bit each.</summary>
internal struct SeenMembers
{
    private uint _met;
    private uint _given;

    /// <summary>Notes a member; false when it was met before.</summary>
    public bool Meet(uint bit)
    {
        bool first = (_met & bit) == 0;
        _met |= bit;
        return first;
    }

    /// <summary>Notes that a member has a value other than null.</summary>
    public void Give(uint bit) => _given |= bit;

    /// <summary>True when the member has a value other than null, right or wrong.</summary>
    public readonly bool Has(uint bit) => (_given & bit) != 0;
}
