using System.Text.Json;
using Scheduler.Core.Drains;
using Scheduler.Protocol.Admin;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Drain targets on the wire: <c>{"site":"lon1"}</c>, <c>"site:lon1"</c>, or <c>"lon1"</c> for a site.</summary>
internal static class DrainTargetReader
{
    private const string Field = "target";
    private const string Form = "must be one of {\"site\":ID}, {\"node\":ID}, {\"selector\":\"key=value\"}, "
        + "or a text such as \"lon1\", \"site:lon1\", \"node:lon1-03\", \"selector:key=value\"";
    private const int MostLength = 256;

    /// <summary>Reads the target; null, with its fault noted, when it is none.</summary>
    public static DrainTarget? Read(BodyFields fields)
    {
        switch (fields.Find(Field))
        {
            case null:
                fields.Fault(Field, "is required");
                return null;
            case { ValueKind: JsonValueKind.String } text:
                return fields.Text(Field, text, MostLength) is { } value ? OfText(value) : null;
            case { ValueKind: JsonValueKind.Object } members:
                return OfMembers(fields, members);
            default:
                fields.Fault(Field, Form);
                return null;
        }
    }

    /// <summary>The wire form of a target.</summary>
    public static DrainTargetMessage Message(DrainTarget target) => target.Kind switch
    {
        DrainTargetKind.Site => new DrainTargetMessage(Site: target.Value),
        DrainTargetKind.Node => new DrainTargetMessage(Node: target.Value),
        DrainTargetKind.Selector => new DrainTargetMessage(Selector: target.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(target)),
    };

    private static DrainTarget OfText(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && KindOf(text[..colon]) is { } kind
            ? new DrainTarget(kind, text[(colon + 1)..].Trim())
            : new DrainTarget(DrainTargetKind.Site, text);
    }

    private static DrainTarget? OfMembers(BodyFields fields, JsonElement members)
    {
        if (members.GetPropertyCount() == 1)
        {
            JsonProperty member = members.EnumerateObject().First();
            if (KindOf(member.Name) is { } kind)
            {
                return fields.Text($"{Field}.{member.Name}", member.Value, MostLength) is { } value ? new DrainTarget(kind, value) : null;
            }
        }

        fields.Fault(Field, Form);
        return null;
    }

    private static DrainTargetKind? KindOf(string name) => name switch
    {
        "site" => DrainTargetKind.Site,
        "node" => DrainTargetKind.Node,
        "selector" => DrainTargetKind.Selector,
        _ => null,
    };
}
