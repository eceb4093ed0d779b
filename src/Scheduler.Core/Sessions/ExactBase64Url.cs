using System.Buffers;
using System.Buffers.Text;

namespace Scheduler.Core.Sessions;

/// <summary>Base64url with one spelling only: no white space, no padding, whole groups of four.</summary>
internal static class ExactBase64Url
{
    /// <summary>Decodes a text that must fill the destination exactly.</summary>
    /// <param name="utf8">The text; false unless it has four characters for each three bytes of the destination.</param>
    /// <param name="bytes">Where to; a multiple of three bytes.</param>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, Span<byte> bytes)
    {
        // The library's decoder skips white space and takes padding: either leaves fewer bytes than the length of the text promises.
        return utf8.Length == bytes.Length / 3 * 4
            && Base64Url.DecodeFromUtf8(utf8, bytes, out int consumed, out int written) == OperationStatus.Done
            && consumed == utf8.Length && written == bytes.Length;
    }
}
