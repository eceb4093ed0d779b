namespace Scheduler.Protocol.Documents;

/// <summary>One value of a document, with its place: what YAML and JSON have in common.</summary>
/// <param name="position">Where it begins.</param>
internal abstract class DocumentValue(DocumentPosition position)
{
    public DocumentPosition Position { get; } = position;
}
