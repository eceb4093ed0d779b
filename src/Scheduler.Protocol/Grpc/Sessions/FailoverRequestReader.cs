using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Sessions;

namespace Scheduler.Protocol.Grpc.Sessions;

/// <summary>Reads <c>scheduler.v1.FailoverRequest</c>.</summary>
public static class FailoverRequestReader
{
    /// <inheritdoc cref="AssignRequestReader.TryRead"/>
    public static bool TryRead(ReadOnlySpan<byte> message, out FailoverRequest request, out WireProblems problems)
    {
        var reader = new ProtobufReader(message);
        MessageFields fields = default;
        ReadOnlySpan<byte> token = default, failed = default, reason = default, playing = default;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.Is(WireType.Bytes): token = reader.Text(); break;
                case 2 when reader.Is(WireType.Bytes): failed = reader.Text(); break;
                case 3 when reader.Is(WireType.Bytes): reason = reader.Text(); break;
                case 4 when reader.Is(WireType.Bytes): playing = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }
        if (token.IsEmpty) fields.Require(false, "token");
        else fields.Token("token", token);
        if (failed.IsEmpty) fields.Require(false, "failed");
        else fields.Node("failed", failed);
        if (reason.IsEmpty) fields.Require(false, "reason");
        else fields.Text("reason", reason, FailoverRequest.MaxReasonLength);
        if (!playing.IsEmpty) fields.Node("playing", playing);
        bool isGood = fields.End(in reader);
        problems = fields.Problems;
        request = isGood ? new FailoverRequest { Token = token, Failed = failed, Reason = reason, Playing = playing } : default;
        return isGood;
    }
}
