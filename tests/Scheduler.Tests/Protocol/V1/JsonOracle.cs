using System.Text.Json;

namespace Scheduler.Tests.Protocol.V1;

/// <summary>Another judge of what is JSON: the library's, strict, with every string looked into.</summary>
internal static class JsonOracle
{
    public static bool Accepts(byte[] utf8, int maxDepth)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = maxDepth });
            return System.Text.Unicode.Utf8.IsValid(utf8) && StringsAreWhole(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool StringsAreWhole(JsonElement value)
    {
        try
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String: return value.GetString() is not null;
                case JsonValueKind.Array: return value.EnumerateArray().All(StringsAreWhole);
                case JsonValueKind.Object: return value.EnumerateObject().All(member => member.Name is not null && StringsAreWhole(member.Value));
                default: return true;
            }
        }
        catch (InvalidOperationException)
        {
            return false; // a lone surrogate
        }
    }
}
