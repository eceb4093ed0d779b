using Scheduler.Protocol.Grpc;
using Scheduler.Server.Grpc;

namespace Scheduler.Server.Telemetry;

/// <summary>The metrics of gRPC.</summary>
internal sealed class GrpcMetrics(GrpcLane lane)
{
    /// <summary>Writes them.</summary>
    /// <param name="family">Begins a metric: name, type, help.</param>
    /// <param name="sample">Adds a value: name, labels, value.</param>
    public void Write(Action<string, string, string> family, Action<string, string?, double> sample)
    {
        family("scheduler_grpc_calls_total", "counter", "Calls of gRPC that have ended, by service, method and code; cancelled ones are those whose caller had gone");
        foreach (GrpcMethod method in lane.Methods)
        {
            foreach (GrpcStatusCode code in Enum.GetValues<GrpcStatusCode>())
                if (method.Ended(code) is > 0 and var ended) sample("scheduler_grpc_calls_total", $"{Labels(method)},code=\"{MetricsText.Name(code)}\"", ended);
        }
        family("scheduler_grpc_calls_under_way", "gauge", "Calls of gRPC that were not answered at once and last now: streams, mostly, by service and method");
        foreach (GrpcMethod method in lane.Methods) sample("scheduler_grpc_calls_under_way", Labels(method), method.UnderWay);
    }

    private static string Labels(GrpcMethod method) => $"service=\"{method.Service}\",method=\"{method.Name}\"";
}
