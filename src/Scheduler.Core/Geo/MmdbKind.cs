namespace Scheduler.Core.Geo;

/// <summary>Type of a value, by its number in the format's specification, version 2.0.</summary>
public enum MmdbKind
{
    /// <summary>UTF-8 text.</summary>
    Text = 2,

    /// <summary>64-bit floating point.</summary>
    Double = 3,

    /// <summary>Bytes without meaning to the format.</summary>
    Bytes = 4,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16 = 5,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32 = 6,

    /// <summary>Values by text key.</summary>
    Map = 7,

    /// <summary>Signed, 32 bits.</summary>
    Int32 = 8,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64 = 9,

    /// <summary>Unsigned, 128 bits.</summary>
    UInt128 = 10,

    /// <summary>Values in order.</summary>
    Array = 11,

    /// <summary>True or false.</summary>
    Boolean = 14,

    /// <summary>32-bit floating point.</summary>
    Float = 15,
}
