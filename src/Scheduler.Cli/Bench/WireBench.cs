using System.Collections.Immutable;
using System.Text;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Cli.Bench;

/// <summary>
/// What a request costs on the wire's side: each method does one operation so many times in a row, for a stopwatch around it. A wrong
/// answer throws, so that nothing is measured that does not work.
/// </summary>
internal sealed class WireBench
{
    private const uint Now = 1_760_000_000;

    private readonly TokenKeyRing _keys = new([new MasterKey(1, [.. Enumerable.Range(0, MasterKey.SecretLength).Select(i => (byte)i)])], 1);
    private readonly byte[] _stream = "live-42"u8.ToArray();
    private readonly byte[] _cell = "GB-51n-000e-5089"u8.ToArray();
    private readonly byte[] _token = new byte[SessionToken.MaxLength];
    private readonly byte[] _output = new byte[8192];
    private readonly CandidateAnswer[] _candidates;
    private readonly byte[] _session;
    private readonly byte[] _heartbeat;
    private readonly int _tokenLength;

    public WireBench()
    {
        _tokenLength = SessionToken.Write(Claims(1), _stream, _keys, _token);
        _candidates = [Candidate("lon1", 1, 8.1f), Candidate("lon1", 2, 8.1f), Candidate("ams2", 3, 14.2f)];
        _session = """{"stream":"live-42","client_ip":"203.0.113.77","protocol":"hls"}"""u8.ToArray();
        _heartbeat = Encoding.UTF8.GetBytes(
            $$"""{"token":"{{Encoding.UTF8.GetString(_token, 0, _tokenLength)}}","rtt_ms":23.5,"throughput_bps":8200000,"stall_ms":0}""");
    }

    /// <summary>One session token and three tickets.</summary>
    public void WriteTokenAndTickets(int times)
    {
        for (int i = 0; i < times; i++)
        {
            SessionClaims claims = Claims((ulong)i);
            SessionToken.Write(claims, _stream, _keys, _output);
            foreach (ref readonly CandidateAnswer candidate in _candidates.AsSpan())
            {
                TicketClaims ticket = new(
                    claims.Session, candidate.Fragment.NodeNumber, claims.Stream, claims.BitRateKbps, 1, claims.Kind, Now);
                Ticket.Write(ticket, _keys.SiteKey(candidate.Fragment.SiteNumber), _output);
            }
        }
    }

    /// <summary>One session token, name of the stream included.</summary>
    public void ReadToken(int times)
    {
        Span<byte> name = stackalloc byte[StreamName.MaxLength];
        for (int i = 0; i < times; i++)
            Demand(SessionToken.Read(_token.AsSpan(0, _tokenLength), _keys, Now, name, out _, out _) == TokenVerdict.Valid);
    }

    /// <summary>A request as players send it.</summary>
    public void ReadSession(int times)
    {
        for (int i = 0; i < times; i++) Demand(SessionRequest.TryParse(_session, out _, out _));
    }

    /// <summary>An answer with three candidates, token and tickets made.</summary>
    public void WriteAnswer(int times)
    {
        for (int i = 0; i < times; i++)
        {
            SessionAnswer answer = Answer((ulong)i);
            Demand(SessionAnswerWriter.MaxLength(answer, _candidates) <= _output.Length);
            SessionAnswerWriter.Write(_output, answer, _candidates, _keys);
        }
    }

    /// <summary>A request read and its answer written: all of a session that is not the decision and not HTTP.</summary>
    public void WholeSession(int times)
    {
        for (int i = 0; i < times; i++)
        {
            Demand(SessionRequest.TryParse(_session, out _, out _));
            SessionAnswerWriter.Write(_output, Answer((ulong)i), _candidates, _keys);
        }
    }

    /// <summary>A beat read, its token verified and renewed, its answer written.</summary>
    public void WholeHeartbeat(int times)
    {
        Span<byte> name = stackalloc byte[StreamName.MaxLength];
        for (int i = 0; i < times; i++)
        {
            Demand(HeartbeatRequest.TryParse(_heartbeat, out HeartbeatRequest beat, out _));
            Demand(SessionToken.Read(beat.Token, _keys, Now, name, out SessionClaims claims, out int length) == TokenVerdict.Valid);
            HeartbeatAnswer answer = new() { Claims = claims, Stream = name[..length], HeartbeatS = 30 };
            HeartbeatAnswerWriter.WriteStay(_output, answer, _keys);
        }
    }

    private SessionAnswer Answer(ulong session) => new()
    {
        Claims = Claims(session),
        TicketsExpireAtUnixS = Now + 86_400,
        Stream = _stream,
        Cell = _cell,
        HeartbeatS = 30,
        Revision = 17,
        Decision = WireDecision.Placed,
    };

    private SessionClaims Claims(ulong session) => new(
        session, session ^ 0xABCD, 1234, 1, StreamName.Hash(_stream), 4_000, 1, SessionKind.Play, StreamProtocols.Hls, Now + 75);

    private static CandidateAnswer Candidate(string site, int number, float rttMs)
    {
        string id = $"{site}-{number:00}";
        Node node = new(
            id, site, BitRate.FromGbps(40), NodeRoles.Edge, StreamProtocols.Hls | StreamProtocols.Flv, id + ".edge.example", null, null,
            ImmutableSortedDictionary<string, string>.Empty);
        ImmutableSortedDictionary<StreamProtocols, string> urls = ImmutableSortedDictionary<StreamProtocols, string>.Empty
            .Add(StreamProtocols.Hls, "https://{host}/live/{stream}/index.m3u8")
            .Add(StreamProtocols.Flv, "https://{host}/live/{stream}.flv");
        return new CandidateAnswer(new CandidateFragment(node, number, site == "lon1" ? 1 : 2, "ams", urls), rttMs);
    }

    private static void Demand(bool condition)
    {
        if (!condition) throw new InvalidOperationException("A measured operation went wrong.");
    }
}
