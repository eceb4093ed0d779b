using System.Text;
using System.Text.Json;

namespace Scheduler.Protocol.Documents;

/// <summary>
/// Short texts that a document repeats, such as the names of members: each is made a string once and shared after that. A text that meets
/// another in its slot takes the slot over, so a document of nothing but different texts gains nothing and loses little.
/// </summary>
internal sealed class NamePool
{
    private const int LongestText = 24;

    private readonly string?[] _slots = new string?[256];

    /// <summary>The text of a string token or a member's name.</summary>
    /// <exception cref="InvalidOperationException">The text has an escape that is no character.</exception>
    public string Get(ref readonly Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> text = reader.ValueSpan;
        if (text.Length is 0 or > LongestText || reader.ValueIsEscaped) return reader.GetString()!;
        ref string? slot = ref _slots[((text.Length * 31) + (text[0] * 7) + (text[text.Length / 2] * 3) + text[^1]) & 255];
        return slot is not null && Ascii.Equals(text, slot) ? slot : slot = reader.GetString()!;
    }
}
