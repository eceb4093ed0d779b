using System.Text.Encodings.Web;
using System.Text.Json;

namespace Scheduler.Protocol.V1;

/// <summary>Texts made ready for the wire once, so that an answer only copies them.</summary>
public static class WireText
{
    /// <summary>A text as it stands between the quotes of a JSON string, in UTF-8.</summary>
    public static byte[] Encode(string text) =>
        JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.ToArray();
}
