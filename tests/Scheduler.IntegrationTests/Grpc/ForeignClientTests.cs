using System.Text.RegularExpressions;
using Scheduler.IntegrationTests.Deploy;

namespace Scheduler.IntegrationTests.Grpc;

/// <summary>The real server as clients see it that nobody here wrote: grpc-js and grpcio call every method. What each checks is in Clients/.</summary>
public sealed partial class ForeignClientTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [CheckoutFact]
    public async Task Grpcio_finds_every_method_as_it_should_be()
    {
        await using ServerProcess server = await StartAsync();
        await PassesAsync("/usr/bin/python3", [Client("client.py"), AddressOf(server)], least: 16);
        Assert.DoesNotMatch("(fail|crit): ", server.Output);
    }

    [ForeignClientFact]
    public async Task Grpc_js_finds_every_method_as_it_should_be()
    {
        await using ServerProcess server = await StartAsync();
        await PassesAsync("node", [Client("client.cjs"), AddressOf(server), Checkout.PathOf("src/Scheduler.Protocol/Protos")], least: 12);
        Assert.DoesNotMatch("(fail|crit): ", server.Output);
    }

    [ForeignClientFact]
    public async Task A_stream_of_grpc_js_ends_as_unavailable_when_the_server_stops()
    {
        await using ServerProcess server = await StartAsync();
        Task<(int Code, string Output, string Errors)> client = RunAsync("node", [Client("client.cjs"), AddressOf(server), Checkout.PathOf("src/Scheduler.Protocol/Protos"), "wait"]);
        await Deadline.UntilAsync(
            async () => await server.MetricAsync("""scheduler_grpc_calls_under_way{service="scheduler.v1.EdgeReports",method="Report"}""") == "1", "streaming", seconds: 20);
        Assert.Equal(0, await server.StopAsync());
        string output = (await client).Output;
        Assert.Contains("ended UNAVAILABLE", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Off_is_off_and_a_second_server_does_not_fight_for_a_port()
    {
        await using ServerProcess first = await ServerProcess.StartAsync(Folder("a"), "--demo");
        await using ServerProcess second = await ServerProcess.StartAsync(Folder("b"), "--demo");
        Assert.NotEqual(AddressOf(first), AddressOf(second));
        await using ServerProcess without = await ServerProcess.StartAsync(Folder("c"), "--demo", "--Scheduler:Grpc:Url=off");
        Assert.DoesNotContain("gRPC on", without.Output, StringComparison.Ordinal);
    }

    private async Task<ServerProcess> StartAsync()
    {
        ServerProcess server = await ServerProcess.StartAsync(_scratch.Root, "--demo", "--Scheduler:Overload:TargetMs=0"); // a machine that is busy with tests is not overloaded by calls
        try
        {
            await Deadline.UntilAsync(async () => (await server.CallAsync("GET", "/healthz/ready")).Status == 200, "ready", seconds: 60);
            await Deadline.UntilAsync(() => Task.FromResult(GrpcAddress().IsMatch(server.Output)), "told where gRPC is");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private string Folder(string name) => Directory.CreateDirectory(_scratch.File(name)).FullName;

    private static string AddressOf(ServerProcess server) => GrpcAddress().Match(server.Output).Groups["address"].Value;

    private static string Client(string name) => Checkout.PathOf("tests/Scheduler.IntegrationTests/Grpc/Clients/" + name);

    private static async Task PassesAsync(string program, string[] arguments, int least)
    {
        (int code, string output, string errors) = await RunAsync(program, arguments);
        Assert.True(code == 0, $"{output}\n{errors}");
        Assert.True(int.Parse(Passed().Match(output).Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture) >= least, output);
    }

    private static Task<(int Code, string Output, string Errors)> RunAsync(string program, string[] arguments) => Tool.RunAsync(Path.IsPathRooted(program) ? program : Tool.OnPath(program)!, arguments);

    [GeneratedRegex(@"gRPC on http://(?<address>\S+)")]
    private static partial Regex GrpcAddress();

    [GeneratedRegex(@"^(?<count>\d+) passed, 0 failed", RegexOptions.Multiline)]
    private static partial Regex Passed();
}
