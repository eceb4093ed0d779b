using System.Globalization;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Protocol.V1.Json;

/// <summary>
/// Reads the members of a message. Each method reads the value that the cursor stands before; where it cannot be used, the method says why,
/// passes the value and answers false. A null is as good as an absent member.
/// </summary>
/// <param name="utf8">The whole text.</param>
internal ref struct WireReader(ReadOnlySpan<byte> utf8)
{
    /// <summary>Stands in the text.</summary>
    public JsonCursor Json = new(utf8);

    /// <summary>What was found wrong so far.</summary>
    public WireProblems Problems;

    private string? _list;
    private long _item;

    /// <summary>Names the list and item that is being read, so that problems name it: <c>streams[3].viewers</c>. Null leaves it.</summary>
    public void Within(string? listName, long itemKey = 0)
    {
        _list = listName;
        _item = itemKey;
    }

    /// <summary>Enters the message's object.</summary>
    public bool EnterMessage()
    {
        JsonKind kind = Json.Peek();
        if (kind == JsonKind.Object) return Json.Enter();
        if (kind != JsonKind.None) Problems.Add("body", "must be an object");
        Json.Skip();
        return false;
    }

    /// <summary>Ends the message. Whatever else was found, a text that is not JSON has that one problem.</summary>
    /// <returns>True when nothing was found wrong.</returns>
    public bool End()
    {
        if (!Json.End())
        {
            Problems = default;
            Problems.Add("body", Json.Describe());
        }
        return Problems.Count == 0;
    }

    /// <summary>Adds a problem with a member of what is being read.</summary>
    public void Problem(string field, string reason)
    {
        if (_list is not null)
            field = string.Create(CultureInfo.InvariantCulture, $"{_list}[{_item}]{(field.Length == 0 ? "" : ".")}{field}");
        Problems.Add(field, reason);
    }

    /// <summary>Decides whether a member's value is to be read. A second one is a problem and passed; null is passed.</summary>
    /// <param name="seen">What the object has shown so far.</param>
    /// <param name="bit">The member's bit.</param>
    /// <param name="field">Its name.</param>
    public bool Take(ref SeenMembers seen, uint bit, string field)
    {
        bool first = seen.Meet(bit);
        if (first && Json.Peek() != JsonKind.Null)
        {
            seen.Give(bit);
            return true;
        }
        if (!first) Problem(field, "given twice");
        Json.Skip();
        return false;
    }

    /// <summary>Demands a member that was to be given.</summary>
    public void Require(in SeenMembers seen, uint bit, string field)
    {
        if (!seen.Has(bit)) Problem(field, "required");
    }

    /// <summary>Reads a string of at most so many bytes; an empty one is refused.</summary>
    public bool ReadString(string field, int maxLength, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!Expect(JsonKind.String, field, "must be a string") || !Json.ReadString(out value)) return false;
        return Obeys(field, FieldRules.LengthFault(value, maxLength));
    }

    /// <summary>Reads a text for people: 1 to so many characters, none of them a control character.</summary>
    public bool ReadText(string field, int maxCharacters, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!Expect(JsonKind.String, field, "must be a string") || !Json.ReadString(out value)) return false;
        return Obeys(field, FieldRules.TextFault(value, maxCharacters));
    }

    /// <summary>Reads a number, rounds it, and demands that it lies in a range.</summary>
    public bool ReadInteger(string field, long min, long max, out long value)
    {
        value = 0;
        if (!Expect(JsonKind.Number, field, "must be a number") || !Json.ReadNumber(out JsonNumber number)) return false;
        return Obeys(field, number.TryRound(out value) ? FieldRules.RangeFault(value, min, max) : FieldRules.OutOf(min, max));
    }

    /// <summary>Reads a number and demands that it lies in a range.</summary>
    public bool ReadReal(string field, double min, double max, out double value)
    {
        value = 0;
        if (!Expect(JsonKind.Number, field, "must be a number") || !Json.ReadNumber(out JsonNumber number)) return false;
        value = number.Real;
        return Obeys(field, FieldRules.RangeFault(value, min, max));
    }

    /// <summary>As <see cref="ReadInteger"/>; null when there is nothing to use.</summary>
    public long? IntegerOrNull(string field, long min, long max) => ReadInteger(field, min, max, out long value) ? value : null;

    /// <summary>As <see cref="ReadReal"/>; null when there is nothing to use.</summary>
    public double? RealOrNull(string field, double min, double max) => ReadReal(field, min, max, out double value) ? value : null;

    /// <summary>Enters an array or object.</summary>
    public bool Enter(JsonKind kind, string field) =>
        Expect(kind, field, kind == JsonKind.Array ? "must be an array" : "must be an object") && Json.Enter();

    private bool Obeys(string field, string? fault)
    {
        if (fault is not null) Problem(field, fault);
        return fault is null;
    }

    /// <summary>True when the next value is of a kind. Any other is a problem and passed.</summary>
    private bool Expect(JsonKind kind, string field, string reason)
    {
        JsonKind found = Json.Peek();
        if (found == kind) return true;
        if (found != JsonKind.None) Problem(field, reason);
        Json.Skip();
        return false;
    }
}
