namespace Scheduler.Protocol.Peers;

/// <summary>A list of <see cref="NumberedAmount"/> in a payload: its length, then number and amount of each, the number as the difference to the one before.</summary>
internal static class AmountList
{
    private const int FewestBytes = 2;

    /// <summary>Most bytes that one entry takes.</summary>
    public const int MostBytes = 20;

    /// <summary>Appends a list.</summary>
    public static void Append(PayloadWriter output, ReadOnlySpan<NumberedAmount> amounts)
    {
        output.Whole(amounts.Length);
        int before = 0;
        foreach (NumberedAmount amount in amounts)
        {
            output.Signed((long)amount.Number - before);
            output.Whole(amount.Kbps);
            before = amount.Number;
        }
    }

    /// <summary>Reads a list; what is not one makes the reader fail.</summary>
    public static NumberedAmount[] Read(scoped ref PayloadReader input)
    {
        var amounts = new NumberedAmount[input.Count(FewestBytes)];
        long number = 0;
        bool isIn = true;
        foreach (ref NumberedAmount amount in amounts.AsSpan())
        {
            number = unchecked(number + input.Signed());
            isIn &= number is >= 0 and <= int.MaxValue;
            amount = new NumberedAmount(isIn ? (int)number : 0, input.Whole());
        }
        if (!isIn) input.Refuse();
        return amounts;
    }
}
