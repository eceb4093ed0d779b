using Scheduler.Core.Sessions;
using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Protocol.Grpc.Sessions;

/// <summary>Writes the candidates that several answers have.</summary>
internal static class CandidateMessages
{
    /// <summary>More than what a candidate takes beside its node's part: heads of fields, ticket, round trip.</summary>
    private const int MaxOwnLength = (4 * ProtobufOutput.MaxHead) + Ticket.Length;

    /// <summary>Most bytes that they take.</summary>
    public static int MaxLength(ReadOnlySpan<CandidateAnswer> candidates, int streamLength)
    {
        int length = 0;
        foreach (ref readonly CandidateAnswer candidate in candidates)
            length += MaxOwnLength + candidate.Fragment.MessageHead.Length + candidate.Fragment.MaxLength(streamLength);
        return length;
    }

    /// <summary>Writes candidates with a ticket each.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="field">Number of the field in the message that has them.</param>
    /// <param name="candidates">Best first.</param>
    /// <param name="stream">Name of the stream.</param>
    /// <param name="claims">The session.</param>
    /// <param name="ticketsExpireAtUnixS">First second at which the tickets no longer open anything, Unix s.</param>
    /// <param name="keys">The keys of the tickets.</param>
    /// <param name="admittedIn">When the first one's place was taken, as in <see cref="SessionAnswer.AdmittedIn"/>.</param>
    public static void Write(
        ref ProtobufOutput output, int field, ReadOnlySpan<CandidateAnswer> candidates, ReadOnlySpan<byte> stream, in SessionClaims claims, uint ticketsExpireAtUnixS,
        TokenKeyRing keys, byte? admittedIn)
    {
        for (int i = 0; i < candidates.Length; i++)
        {
            ref readonly CandidateAnswer candidate = ref candidates[i];
            CandidateFragment fragment = candidate.Fragment;
            int at = output.Open(field);
            output.Raw(fragment.MessageHead);
            if (fragment.Url(claims.Protocol, claims.Kind) is { } pieces) WriteUrl(ref output, pieces, stream);
            var ticket = new TicketClaims(claims.Session, fragment.NodeNumber, claims.Stream, claims.BitRateKbps, claims.Replica, claims.Kind, ticketsExpireAtUnixS)
            {
                AdmittedIn = i == 0 ? admittedIn : null,
            };
            output.Head(6, Ticket.Length);
            output.Advance(Ticket.Write(ticket, keys.SiteKey(fragment.SiteNumber), output.Free));
            output.Float(7, candidate.RttMs);
            output.Close(at);
        }
    }

    /// <summary>The pieces are ready for JSON: where they have a quotation mark or a backslash, each has a backslash before it.</summary>
    private static void WriteUrl(ref ProtobufOutput output, byte[][] pieces, ReadOnlySpan<byte> stream)
    {
        int at = output.Open(5);
        for (int i = 0; i < pieces.Length; i++)
        {
            if (i > 0) output.Raw(stream);
            ReadOnlySpan<byte> rest = pieces[i];
            for (int escape = rest.IndexOf((byte)'\\'); escape >= 0; escape = rest.IndexOf((byte)'\\'))
            {
                output.Raw(rest[..escape]);
                output.Raw(rest.Slice(escape + 1, 1));
                rest = rest[(escape + 2)..];
            }
            output.Raw(rest);
        }
        output.Close(at);
    }
}
