using Google.Protobuf;
using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.Grpc.Messages.Health;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Server.Http;
using static Scheduler.Protocol.Grpc.Messages.Health.HealthCheckResponse.Types;

namespace Scheduler.Server.Grpc.Health;

/// <summary><c>grpc.health.v1.Health/Check</c>: what <c>/healthz/ready</c> says, for the server as a whole and for each of its services.</summary>
internal sealed class HealthCheck(HealthFeed feed, GrpcLane lane)
{
    /// <summary>Answers one call; the <see cref="MessageHandler"/> of the method.</summary>
    public Task AnswerMessage(HttpContext context, ReadOnlySpan<byte> message)
    {
        if (!TryRead(message, out HealthCheckRequest request))
            Reply.Problem(context, ProblemKind.InvalidRequest, ProblemStatus.WholeMessage, "is not a HealthCheckRequest");
        else if (!Knows(request.Service))
            GrpcReply.Status(context, new GrpcStatus(GrpcStatusCode.NotFound, $"there is no service {request.Service}"));
        else
            GrpcReply.Message(context, new HealthCheckResponse { Status = Status });
        return Task.CompletedTask;
    }

    /// <summary>The state of whatever is known.</summary>
    public ServingStatus Status => feed.Serves ? ServingStatus.Serving : ServingStatus.NotServing;

    /// <summary>True for the server as a whole, and for a service of it.</summary>
    public bool Knows(string service) => service.Length == 0 || lane.Services.Contains(service);

    /// <summary>Reads a message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out HealthCheckRequest request)
    {
        request = new HealthCheckRequest();
        try
        {
            request.MergeFrom(message);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }
}
