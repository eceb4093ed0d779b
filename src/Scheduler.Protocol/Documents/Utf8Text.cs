using System.Text;

namespace Scheduler.Protocol.Documents;

/// <summary>The text of a document that came as bytes.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the bytes as UTF-8, with or without a byte order mark.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="fault">Why there is no text.</param>
    /// <returns>Null when the document is too long or not UTF-8.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes, out DocumentFault? fault)
    {
        fault = bytes.Length > DocumentLimits.Bytes ? new(DocumentPosition.Start, DocumentLimits.TooLong) : null;
        if (fault is not null) return null;
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            fault = new(DocumentPosition.Start, "is not UTF-8");
            return null;
        }
    }
}
