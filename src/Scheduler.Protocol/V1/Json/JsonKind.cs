namespace Scheduler.Protocol.V1.Json;

/// <summary>What a JSON value is, told by its first byte.</summary>
internal enum JsonKind
{
    /// <summary>No value: the text is at fault.</summary>
    None = 0,

    /// <summary><c>{…}</c></summary>
    Object,

    /// <summary><c>[…]</c></summary>
    Array,

    /// <summary><c>"…"</c></summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c></summary>
    Boolean,

    /// <summary><c>null</c></summary>
    Null,
}
