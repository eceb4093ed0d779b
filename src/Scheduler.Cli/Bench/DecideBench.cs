using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Topology;

namespace Scheduler.Cli.Bench;

/// <summary><c>decide</c>: address in, nodes out, all of it but HTTP and token.</summary>
internal sealed class DecideBench : IBench
{
    private const int Requests = 1 << 16;

    /// <inheritdoc/>
    public string Name => "decide";

    /// <inheritdoc/>
    public IEnumerable<BenchResult> Run()
    {
        var world = new BenchWorld(seed: 1);
        RoutingSnapshot snapshot = world.Snapshot;
        var random = new Random(2);
        uint[] addresses = world.Addresses(Requests, seed: 3);
        ulong[] streams = [.. Enumerable.Range(0, Requests).Select(_ => world.Streams[random.Next(world.Streams.Length)])];
        int epoch = world.Epoch;
        yield return Measurement.Of("decide", Requests, () =>
        {
            long sum = 0;
            for (int i = 0; i < addresses.Length; i++)
            {
                snapshot.Streams.Fetch(streams[i]);
                Located located = snapshot.Locator.Locate(IpKey.FromV4(addresses[i]));
                // One kbit/s a session: the rounds together must not fill the fleet, or the way of the overload would be measured.
                var request = new DispatchRequest
                {
                    Cell = located.Cell, Row = located.Cell, Stream = streams[i], Kbps = 1, Role = NodeRoles.Edge,
                    Protocols = StreamProtocols.Hls, WarmEpoch = epoch, Want = 3,
                };
                Dispatcher.Decide(snapshot, in request, out Decision decision);
                if (decision.Count < 3) throw new InvalidOperationException($"a decision named {decision.Count} nodes");
                sum += decision[0].Node;
            }
            return sum;
        });
    }
}
