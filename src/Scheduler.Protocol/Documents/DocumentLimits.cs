namespace Scheduler.Protocol.Documents;

/// <summary>How large a document may be before it is refused unread. A full fleet (100,000 nodes) stays under all of them.</summary>
internal static class DocumentLimits
{
    /// <summary>Longest document, bytes of UTF-8: 32 MB.</summary>
    public const int Bytes = 32_000_000;

    /// <summary>Deepest nesting. A fleet needs 6.</summary>
    public const int Depth = 16;

    /// <summary>Most values, names not counted: bounds the memory that a document of nothing but commas can take.</summary>
    public const int Values = 3_000_000;

    public static string TooLong { get; } = $"is longer than {Bytes / 1_000_000} MB";

    public static string TooDeep { get; } = $"is nested over {Depth} levels deep";

    public static string TooMany { get; } = $"has over {Values:N0} values";
}
