using System.Globalization;
using Scheduler.Core.Units;

namespace Scheduler.Protocol.Documents;

/// <summary>Bit rates as people write them: <c>40G</c>, <c>400M</c>, <c>1.5T</c>, <c>64 kbit/s</c>, or a plain number of bits per second.</summary>
public static class BitRateText
{
    /// <summary>Highest rate that is read, bit/s; far over any limit of a fleet, far under overflow.</summary>
    private const decimal Highest = 1e18m;

    private static readonly (char Suffix, long Unit)[] Units = [('T', 1_000_000_000_000), ('G', 1_000_000_000), ('M', 1_000_000), ('k', 1_000)];

    /// <summary>What a bit rate must look like, as a reason.</summary>
    internal const string Reason = "must be a bit rate of at least 0: a number of bit/s, or a text such as 400M, 40G or 1.5T";

    /// <summary>Reads a bit rate.</summary>
    /// <param name="text">
    /// A decimal number of at least 0, then k, M, G or T (powers of 1,000) if wanted, then <c>bit/s</c> or <c>bps</c> if wanted; blanks
    /// between them.
    /// </param>
    /// <param name="rate">The rate, rounded to the nearest bit per second; zero when the text is none.</param>
    /// <returns>True when the text is a bit rate of at most 10^18 bit/s.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out BitRate rate)
    {
        rate = BitRate.Zero;
        text = text.Trim();
        if (text.EndsWith("bit/s", StringComparison.Ordinal)) text = text[..^5].TrimEnd();
        else if (text.EndsWith("bps", StringComparison.Ordinal)) text = text[..^3].TrimEnd();
        decimal unit = text.IsEmpty ? 1 : text[^1] switch { 'k' or 'K' => 1e3m, 'M' => 1e6m, 'G' => 1e9m, 'T' => 1e12m, _ => 1 };
        if (unit != 1) text = text[..^1].TrimEnd();

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out decimal number)) return false;
        if (number < 0 || number > Highest / unit) return false;
        rate = new BitRate((long)Math.Round(number * unit));
        return true;
    }

    /// <summary>The rate in the largest unit that needs at most three decimals, exactly: <c>40G</c>, <c>1.5T</c>, else <c>1234567</c>.</summary>
    /// <param name="rate">The rate.</param>
    public static string Format(BitRate rate)
    {
        foreach ((char suffix, long unit) in Units)
        {
            if (rate.BitsPerSecond < unit || rate.BitsPerSecond % (unit / 1_000) != 0) continue;
            return string.Create(CultureInfo.InvariantCulture, $"{(decimal)rate.BitsPerSecond / unit:0.###}{suffix}");
        }
        return rate.BitsPerSecond.ToString(CultureInfo.InvariantCulture);
    }
}
