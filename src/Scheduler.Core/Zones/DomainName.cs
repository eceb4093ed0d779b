using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Scheduler.Core.Zones;

/// <summary>A domain name in the form of the wire: each label after its length, a zero at the end (RFC 1035 section 3.1). Equal without regard to case (RFC 4343).</summary>
public sealed class DomainName : IEquatable<DomainName>
{
    /// <summary>Longest name on the wire, bytes (RFC 1035 section 2.3.4).</summary>
    public const int MaxLength = 255;

    /// <summary>Longest label, bytes.</summary>
    public const int MaxLabel = 63;

    private readonly byte[] _wire;

    private DomainName(byte[] wire) => _wire = wire;

    /// <summary>The name of the tree's root.</summary>
    public static DomainName Root { get; } = new([0]);

    /// <summary>The bytes, letters as they were written.</summary>
    public ReadOnlySpan<byte> Wire => _wire;

    /// <summary>True when the first label is <c>*</c>.</summary>
    public bool IsWildcard => _wire is [1, (byte)'*', ..];

    /// <summary>Number of labels; 0 for the root.</summary>
    public int Labels
    {
        get
        {
            int labels = 0;
            for (int at = 0; _wire[at] != 0; at += _wire[at] + 1) labels++;
            return labels;
        }
    }

    /// <summary>The name without its first label; null for the root.</summary>
    public DomainName? Parent => _wire[0] == 0 ? null : new DomainName(_wire[(_wire[0] + 1)..]);

    /// <summary>A name of bytes of the wire, as a message has them.</summary>
    /// <param name="wire">A whole, uncompressed name.</param>
    public static DomainName Of(ReadOnlySpan<byte> wire) => new(wire.ToArray());

    /// <summary>
    /// Reads a name as a zone's file has it: with a dot at its end it is whole, without one it is below the origin, and <c>@</c> is the origin (RFC 1035 section 5.1).
    /// Labels have letters, digits, hyphens and underscores; the first may be <c>*</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">What relative names are below.</param>
    /// <param name="name">The name.</param>
    /// <param name="fault">What is wrong, one sentence without a full stop; null when nothing is.</param>
    public static bool TryParse(string text, DomainName origin, [NotNullWhen(true)] out DomainName? name, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(origin);
        (name, fault) = (null, null);
        if (text == "@") name = origin;
        else if (text == ".") name = Root;
        else fault = Append(text, origin, out name);
        return name is not null;
    }

    /// <summary>True when this name is another one or below it.</summary>
    public bool IsAtOrBelow(DomainName other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (DomainName? name = this; name is not null; name = name.Parent)
            if (name._wire.Length <= other._wire.Length) return name.Equals(other);
        return false;
    }

    /// <summary>The name in lower case, as it is looked up.</summary>
    public DomainName ToLower()
    {
        byte[] lower = new byte[_wire.Length];
        Fold(_wire, lower);
        return new DomainName(lower);
    }

    /// <summary>Writes a name in lower case. Lengths are under 64 and letters over it, so every byte may be asked alike.</summary>
    /// <param name="wire">A whole name.</param>
    /// <param name="lower">Output; as long.</param>
    public static void Fold(ReadOnlySpan<byte> wire, Span<byte> lower)
    {
        for (int i = 0; i < wire.Length; i++)
        {
            byte b = wire[i];
            lower[i] = (byte)((uint)(b - 'A') <= 'Z' - 'A' ? b | 0x20 : b);
        }
    }

    /// <inheritdoc/>
    public bool Equals(DomainName? other) => other is not null && ToLower()._wire.AsSpan().SequenceEqual(other.ToLower()._wire);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DomainName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(ToLower()._wire);
        return hash.ToHashCode();
    }

    /// <summary>The name as text, whole, with a dot at its end; other bytes as <c>\DDD</c>.</summary>
    public override string ToString()
    {
        if (_wire[0] == 0) return ".";
        var text = new StringBuilder();
        for (int at = 0; _wire[at] != 0; at += _wire[at] + 1)
        {
            foreach (byte b in _wire.AsSpan(at + 1, _wire[at]))
            {
                if (b is (byte)'.' or (byte)'\\') text.Append('\\').Append((char)b);
                else if (b is > 0x20 and < 0x7F) text.Append((char)b);
                else text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\{b:D3}");
            }
            text.Append('.');
        }
        return text.ToString();
    }

    private static string? Append(string text, DomainName origin, out DomainName? name)
    {
        name = null;
        bool whole = text.EndsWith('.');
        string[] labels = (whole ? text[..^1] : text).Split('.');
        var wire = new List<byte>();
        for (int i = 0; i < labels.Length; i++)
        {
            string label = labels[i];
            if (label.Length is 0 or > MaxLabel) return "must have labels of 1 to 63 characters between its dots";
            if (!(i == 0 && label == "*") && label.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
                return "may have letters, digits, hyphens and underscores between its dots, and * as its first label";
            wire.Add((byte)label.Length);
            wire.AddRange(Encoding.ASCII.GetBytes(label));
        }
        wire.AddRange(whole ? Root._wire : origin._wire);
        if (wire.Count > MaxLength) return "is longer than a domain name may be, 255 bytes";
        name = new DomainName([.. wire]);
        return null;
    }
}
