using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Endpoints.Reports;
using Scheduler.Server.Grpc.Dispatch;
using Scheduler.Server.Grpc.Health;
using Scheduler.Server.Grpc.Reflection;
using Scheduler.Server.Grpc.Reports;
using Scheduler.Server.Http.Limits;
using Scheduler.State;

namespace Scheduler.Server.Grpc;

/// <summary>Puts gRPC among the services and before the requests.</summary>
internal static class GrpcServices
{
    /// <summary>Adds what it needs; before <see cref="Hosting.Leaving"/> is added (<see cref="GrpcStreams"/>).</summary>
    public static void AddGrpc(this IServiceCollection services)
    {
        services.AddSingleton<GrpcStreams>().AddHostedService(provider => provider.GetRequiredService<GrpcStreams>());
        services.AddSingleton<HealthFeed>().AddHostedService(provider => provider.GetRequiredService<HealthFeed>());
        services.AddSingleton<GrpcLane>().AddSingleton<ReportDesk>().AddSingleton<HealthCheck>().AddSingleton<ServedFiles>();
    }

    /// <summary>Serves every method, behind the same gate as its HTTP counterpart.</summary>
    public static void UseGrpc(this WebApplication app)
    {
        IServiceProvider services = app.Services;
        GrpcLane lane = services.GetRequiredService<GrpcLane>();
        PlayerDesk desk = services.GetRequiredService<PlayerDesk>();
        AdmissionGate gate = services.GetRequiredService<AdmissionGate>();
        TimeProvider time = services.GetRequiredService<SchedulerClock>().Time;
        HealthCheck check = services.GetRequiredService<HealthCheck>();
        ReflectionMethod reflection = ActivatorUtilities.CreateInstance<ReflectionMethod>(services);

        Dispatch("Assign", CallClass.Session, new AssignMethod(desk).AnswerMessage);
        Dispatch("AssignBatch", CallClass.Session, new AssignBatchMethod(desk).AnswerMessage);
        Dispatch("Heartbeat", CallClass.Beat, new HeartbeatMethod(desk).AnswerMessage);
        Dispatch("Failover", CallClass.Beat, new FailoverMethod(desk).AnswerMessage);
        Dispatch("Release", CallClass.Beat, new ReleaseMethod(desk).AnswerMessage);
        lane.Add("/scheduler.v1.EdgeReports/Report", ActivatorUtilities.CreateInstance<ReportStream>(services).InvokeAsync);
        lane.Add("/grpc.health.v1.Health/Check", new UnaryMethod(check.AnswerMessage, time).InvokeAsync);
        lane.Add("/grpc.health.v1.Health/Watch", ActivatorUtilities.CreateInstance<HealthWatch>(services).InvokeAsync);
        lane.Add("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", reflection.InvokeAsync);
        lane.Add("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", reflection.InvokeAsync);
        app.Use(lane.Before);

        void Dispatch(string method, CallClass call, MessageHandler handler) =>
            lane.Add("/scheduler.v1.Dispatch/" + method, gate.Guard(call, new UnaryMethod(handler, time).InvokeAsync));
    }
}
