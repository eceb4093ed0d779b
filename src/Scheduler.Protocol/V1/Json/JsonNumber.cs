namespace Scheduler.Protocol.V1.Json;

/// <summary>A JSON number: exact when it is an integer of 64 bits, else the nearest double (infinite beyond its range).</summary>
internal readonly struct JsonNumber
{
    private readonly long _integer;
    private readonly double _real;
    private readonly bool _isInteger;

    /// <summary>An exact integer.</summary>
    public JsonNumber(long value)
    {
        _integer = value;
        _isInteger = true;
    }

    /// <summary>Any other number.</summary>
    public JsonNumber(double value) => _real = value;

    /// <summary>The number as a double.</summary>
    public double Real => _isInteger ? _integer : _real;

    /// <summary>Rounds to the nearest integer, halves away from zero.</summary>
    /// <param name="value">The integer.</param>
    /// <returns>False when it does not fit into 64 bits.</returns>
    public bool TryRound(out long value)
    {
        if (_isInteger)
        {
            value = _integer;
            return true;
        }
        double rounded = Math.Round(_real, MidpointRounding.AwayFromZero);
        bool fits = rounded is >= -9.2233720368547758e18 and < 9.2233720368547758e18;
        value = fits ? (long)rounded : 0;
        return fits;
    }
}
