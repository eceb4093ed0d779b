using System.Text.Json;

namespace Scheduler.Cli.Load;

/// <summary>
/// What a simulated viewer reads of an answer to an opening, a beat or a failover. Slices of the body: nothing is copied. Absent texts are empty.
/// </summary>
internal readonly ref struct PlayerAnswer
{
    /// <summary>The session's token.</summary>
    public ReadOnlySpan<byte> Token { get; private init; }

    /// <summary>How it was decided.</summary>
    public ReadOnlySpan<byte> Decision { get; private init; }

    /// <summary>Node of the first candidate.</summary>
    public ReadOnlySpan<byte> Node { get; private init; }

    /// <summary>Site of the first candidate.</summary>
    public ReadOnlySpan<byte> Site { get; private init; }

    /// <summary>Ticket for the first candidate.</summary>
    public ReadOnlySpan<byte> Ticket { get; private init; }

    /// <summary>Seconds to the next beat; null when not said.</summary>
    public double? HeartbeatS { get; private init; }

    /// <summary>True when the viewer is told to move.</summary>
    public bool IsMove { get; private init; }

    /// <summary>Reads a body.</summary>
    /// <returns>False when it is no JSON object.</returns>
    public static bool TryRead(ReadOnlySpan<byte> body, out PlayerAnswer answer)
    {
        answer = default;
        ReadOnlySpan<byte> token = default, decision = default, node = default, site = default, ticket = default;
        double? heartbeat = null;
        bool isMove = false, isFirst = true;
        var json = new Utf8JsonReader(body);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("token"u8)) token = Text(ref json);
                else if (json.ValueTextEquals("decision"u8)) decision = Text(ref json);
                else if (json.ValueTextEquals("action"u8)) isMove = Text(ref json).SequenceEqual("move"u8);
                else if (json.ValueTextEquals("heartbeat_s"u8)) heartbeat = Number(ref json);
                else if (json.ValueTextEquals("candidates"u8)) ReadCandidates(ref json, ref node, ref site, ref ticket, ref isFirst);
                else Skip(ref json);
            }
        }
        catch (JsonException)
        {
            return false;
        }
        answer = new PlayerAnswer
        {
            Token = token, Decision = decision, Node = node, Site = site, Ticket = ticket, HeartbeatS = heartbeat, IsMove = isMove && !node.IsEmpty,
        };
        return true;
    }

    private static void ReadCandidates(scoped ref Utf8JsonReader json, ref ReadOnlySpan<byte> node, ref ReadOnlySpan<byte> site, ref ReadOnlySpan<byte> ticket, ref bool isFirst)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (!isFirst || json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }
            isFirst = false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("node"u8)) node = Text(ref json);
                else if (json.ValueTextEquals("site"u8)) site = Text(ref json);
                else if (json.ValueTextEquals("ticket"u8)) ticket = Text(ref json);
                else Skip(ref json);
            }
        }
    }

    // Tokens and ids have no characters that JSON escapes; one that has some is none of ours.
    private static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String && !json.ValueIsEscaped) return json.ValueSpan;
        json.Skip();
        return default;
    }

    private static double? Number(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Number && json.TryGetDouble(out double number)) return number;
        json.Skip();
        return null;
    }

    private static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }
}
