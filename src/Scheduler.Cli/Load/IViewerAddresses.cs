namespace Scheduler.Cli.Load;

/// <summary>Where simulated viewers sit: addresses as real viewers have them, as often as people live there.</summary>
internal interface IViewerAddresses
{
    /// <summary>Bytes of the longest text: an IPv6 address in full.</summary>
    const int LongestText = 45;

    /// <summary>What it draws from, for people.</summary>
    string Source { get; }

    /// <summary>Draws one viewer's address.</summary>
    /// <param name="random">Chance.</param>
    /// <param name="utf8">Where its text goes; at least <see cref="LongestText"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    int Draw(Random random, Span<byte> utf8);
}
