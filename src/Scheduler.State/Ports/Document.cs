using System.Security.Cryptography;

namespace Scheduler.State.Ports;

/// <summary>Bytes named by their own hash, so that revisions that do not change a document share one copy of it.</summary>
public sealed class Document
{
    private Document(string hash, ReadOnlyMemory<byte> content)
    {
        Hash = hash;
        Content = content;
    }

    /// <summary>SHA-256 of <see cref="Content"/>, 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The bytes, opaque to the store; never changed after the document was made.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>A document of the given bytes, which the caller must not change any more.</summary>
    /// <param name="content">UTF-8, of any length.</param>
    public static Document Of(ReadOnlyMemory<byte> content) => new(Convert.ToHexStringLower(SHA256.HashData(content.Span)), content);
}
