using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.V1.Json;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>Writes the array of candidates that several answers have.</summary>
internal static class CandidateList
{
    /// <summary>More than what a candidate takes beside its node's part: punctuation, member names, rank, round trip, ticket.</summary>
    private const int MaxOwnLength = 96 + Ticket.Length;

    /// <summary>Most bytes that the array takes.</summary>
    public static int MaxLength(ReadOnlySpan<CandidateAnswer> candidates, int streamLength)
    {
        int length = 32;
        foreach (ref readonly CandidateAnswer candidate in candidates)
            length += MaxOwnLength + candidate.Fragment.MaxLength(streamLength);
        return length;
    }

    /// <summary>Writes candidates with a ticket each, the first of which tells when its place was taken.</summary>
    public static void Write(
        ref WireOutput output,
        ReadOnlySpan<CandidateAnswer> candidates,
        ReadOnlySpan<byte> stream,
        in SessionClaims claims,
        uint ticketsExpireAtUnixS,
        TokenKeyRing keys,
        byte? admittedIn)
    {
        output.Raw("\"candidates\":["u8);
        for (int i = 0; i < candidates.Length; i++)
        {
            CandidateFragment fragment = candidates[i].Fragment;
            Open(ref output, i, fragment, stream, claims.Protocol, claims.Kind);
            TicketClaims ticket = new(
                claims.Session, fragment.NodeNumber, claims.Stream, claims.BitRateKbps, claims.Replica, claims.Kind, ticketsExpireAtUnixS)
            {
                AdmittedIn = i == 0 ? admittedIn : null,
            };
            output.Raw(",\"ticket\":\""u8);
            output.Advance(Ticket.Write(ticket, keys.SiteKey(fragment.SiteNumber), output.Free));
            output.Raw("\",\"rtt_ms\":"u8);
            Close(ref output, candidates[i].RttMs);
        }
        output.Raw("]"u8);
    }

    /// <summary>Writes candidates that nobody may use: without tickets.</summary>
    public static void Write(
        ref WireOutput output,
        ReadOnlySpan<CandidateAnswer> candidates,
        ReadOnlySpan<byte> stream,
        StreamProtocols protocol,
        SessionKind kind)
    {
        output.Raw("\"candidates\":["u8);
        for (int i = 0; i < candidates.Length; i++)
        {
            Open(ref output, i, candidates[i].Fragment, stream, protocol, kind);
            output.Raw(",\"rtt_ms\":"u8);
            Close(ref output, candidates[i].RttMs);
        }
        output.Raw("]"u8);
    }

    private static void Open(
        ref WireOutput output, int index, CandidateFragment fragment, ReadOnlySpan<byte> stream, StreamProtocols protocol, SessionKind kind)
    {
        output.Raw(index == 0 ? "{\"rank\":"u8 : ",{\"rank\":"u8);
        output.Integer(index + 1);
        output.Raw(","u8);
        output.Raw(fragment.Head);
        if (fragment.Url(protocol, kind) is not { } pieces) return;
        output.Raw(",\"url\":\""u8);
        output.Raw(pieces[0]);
        for (int i = 1; i < pieces.Length; i++)
        {
            output.Raw(stream); // its characters stand for themselves in JSON and in URLs
            output.Raw(pieces[i]);
        }
        output.Raw("\""u8);
    }

    private static void Close(ref WireOutput output, float rttMs)
    {
        output.OneDecimal(rttMs);
        output.Raw("}"u8);
    }
}
