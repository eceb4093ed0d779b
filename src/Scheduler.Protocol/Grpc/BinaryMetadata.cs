namespace Scheduler.Protocol.Grpc;

/// <summary>Values of metadata whose name ends in <c>-bin</c>: base64 (RFC 4648, section 4), written without padding, read with and without.</summary>
public static class BinaryMetadata
{
    /// <summary>What the names end in.</summary>
    public const string Suffix = "-bin";

    /// <summary>Encodes a value.</summary>
    public static string Encode(ReadOnlySpan<byte> value) => Convert.ToBase64String(value).TrimEnd('=');

    /// <summary>Decodes the values of one field: several of one name may come joined by commas.</summary>
    /// <param name="field">The field as it came.</param>
    /// <param name="values">Each value, in order.</param>
    /// <returns>False when one of them is no base64.</returns>
    public static bool TryDecode(string field, out IReadOnlyList<byte[]> values)
    {
        var all = new List<byte[]>();
        values = all;
        foreach (string part in field.Split(',', StringSplitOptions.TrimEntries))
        {
            string padded = part.PadRight((part.Length + 3) / 4 * 4, '=');
            byte[] bytes = new byte[padded.Length / 4 * 3];
            if (!Convert.TryFromBase64String(padded, bytes, out int length)) return false;
            all.Add(bytes[..length]);
        }
        return true;
    }
}
