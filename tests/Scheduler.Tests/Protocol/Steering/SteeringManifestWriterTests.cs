using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Sessions;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Steering;
using Scheduler.Tests.Protocol.V1;

namespace Scheduler.Tests.Protocol.Steering;

public sealed class SteeringManifestWriterTests
{
    private static readonly NodePathway London = new("lon1-03", "lon1", "lon1-03.edge.example");
    private static readonly NodePathway Paris = new("par2-01", "par2", "par2-01.edge.example");

    [Fact]
    public void A_manifest_is_written_as_the_standard_has_it()
    {
        string manifest = Write(30, Uri() with { Declared = new PathwayList("fra,lon1"u8) }, (ref SteeringManifestWriter writer) =>
        {
            writer.AddClone(London, ofOwnSite: true);
            writer.AddClone(Paris, ofOwnSite: false);
            Assert.True(writer.Add("lon1"u8));
        });
        Assert.Equal(
            """
            {"VERSION":1,"TTL":30,"RELOAD-URI":"https://steer.example/v1/steering/hls/live-42?pathways=fra,lon1","PATHWAY-PRIORITY":["lon1-03.d42d75f0","par2-01.41dc35b5","lon1"],
            "PATHWAY-CLONES":[{"BASE-ID":"lon1","ID":"lon1-03.d42d75f0","URI-REPLACEMENT":{"HOST":"lon1-03.edge.example","PARAMS":{}}},
            {"BASE-ID":"fra","ID":"par2-01.41dc35b5","URI-REPLACEMENT":{"HOST":"par2-01.edge.example","PARAMS":{}}}]}
            """.ReplaceLineEndings(""), manifest);
    }

    [Fact]
    public void Without_clones_there_is_no_list_of_them()
    {
        string manifest = Write(5, Uri(), (ref SteeringManifestWriter writer) => writer.Add("a"u8));
        Assert.Equal("""{"VERSION":1,"TTL":5,"RELOAD-URI":"https://steer.example/v1/steering/hls/live-42","PATHWAY-PRIORITY":["a"]}""", manifest);
    }

    [Fact]
    public void Where_the_authority_is_not_known_there_is_no_address() =>
        Assert.DoesNotContain("RELOAD-URI", Write(5, Uri() with { Base = default }, (ref SteeringManifestWriter writer) => writer.Add("a"u8)), StringComparison.Ordinal);

    [Fact]
    public void A_token_goes_into_the_address_and_only_in_characters_that_no_player_rewrites()
    {
        string manifest = Write(5, Uri() with { Claims = WireSamples.Claims("live-42"u8), Key = "pk_1"u8 }, (ref SteeringManifestWriter writer) => writer.Add("a"u8));
        string uri = JsonDocument.Parse(manifest).RootElement.GetProperty("RELOAD-URI").GetString()!;
        Assert.Matches("^https://steer\\.example/v1/steering/hls/live-42\\?st=[A-Za-z0-9._-]+&k=pk_1$", uri);
        Assert.True(SteeringRequest.TryParse(Encoding.UTF8.GetBytes(uri), out SteeringRequest request));
        Assert.Equal(TokenVerdict.Valid, SessionToken.Read(request.Token, WireSamples.Ring, WireSamples.Now, out SessionClaims claims));
        Assert.Equal(WireSamples.Claims("live-42"u8), claims);
        Assert.True(uri.Length < 2_048);
    }

    [Fact]
    public void A_time_of_nothing_is_a_bug_of_the_caller() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Write(0, Uri(), (ref SteeringManifestWriter writer) => writer.Add("a"u8)));

    [Fact]
    public void No_pathway_is_named_twice_and_every_manifest_can_be_read() => Prop.ForAll(
        Gen.Choose(0, 11).ListOf(20).ToArbitrary(), picks =>
        {
            NodePathway[] nodes = [.. Enumerable.Range(0, 6).Select(i => new NodePathway($"n{i}", $"s{i % 3}", $"n{i}.example"))];
            string manifest = Write(30, Uri() with { Declared = new PathwayList("s0,s1,s2,s3,s4,s5"u8) }, (ref SteeringManifestWriter writer) =>
            {
                foreach (int pick in picks)
                {
                    if (pick < 6) writer.AddClone(nodes[pick], ofOwnSite: pick % 2 == 0);
                    else writer.Add(Encoding.UTF8.GetBytes($"s{pick - 6}"));
                }
            }, nodes);
            JsonElement json = JsonDocument.Parse(manifest).RootElement;
            string[] named = [.. json.GetProperty("PATHWAY-PRIORITY").EnumerateArray().Select(id => id.GetString()!)];
            Assert.Equal(named.Distinct(), named);
            string[] clones = json.TryGetProperty("PATHWAY-CLONES", out JsonElement list) ? [.. list.EnumerateArray().Select(clone => clone.GetProperty("ID").GetString()!)] : [];
            Assert.Equal(clones, named.Where(id => id.Contains('.')));
            Assert.Equal(picks.Distinct().Count(), named.Length);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void To_write_a_manifest_allocates_nothing()
    {
        NodePathway[] nodes = [London, Paris];
        byte[] room = new byte[4_096];
        SessionClaims claims = WireSamples.Claims("live-42"u8);
        Assert.Equal(0, Allocated.Bytes(() =>
        {
            SteeringUri uri = Uri() with { Claims = claims };
            var writer = new SteeringManifestWriter(room, 30, in uri, WireSamples.Ring);
            foreach (NodePathway node in nodes) writer.AddClone(node, ofOwnSite: true);
            writer.Add("lon1"u8);
            writer.End("lon1"u8);
        }));
    }

    private delegate void Naming(ref SteeringManifestWriter writer);

    private static SteeringUri Uri() => new() { Base = "https://steer.example"u8, Protocol = StreamProtocols.Hls, Stream = "live-42"u8 };

    private static string Write(int ttlS, SteeringUri uri, Naming name, NodePathway[]? nodes = null)
    {
        Span<byte> room = new byte[SteeringManifestWriter.MaxLength(in uri, uri.Declared, nodes ?? [London, Paris])];
        var writer = new SteeringManifestWriter(room, ttlS, in uri, WireSamples.Ring);
        name(ref writer);
        return Encoding.UTF8.GetString(room[..writer.End(uri.Declared.First)]);
    }
}
