using System.Globalization;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Protocol.Grpc.Protobuf;

/// <summary>
/// Judges the fields of a message by the rules, and in the words, of the JSON API. An empty text is as good as an absent one: the language does not tell them apart.
/// </summary>
internal ref struct MessageFields
{
    /// <summary>What was found wrong so far.</summary>
    public WireProblems Problems;

    private string? _list;
    private long _item;

    /// <summary>Names the list and item that is being read, so that problems name it: <c>streams[3].viewers</c>. Null leaves it.</summary>
    public void Within(string? list, long item = 0) => (_list, _item) = (list, item);

    /// <summary>Adds a problem with a field of what is being read.</summary>
    public void Problem(string field, string reason)
    {
        if (_list is not null) field = string.Create(CultureInfo.InvariantCulture, $"{_list}[{_item}]{(field.Length == 0 ? "" : ".")}{field}");
        Problems.Add(field, reason);
    }

    /// <summary>Ends the reading. Whatever else was found, a message that is broken has that one problem.</summary>
    /// <returns>True when nothing was found wrong.</returns>
    public bool End(in ProtobufReader reader)
    {
        if (reader.IsBroken)
        {
            Problems = default;
            Problems.Add(ProblemStatus.WholeMessage, "is not a message of this type in protobuf");
        }
        return Problems.Count == 0;
    }

    /// <summary>Demands a field.</summary>
    public void Require(bool isThere, string field)
    {
        if (!isThere) Problem(field, "required");
    }

    /// <summary>Judges the name of a stream.</summary>
    public void Stream(string field, scoped ReadOnlySpan<byte> name)
    {
        if (!StreamName.IsValid(name)) Problem(field, WireNames.StreamRule);
    }

    /// <summary>Judges the id of a node.</summary>
    public void Node(string field, scoped ReadOnlySpan<byte> id)
    {
        if (!WireNames.IsNodeId(id)) Problem(field, WireNames.NodeIdRule);
    }

    /// <summary>Judges a text for people.</summary>
    public void Text(string field, scoped ReadOnlySpan<byte> text, int maxCharacters) => Obey(field, FieldRules.TextFault(text, maxCharacters));

    /// <summary>Judges a text for machines.</summary>
    public void Token(string field, scoped ReadOnlySpan<byte> token) => Obey(field, FieldRules.LengthFault(token, SessionRequest.MaxTokenLength));

    /// <summary>Judges an integer.</summary>
    public void Range(string field, long value, long min, long max) => Obey(field, FieldRules.RangeFault(value, min, max));

    /// <summary>Judges a number.</summary>
    public void Range(string field, double value, double min, double max) => Obey(field, FieldRules.RangeFault(value, min, max));

    private void Obey(string field, string? fault)
    {
        if (fault is not null) Problem(field, fault);
    }
}
