namespace Scheduler.Cli.Bench;

/// <summary><c>bench token</c>: what a session costs in cryptography and in bytes on the wire.</summary>
internal sealed class TokenBench : IBench
{
    private const int OperationsPerCall = 256;

    /// <inheritdoc/>
    public string Name => "token";

    /// <inheritdoc/>
    public IEnumerable<BenchResult> Run()
    {
        var wire = new WireBench();
        yield return Of("token", wire.WriteTokenAndTickets);
        yield return Of("token-read", wire.ReadToken);
        yield return Of("session-read", wire.ReadSession);
        yield return Of("session-write", wire.WriteAnswer);
        yield return Of("session-wire", wire.WholeSession);
        yield return Of("heartbeat-wire", wire.WholeHeartbeat);
    }

    private static BenchResult Of(string name, Action<int> work) => Measurement.Of(name, OperationsPerCall, () =>
    {
        work(OperationsPerCall);
        return 0;
    });
}
