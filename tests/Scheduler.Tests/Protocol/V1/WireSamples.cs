using System.Collections.Immutable;
using System.Text;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;
using Scheduler.Tests.Core.Sessions;

namespace Scheduler.Tests.Protocol.V1;

/// <summary>Answers and fragments that several tests share.</summary>
internal static class WireSamples
{
    public const uint Now = 1_760_000_000;

    public static readonly TokenKeyRing Ring = Keys.One();

    public static readonly ImmutableSortedDictionary<StreamProtocols, string> Urls =
        ImmutableSortedDictionary<StreamProtocols, string>.Empty
            .Add(StreamProtocols.Hls, "https://{host}/live/{stream}/index.m3u8")
            .Add(StreamProtocols.Flv, "https://{host}/live/{stream}.flv?s={stream}")
            .Add(StreamProtocols.Rtmp, "rtmp://{host}/live");

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    public static CandidateFragment Fragment(string id, string site, int number, int siteNumber, StreamProtocols protocols) => new(
        new Node(id, site, BitRate.FromGbps(40), NodeRoles.Edge, protocols, id + ".edge.example:8443", null, null, ImmutableSortedDictionary<string, string>.Empty),
        number, siteNumber, "ams", Urls);

    public static CandidateAnswer[] Candidates() =>
    [
        new(Fragment("lon1-03", "lon1", 56, 7, StreamProtocols.Hls | StreamProtocols.Flv | StreamProtocols.Rtmp), 8.06f),
        new(Fragment("lon1-04", "lon1", 57, 7, StreamProtocols.Hls | StreamProtocols.Flv), 8.0f),
        new(Fragment("par2-01", "par2", 91, 9, StreamProtocols.Hls), 17.949f),
    ];

    public static SessionClaims Claims(
        ReadOnlySpan<byte> stream, SessionKind kind = SessionKind.Play, StreamProtocols protocol = StreamProtocols.Hls) => new(
        0x0123456789ABCDEF, 0xFEDCBA9876543210, 1234, 56, StreamName.Hash(stream), 4000, 3, kind, protocol, Now + 75);

    /// <summary>Fields at fault, in order.</summary>
    public static string[] Fields(WireProblems problems) => [.. problems.All.ToArray().Select(problem => problem.Field)];

    /// <summary>Problems as text, in order, for messages and comparisons.</summary>
    public static string Show(WireProblems problems) =>
        string.Join("; ", problems.All.ToArray().Select(problem => $"{problem.Field}: {problem.Reason}"));
}
