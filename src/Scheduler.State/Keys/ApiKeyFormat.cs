using System.Security.Cryptography;
using System.Text;
using Scheduler.State.Ports;

namespace Scheduler.State.Keys;

/// <summary>
/// How a key is written: <c>sk_KIND_ID_SECRET</c>, or <c>pk_p_ID_SECRET</c> for a publishable player key. The kind is one letter, the id 10 and the
/// secret 32 letters and digits (over 190 bits). The prefix lets scanners find keys that were published by mistake; no character needs quoting.
/// </summary>
public static class ApiKeyFormat
{
    /// <summary>Longest key that is looked at, characters; those that are made are shorter, a configured one may be longer.</summary>
    public const int MostLength = 128;

    /// <summary>Length of the id.</summary>
    public const int IdLength = 10;

    /// <summary>Length of a hash.</summary>
    public const int HashLength = SHA256.HashSizeInBytes;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int SecretLength = 32;
    private const int IdStart = 5;
    private const int Length = IdStart + IdLength + 1 + SecretLength;

    /// <summary>A new random id.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(Alphabet, IdLength);

    /// <summary>A new random key.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    public static string NewKey(ApiKeyKind kind, string id)
        => $"{(kind == ApiKeyKind.Player ? "pk" : "sk")}_{Letter(kind)}_{id}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";

    /// <summary>The id inside a key; empty when the text does not have the form of a key.</summary>
    public static ReadOnlySpan<char> IdOf(ReadOnlySpan<char> key)
        => key.Length == Length && key[2] == '_' && key[4] == '_' && key[IdStart + IdLength] == '_' ? key.Slice(IdStart, IdLength) : default;

    /// <summary>Hashes a key. Allocates nothing.</summary>
    /// <param name="key">At most <see cref="MostLength"/> characters.</param>
    /// <param name="hash">Takes <see cref="HashLength"/> bytes.</param>
    public static void Hash(ReadOnlySpan<char> key, Span<byte> hash)
    {
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(MostLength)];
        int length = Encoding.UTF8.GetBytes(key, utf8);
        SHA256.HashData(utf8[..length], hash);
    }

    private static char Letter(ApiKeyKind kind) => kind switch
    {
        ApiKeyKind.Player => 'p',
        ApiKeyKind.Backend => 'b',
        ApiKeyKind.Reporter => 'r',
        ApiKeyKind.Viewer => 'v',
        ApiKeyKind.Operator => 'o',
        ApiKeyKind.Admin => 'a',
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
