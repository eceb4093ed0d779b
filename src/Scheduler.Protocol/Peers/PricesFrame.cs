namespace Scheduler.Protocol.Peers;

/// <summary>Payload of <see cref="FrameType.Prices"/>: what the plan of the leader asks for load, site by site; a site that is not named asks nothing.</summary>
public static class PricesFrame
{
    private const int BytesEach = 1 + sizeof(float);

    /// <summary>Most sites of one frame.</summary>
    public const int MostSites = 16_384;

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="fence">The leader's fence; at least 0.</param>
    /// <param name="ageMs">Time since the plan was last found to hold, ms; at least 0.</param>
    /// <param name="prices">Prices by site; at most <see cref="MostSites"/>.</param>
    public static void Write(PayloadWriter output, long fence, long ageMs, ReadOnlySpan<NumberedPrice> prices)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prices.Length, MostSites);
        output.Whole(fence);
        output.Whole(ageMs);
        output.Whole(prices.Length);
        foreach (NumberedPrice price in prices)
        {
            output.Whole(price.Site);
            output.Single(price.AskedMs);
        }
    }

    /// <summary>Reads it.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, out long fence, out long ageMs, out NumberedPrice[] prices)
    {
        var input = new PayloadReader(payload);
        fence = input.Whole();
        ageMs = input.Whole();
        prices = new NumberedPrice[input.Count(BytesEach, MostSites)];
        foreach (ref NumberedPrice price in prices.AsSpan()) price = new NumberedPrice((int)input.Whole(int.MaxValue), input.Single(0, float.MaxValue));
        return input.IsDone;
    }
}
