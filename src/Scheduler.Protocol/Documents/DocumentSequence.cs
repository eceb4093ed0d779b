namespace Scheduler.Protocol.Documents;

/// <summary>A list of values.</summary>
internal sealed class DocumentSequence(DocumentPosition position) : DocumentValue(position)
{
    public List<DocumentValue> Items { get; } = [];
}
