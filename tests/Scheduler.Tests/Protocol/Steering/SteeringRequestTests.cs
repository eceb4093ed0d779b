using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Steering;

namespace Scheduler.Tests.Protocol.Steering;

/// <summary>Each way in which a player is known to write its parameters.</summary>
public sealed class SteeringRequestTests
{
    private const string Path = "https://steer.example/v1/steering/hls/live-42";

    [Fact]
    public void An_address_is_taken_apart()
    {
        SteeringRequest request = Read("https://steer.example:8443/v1/steering/dash/a~b.c?st=AbC-_.9&k=pk_1&pathways=ams,fra&client_ip=81.2.69.142");
        Assert.Equal("https://steer.example:8443", Text(request.Base));
        Assert.Equal(StreamProtocols.Dash, request.Protocol);
        Assert.Equal("a~b.c", Text(request.Stream));
        Assert.Equal("AbC-_.9", Text(request.Token));
        Assert.Equal("pk_1", Text(request.Key));
        Assert.Equal(["ams", "fra"], Ids(request.Declared));
        Assert.Equal("81.2.69.142", Text(request.ClientIp));
        Assert.Null(request.ThroughputBps);
    }

    [Theory]
    [InlineData("https://x/v1/steering/hls/")]
    [InlineData("https://x/v1/steering/hls")]
    [InlineData("https://x/v1/steering/smooth/live-42")]
    [InlineData("https://x/v1/steering/hls/live-42/more")]
    [InlineData("https://x/v1/steering/hls/live%2042")]
    [InlineData("https://x/v1/dispatch?stream=/v1/steering")]
    public void Another_path_is_none(string url) => Assert.False(SteeringRequest.TryParse(Encoding.UTF8.GetBytes(url), out _));

    [Theory]
    [InlineData("_HLS_pathway=ams", "ams")] // hls.js, Shaka, VHS
    [InlineData("_HLS_pathway=\"ams\"", "ams")] // the standard
    [InlineData("_HLS_pathway=%22ams%22", "ams")]
    [InlineData("_hls_PATHWAY=ams", "ams")]
    [InlineData("_DASH_pathway=%22ams%2cfra%22", "ams", "fra")] // dash.js: all that it used, the present one last
    [InlineData("_DASH_pathway=%22ams,fra%22", "ams", "fra")]
    [InlineData("_HLS_pathway=old&_HLS_pathway=new", "new")] // appended to an address that has it already
    [InlineData("_HLS_pathway=.", ".")] // the pathway of variants without one
    [InlineData("_HLS_pathway=")]
    [InlineData("_HLS_pathway")]
    [InlineData("_HLS_pathway=%3Cb%3E")]
    [InlineData("_HLS_pathway=\"")]
    public void A_pathway_is_read_however_it_is_written(string query, params string[] ids) => Assert.Equal(ids, Ids(Read($"{Path}?{query}").Used));

    [Theory]
    [InlineData("_HLS_throughput=5140000", 5_140_000L)]
    [InlineData("_hls_throughput=\"5140000\"", 5_140_000L)]
    [InlineData("_DASH_throughput=%225140000,3000000%22", 3_000_000L)]
    [InlineData("_DASH_throughput=%22,3000000%22", 3_000_000L)]
    [InlineData("_HLS_throughput=5140000.75", 5_140_000L)]
    [InlineData("_HLS_throughput=99999999999999", 10_000_000_000L)]
    [InlineData("_HLS_throughput=-1294967296", null)] // 3 Gbit/s through 32 bits
    [InlineData("_HLS_throughput=4000", null)] // a player that speaks in kbit/s
    [InlineData("_HLS_throughput=NaN", null)]
    [InlineData("_HLS_throughput=Infinity", null)]
    [InlineData("_HLS_throughput=999999999999999999999999", null)]
    [InlineData("_HLS_throughput=", null)]
    public void A_throughput_is_believed_within_bounds(string query, long? bps) => Assert.Equal(bps, Read($"{Path}?{query}").ThroughputBps);

    [Fact]
    public void No_more_ids_are_read_than_a_manifest_can_name()
    {
        string many = string.Join(',', Enumerable.Range(0, 100).Select(i => $"p{i}"));
        Assert.Equal(PathwayList.MaxIds, Ids(Read($"{Path}?pathways={many}").Declared).Length);
        Assert.Empty(Ids(Read($"{Path}?pathways={new string('a', PathwayList.MaxIdLength + 1)}").Declared));
    }

    [Fact]
    public void A_key_of_other_characters_is_none() => Assert.True(Read($"{Path}?k=a%22b").Key.IsEmpty);

    [Fact]
    public void Whatever_a_query_has_is_read_without_a_fault() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            byte[] url = [.. Encoding.UTF8.GetBytes(Path + "?pathways="), .. bytes, .. "&_HLS_pathway="u8, .. bytes, .. "&_HLS_throughput="u8, .. bytes];
            Assert.True(SteeringRequest.TryParse(url, out SteeringRequest request));
            foreach (ReadOnlySpan<byte> id in request.Declared) Assert.True(PathwayList.IsId(id));
            foreach (ReadOnlySpan<byte> id in request.Used) Assert.True(PathwayList.IsId(id));
            Assert.True(request.ThroughputBps is null or (>= 10_000 and <= 10_000_000_000));
        }).QuickCheckThrowOnFailure();

    private static SteeringRequest Read(string url)
    {
        Assert.True(SteeringRequest.TryParse(Encoding.UTF8.GetBytes(url), out SteeringRequest request), url);
        return request;
    }

    private static string[] Ids(PathwayList list)
    {
        var ids = new List<string>();
        foreach (ReadOnlySpan<byte> id in list) ids.Add(Text(id));
        return [.. ids];
    }

    private static string Text(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
