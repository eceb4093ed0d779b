using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;

namespace Scheduler.Cli.Load;

/// <summary>
/// Viewers from a table of large access networks: a country by its Internet users, then an address in one of its prefixes. For when no geo data is
/// at hand; it knows the countries that hold some four fifths of all users, IPv4, and one prefix or two a country.
/// </summary>
internal sealed class CountryAddresses : IViewerAddresses
{
    private readonly double[] _cumulative;

    /// <summary>The table.</summary>
    public CountryAddresses()
    {
        _cumulative = new double[CountryPrefixes.All.Length];
        double sum = 0;
        for (int i = 0; i < _cumulative.Length; i++) _cumulative[i] = sum += CountryPrefixes.All[i].MillionUsers;
    }

    /// <inheritdoc/>
    public string Source => $"a table of {CountryPrefixes.All.Length} countries";

    /// <inheritdoc/>
    public int Draw(Random random, Span<byte> utf8)
    {
        int found = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        CountryPrefixes country = CountryPrefixes.All[Math.Min(found < 0 ? ~found : found, _cumulative.Length - 1)];
        IPNetwork prefix = country.Prefixes[random.Next(country.Prefixes.Length)];
        Span<byte> bytes = stackalloc byte[4];
        prefix.BaseAddress.TryWriteBytes(bytes, out _);
        uint address = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        address |= (uint)random.NextInt64(1L << (32 - prefix.PrefixLength));
        BinaryPrimitives.WriteUInt32BigEndian(bytes, address);
        int length = 0;
        for (int i = 0; i < 4; i++)
        {
            if (i > 0) utf8[length++] = (byte)'.';
            Utf8Formatter.TryFormat(bytes[i], utf8[length..], out int written);
            length += written;
        }
        return length;
    }
}
