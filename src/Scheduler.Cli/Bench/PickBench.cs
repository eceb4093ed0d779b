using Scheduler.Core.Dispatch;
using Scheduler.Core.Routing;

namespace Scheduler.Cli.Bench;

/// <summary><c>pick</c>: sixteen scored candidates to a site, escrow taken. What is known of the stream was looked up before; <c>decide</c> does that too.</summary>
internal sealed class PickBench : IBench
{
    private const int Requests = 1 << 14;

    /// <inheritdoc/>
    public string Name => "pick";

    /// <inheritdoc/>
    public IEnumerable<BenchResult> Run()
    {
        var world = new BenchWorld(seed: 1);
        RoutingSnapshot snapshot = world.Snapshot;
        var random = new Random(2);
        int[] rows = [.. Enumerable.Range(0, Requests).Select(_ => random.Next(world.Map.Cells.Length))];
        ulong stream = world.Streams[0];
        int epoch = world.Epoch;
        yield return Measurement.Of("pick", Requests, () =>
        {
            long sum = 0;
            Span<float> scores = stackalloc float[CandidateTable.RowLength];
            StreamEntry known = snapshot.Streams.Find(stream, epoch);
            foreach (int row in rows)
            {
                SiteRanking ranking = Dispatcher.RankRow(snapshot, row, known, scores);
                if (ranking.TryTakeBest(out int site, out _) && snapshot.Load.TryTake(snapshot.NodesOf(site)[0].Node, site, 1)) sum += site;
            }
            return sum;
        });
    }
}
