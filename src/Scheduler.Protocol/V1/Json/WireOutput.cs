using System.Buffers.Text;
using System.Globalization;

namespace Scheduler.Protocol.V1.Json;

/// <summary>
/// Fills a span with pieces of JSON. The caller has made sure of the space: a piece that does not fit is its bug, and throws.
/// </summary>
/// <param name="destination">Where to.</param>
internal ref struct WireOutput(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;
    private int _written;

    /// <summary>Bytes written so far.</summary>
    public readonly int Written => _written;

    /// <summary>The space that is left, for those who write themselves and then <see cref="Advance"/>.</summary>
    public readonly Span<byte> Free => _destination[_written..];

    /// <summary>What was written from a place on.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => _destination[start.._written];

    /// <summary>Counts what was written into <see cref="Free"/>.</summary>
    public void Advance(int length) => _written += length;

    /// <summary>Copies bytes as they are.</summary>
    public void Raw(scoped ReadOnlySpan<byte> json)
    {
        json.CopyTo(_destination[_written..]);
        _written += json.Length;
    }

    /// <summary>Writes an integer.</summary>
    public void Integer(long value)
    {
        if (!Utf8Formatter.TryFormat(value, Free, out int length)) throw TooSmall();
        _written += length;
    }

    /// <summary>Writes a number with one decimal; what is no number or out of [0, 999999] becomes the nearest bound.</summary>
    public void OneDecimal(float value)
    {
        long tenths = (long)((Math.Clamp(float.IsNaN(value) ? 0 : value, 0, 999_999) * 10) + 0.5f);
        Integer(tenths / 10);
        Raw([(byte)'.', (byte)('0' + (tenths % 10))]);
    }

    /// <summary>Writes a moment as RFC 3339 in UTC, to the second.</summary>
    public void Moment(uint unixS)
    {
        DateTime moment = DateTime.UnixEpoch.AddSeconds(unixS);
        if (!moment.TryFormat(Free, out int length, "s", CultureInfo.InvariantCulture)) throw TooSmall();
        _written += length;
        Raw("Z"u8);
    }

    private static ArgumentException TooSmall() => new("The space is too small.");
}
