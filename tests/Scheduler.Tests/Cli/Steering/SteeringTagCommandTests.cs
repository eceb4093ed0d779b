using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace Scheduler.Tests.Cli.Steering;

public sealed class SteeringTagCommandTests
{
    [Fact]
    public async Task A_tag_and_an_element_point_at_the_scheduler()
    {
        var cli = new CliRun();
        Assert.Equal(0, await cli.RunAsync("steering", "tag", "--stream", "live-42", "--pathways", "ams,fra", "--player-key", "pk_1", "--public-url", "https://steer.example/", "--json"));
        JsonElement json = JsonDocument.Parse(cli.Out).RootElement;
        Assert.Equal(
            "#EXT-X-CONTENT-STEERING:SERVER-URI=\"https://steer.example/v1/steering/hls/live-42?pathways=ams,fra&k=pk_1\",PATHWAY-ID=\"ams\"", json.GetProperty("hls").GetString());
        XElement dash = XElement.Parse(json.GetProperty("dash").GetString()!);
        Assert.Equal("https://steer.example/v1/steering/dash/live-42?pathways=ams,fra&k=pk_1", dash.Value);
        Assert.Equal(("ContentSteering", "ams fra", "true"), (dash.Name.LocalName, dash.Attribute("defaultServiceLocation")!.Value, dash.Attribute("queryBeforeStart")!.Value));
        Assert.False(cli.Server.HasMore);
    }

    [Fact]
    public async Task Without_pathways_two_sites_that_serve_the_caller_are_named()
    {
        var cli = new CliRun();
        cli.Server.Answers(HttpStatusCode.OK, """{"stream":"s","cell":"c","revision":1,"decision":"placed","candidates":[{"rank":1,"node":"a-1","site":"a","idc":"i","host":"h","rtt_ms":1},{"rank":2,"node":"a-2","site":"a","idc":"i","host":"h","rtt_ms":1},{"rank":3,"node":"b-1","site":"b","idc":"i","host":"h","rtt_ms":1},{"rank":4,"node":"c-1","site":"c","idc":"i","host":"h","rtt_ms":1}]}""");
        Assert.Equal(0, await cli.RunAsync("steering", "tag", "--stream", "s", "--url", "http://127.0.0.1:8080"));
        Assert.Equal("/v1/dispatch?stream=s&want=8", (await cli.Server.NextAsync()).Path);
        Assert.Contains("SERVER-URI=\"http://127.0.0.1:8080/v1/steering/hls/s?pathways=a,b\",PATHWAY-ID=\"a\"", cli.Out, StringComparison.Ordinal);
        Assert.Contains("serviceLocation=\"a\" or \"b\"", cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--stream", "a b")]
    [InlineData("--stream", "s", "--pathways", "a,,b")]
    [InlineData("--stream", "s", "--pathways", "a\"b")]
    [InlineData("--stream", "s", "--public-url", "steer.example")]
    public async Task What_cannot_stand_in_a_playlist_is_a_mistake_on_the_command_line(params string[] arguments)
    {
        var cli = new CliRun();
        Assert.Equal(2, await cli.RunAsync(["steering", "tag", .. arguments]));
        Assert.False(cli.Server.HasMore);
    }
}
