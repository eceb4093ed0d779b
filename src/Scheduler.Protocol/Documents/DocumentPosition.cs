namespace Scheduler.Protocol.Documents;

/// <summary>Where something stands in a document.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1: characters in YAML, bytes in JSON.</param>
internal readonly record struct DocumentPosition(int Line, int Column)
{
    /// <summary>The beginning of a document.</summary>
    public static DocumentPosition Start { get; } = new(1, 1);
}
