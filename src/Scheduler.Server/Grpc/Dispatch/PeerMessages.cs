using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Google.Protobuf;
using Scheduler.Protocol.Grpc.Messages;
using Scheduler.Protocol.V1.Messages;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Server.Peers.Channel;

namespace Scheduler.Server.Grpc.Dispatch;

/// <summary>Turns what the owner of a session answered, which replicas tell each other in JSON, into the messages of gRPC.</summary>
internal static class PeerMessages
{
    /// <summary>Sends an answer on.</summary>
    /// <typeparam name="T">Its form in JSON.</typeparam>
    /// <param name="context">The call.</param>
    /// <param name="answer">What the owner answered.</param>
    /// <param name="type">Reads the form.</param>
    /// <param name="convert">Makes the message of it.</param>
    public static void Send<T>(HttpContext context, PeerAnswer answer, JsonTypeInfo<T> type, Func<T, IMessage> convert)
        where T : class
    {
        if (answer.Status < StatusCodes.Status300MultipleChoices && Read(answer.Body, type) is { } read) GrpcReply.Message(context, convert(read));
        else Refuse(context, answer);
    }

    /// <summary>Sends the problem on that the owner answered with.</summary>
    public static void Refuse(HttpContext context, PeerAnswer answer)
    {
        if (answer.RetryAfter is not null) context.Response.Headers.RetryAfter = answer.RetryAfter;
        ProblemMessage? problem = Read(answer.Body, V1Json.Default.ProblemMessage);
        ProblemKind kind = Enum.GetValues<ProblemKind>().Where(candidate => ProblemType.Of(candidate).Uri == problem?.Type).Cast<ProblemKind?>().FirstOrDefault() ?? ProblemKind.InternalError;
        GrpcReply.Problem(context, kind, problem?.Detail, problem?.Errors?.ToArray() ?? []);
    }

    /// <summary>The message of an answer to a failover.</summary>
    public static Assignment Response(SessionAnswerMessage answer)
    {
        var message = new Assignment
        {
            Session = answer.Session,
            Token = answer.Token,
            HeartbeatS = (uint)answer.HeartbeatS,
            ExpiresAtUnixS = answer.ExpiresAt.ToUnixTimeSeconds(),
            Stream = answer.Stream,
            Cell = answer.Cell,
            Revision = answer.Revision,
            SteeringUrl = answer.SteeringUrl ?? "",
            Decision = Enum.TryParse(answer.Decision, ignoreCase: true, out Decision decision) ? decision : Decision.Unspecified,
        };
        message.Candidates.AddRange(answer.Candidates.Select(Of));
        return message;
    }

    /// <summary>The message of an answer to a beat.</summary>
    public static HeartbeatResponse Response(HeartbeatAnswerMessage answer)
    {
        var message = new HeartbeatResponse
        {
            Action = answer.Candidates is null ? HeartbeatAction.Stay : HeartbeatAction.Move,
            Token = answer.Token,
            HeartbeatS = (uint)answer.HeartbeatS,
        };
        message.Candidates.AddRange((answer.Candidates ?? []).Select(Of));
        return message;
    }

    private static Candidate Of(CandidateMessage candidate) => new()
    {
        Node = candidate.Node,
        Site = candidate.Site,
        Idc = candidate.Idc,
        Host = candidate.Host,
        Url = candidate.Url ?? "",
        Ticket = candidate.Ticket ?? "",
        RttMs = (float)candidate.RttMs,
    };

    private static T? Read<T>(byte[] json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return json.Length == 0 ? null : JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null; // a peer of another version: what it says is not understood
        }
    }
}
