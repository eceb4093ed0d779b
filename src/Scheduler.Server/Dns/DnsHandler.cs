using Scheduler.Protocol.Dns;

namespace Scheduler.Server.Dns;

/// <summary>What stands between a socket and the responder: limits and counts. For one thread, or without a limit for any.</summary>
internal sealed class DnsHandler(DnsDesk desk, DnsResponder responder, DnsCounters counters, int responsesPerS)
{
    private readonly ResponseRateLimiter _limiter = new(responsesPerS);

    /// <summary>What the answers of the next moment rest on; null while none are given.</summary>
    public DnsMoment? Moment(bool isOpen) => isOpen ? desk.Now() : null;

    /// <summary>Answers one message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="moment">What the answer rests on; null while none are given.</param>
    /// <param name="nowMs">Now, monotonic ms.</param>
    /// <param name="output">Takes the answer.</param>
    /// <returns>Bytes of the answer; 0 when nothing goes out.</returns>
    public int Handle(ReadOnlySpan<byte> message, in DnsAsker asker, in DnsMoment? moment, long nowMs, Span<byte> output)
    {
        if (moment is not { } now)
        {
            counters.Count(DnsFate.NotReady);
            return 0;
        }
        int length = responder.Answer(message, in asker, in now, output, out DnsOutcome outcome);
        if (length == 0)
        {
            counters.Count(DnsFate.Dropped);
            return 0;
        }
        if (!asker.IsStream)
        {
            switch (_limiter.Judge(asker.Address, in outcome, nowMs))
            {
                case RateVerdict.Drop:
                    counters.Count(DnsFate.Limited);
                    return 0;
                case RateVerdict.Truncate:
                    counters.Count(DnsFate.Slipped);
                    return DnsResponder.Truncate(output[..length]);
            }
        }
        counters.Count(in outcome);
        return length;
    }
}
