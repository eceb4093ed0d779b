namespace Scheduler.Core.Geo;

/// <summary>What is wrong with a MaxMind DB file. Exported as a label: append, never renumber.</summary>
public enum MmdbFault
{
    /// <summary>The metadata marker is not in the last 128 KiB: not such a file, or its end is missing.</summary>
    NoMetadata = 0,

    /// <summary>A field of the metadata is missing, of the wrong type or out of range.</summary>
    BadMetadata = 1,

    /// <summary>The format's major version is not 2.</summary>
    UnsupportedVersion = 2,

    /// <summary>The search tree is larger than the file.</summary>
    TreeTooLarge = 3,

    /// <summary>A record of the search tree points outside the data section.</summary>
    BadRecord = 4,

    /// <summary>The search tree has a loop, or so many shared branches that it cannot be walked.</summary>
    TreeNotFinite = 5,

    /// <summary>A value reaches beyond the end of its section.</summary>
    Truncated = 6,

    /// <summary>A value has a size that its type cannot have.</summary>
    BadSize = 7,

    /// <summary>A type that the format does not define, or that may not stand here.</summary>
    BadType = 8,

    /// <summary>A pointer points at a pointer or outside its section.</summary>
    BadPointer = 9,

    /// <summary>A text is not UTF-8, or a map's key is not a text.</summary>
    BadText = 10,

    /// <summary>Values are nested deeper than any real file does.</summary>
    TooDeep = 11,

    /// <summary>One record unfolds to more values or bytes than any real file has.</summary>
    TooLarge = 12,

    /// <summary>The file can be read and does not hold what it is asked for: cities where carriers are wanted, or the other way round.</summary>
    WrongContent = 13,
}
