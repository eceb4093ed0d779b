using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Scheduler.Protocol.Admin;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>
/// The members of a JSON object, read one by one; what is wrong is collected, so that the caller learns of every fault at once. A member that no
/// one asked for is a fault too: a misspelt <c>expires_at</c> must not pass for an absent one.
/// </summary>
internal sealed class BodyFields
{
    private const int MostDepth = 8;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MostDepth, AllowDuplicateProperties = false };

    private readonly JsonElement _root;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly ImmutableArray<ProblemFieldMessage>.Builder _faults = ImmutableArray.CreateBuilder<ProblemFieldMessage>();

    private BodyFields(ReadOnlyMemory<byte> bytes, JsonElement root)
    {
        Bytes = bytes;
        _root = root;
    }

    /// <summary>The body as it was sent.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The fields of an absent body: none.</summary>
    public static BodyFields Empty() => TryParse("{}"u8.ToArray(), out BodyFields? fields, out _) ? fields : throw new InvalidOperationException();

    /// <summary>Parses a body.</summary>
    /// <param name="body">Bytes of any content.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="fault">Why it is no JSON object, as a sentence.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> body, [NotNullWhen(true)] out BodyFields? fields, [NotNullWhen(false)] out string? fault)
    {
        fields = null;
        fault = null;
        // The reader takes the bytes of a text as they are, and throws only when the text is asked for: a name would be, long after.
        if (!Utf8.IsValid(body.Span))
        {
            fault = "it is not valid UTF-8.";
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                fields = new BodyFields(body, document.RootElement.Clone());
                return true;
            }

            fault = $"it is {KindOf(document.RootElement)}.";
        }
        catch (JsonException cause)
        {
            fault = cause.Message;
        }
        catch (InvalidOperationException)
        {
            fault = "a member's name is no valid text."; // a lone surrogate in an escape
        }

        return false;
    }

    /// <summary>Says that a field is at fault.</summary>
    public void Fault(string field, string reason) => _faults.Add(new ProblemFieldMessage(field, reason));

    /// <summary>A text that must be there.</summary>
    public string? RequiredText(string field, int mostLength)
    {
        if (Find(field) is { } value) return Text(field, value, mostLength);
        Fault(field, "is required");
        return null;
    }

    /// <summary>A text that may be absent.</summary>
    public string? OptionalText(string field, int mostLength) => Find(field) is { } value ? Text(field, value, mostLength) : null;

    /// <summary>A truth value that must be there.</summary>
    public bool? RequiredFlag(string field)
    {
        if (Find(field) is { } value) return Flag(field, value);
        Fault(field, "is required");
        return null;
    }

    /// <summary>A truth value; false when it is absent.</summary>
    public bool OptionalFlag(string field) => Find(field) is { } value && Flag(field, value) == true;

    /// <summary>A finite number that may be absent.</summary>
    public double? OptionalNumber(string field)
    {
        if (Find(field) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)) return number;
        Fault(field, $"must be a number, not {KindOf(value)}");
        return null;
    }

    /// <summary>A time that must be there: RFC 3339, with its offset.</summary>
    public DateTimeOffset? RequiredTime(string field)
    {
        if (Find(field) is not { } value)
        {
            Fault(field, "is required");
            return null;
        }

        return Time(field, value);
    }

    /// <summary>A time that may be absent.</summary>
    public DateTimeOffset? OptionalTime(string field) => Find(field) is { } value ? Time(field, value) : null;

    /// <summary>A list of texts that may be absent.</summary>
    public ImmutableArray<string>? OptionalTexts(string field, int mostCount, int mostLength)
    {
        if (Find(field) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > mostCount)
        {
            Fault(field, $"must be a list of at most {mostCount} texts");
            return null;
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        int index = 0;
        foreach (JsonElement element in value.EnumerateArray())
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"{field}[{index++}]");
            if (Text(at, element, mostLength) is { } text) texts.Add(text);
        }

        return texts.Count == index ? texts.ToImmutable() : null;
    }

    /// <summary>A member of any kind; null when it is absent.</summary>
    public JsonElement? Find(string field)
    {
        _asked.Add(field);
        return _root.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    /// <summary>A text of 1 to so many characters, without controls, trimmed; a fault when the value is none.</summary>
    public string? Text(string field, JsonElement value, int mostLength)
    {
        string text;
        try
        {
            text = value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : "";
        }
        catch (InvalidOperationException)
        {
            text = ""; // bytes or escapes that are no Unicode
        }

        if (text.Length > 0 && text.Length <= mostLength && !text.Any(char.IsControl)) return text;
        Fault(field, $"must be a text of 1 to {mostLength} characters without control characters");
        return null;
    }

    /// <summary>Says what is wrong, once every field was asked for.</summary>
    /// <param name="problem">The answer with every fault; null when there is none.</param>
    /// <returns>True when something is wrong.</returns>
    public bool HasFaults([NotNullWhen(true)] out IResult? problem)
    {
        foreach (JsonProperty member in _root.EnumerateObject())
        {
            if (!_asked.Contains(member.Name)) Fault(member.Name, $"is not known here; known are {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
        }

        problem = _faults.Count == 0 ? null : Problem.InvalidFields(_faults.ToImmutable());
        return problem is not null;
    }

    /// <summary>The kind of a value, in words.</summary>
    public static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number out of range",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    private bool? Flag(string field, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Fault(field, $"must be true or false, not {KindOf(value).Replace("a number out of range", "a number", StringComparison.Ordinal)}");
        return null;
    }

    private DateTimeOffset? Time(string field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && HasOffset(value.GetRawText()) && value.TryGetDateTimeOffset(out DateTimeOffset time)) return time;
        Fault(field, "must be a time in RFC 3339 with its offset, such as 2030-01-31T12:00:00Z");
        return null;
    }

    /// <summary>A time without an offset means another moment on every machine.</summary>
    private static bool HasOffset(string quoted)
    {
        ReadOnlySpan<char> text = quoted.AsSpan().Trim('"');
        return text.Length > 6 && (text[^1] is 'Z' or 'z' || (text[^6] is '+' or '-' && text[^3] == ':'));
    }
}
