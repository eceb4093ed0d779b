using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Protocol.Grpc.Sessions;

/// <summary>Reads <c>scheduler.v1.ReleaseRequest</c>.</summary>
public static class ReleaseRequestReader
{
    /// <summary>Reads a message.</summary>
    /// <param name="message">The message; the token points into it.</param>
    /// <param name="token">The session's token, not verified yet.</param>
    /// <param name="problems">Everything wrong with it.</param>
    /// <returns>True when there is no problem.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> token, out WireProblems problems)
    {
        var reader = new ProtobufReader(message);
        MessageFields fields = default;
        token = default;
        while (reader.Next())
        {
            if (reader.Field == 1 && reader.Is(WireType.Bytes)) token = reader.Text();
            else reader.Skip();
        }
        if (token.IsEmpty) fields.Require(false, "token");
        else fields.Token("token", token);
        bool isGood = fields.End(in reader);
        problems = fields.Problems;
        return isGood;
    }
}
