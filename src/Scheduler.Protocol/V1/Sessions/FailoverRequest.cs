using Scheduler.Protocol.V1.Json;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Protocol.V1.Sessions;

/// <summary>The body of <c>POST /v1/sessions/failover</c>, over the bytes that came.</summary>
public readonly ref struct FailoverRequest
{
    /// <summary>Longest reason, characters.</summary>
    public const int MaxReasonLength = 64;

    /// <summary>The session's token, not verified yet.</summary>
    public ReadOnlySpan<byte> Token { get; internal init; }

    /// <summary>Id of the node that failed the player; well formed, perhaps not of the fleet.</summary>
    public ReadOnlySpan<byte> Failed { get; internal init; }

    /// <summary>Id of the spare candidate that the player plays from since; empty when he waits for the answer.</summary>
    public ReadOnlySpan<byte> Playing { get; internal init; }

    /// <summary>What happened, in the player's words: UTF-8, 1 to 64 characters, no control characters.</summary>
    public ReadOnlySpan<byte> Reason { get; internal init; }

    /// <summary>Reads a body, by the rules of <see cref="SessionRequest.TryParse"/>.</summary>
    /// <param name="utf8">The body; the request points into it.</param>
    /// <param name="request">The request, when there is no problem.</param>
    /// <param name="problems">Everything wrong with it.</param>
    /// <returns>True when there is no problem.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out FailoverRequest request, out WireProblems problems)
    {
        WireReader reader = new(utf8);
        request = reader.EnterMessage() ? ReadMembers(ref reader) : default;
        bool ok = reader.End();
        problems = reader.Problems;
        return ok;
    }

    private static FailoverRequest ReadMembers(scoped ref WireReader reader)
    {
        const uint TokenBit = 1, FailedBit = 2, ReasonBit = 4, PlayingBit = 8;
        SeenMembers seen = default;
        ReadOnlySpan<byte> token = default, failed = default, reason = default, playing = default;
        while (reader.Json.NextMember(out ReadOnlySpan<byte> name))
        {
            switch (name.Length)
            {
                case 5 when name.SequenceEqual("token"u8):
                    if (reader.Take(ref seen, TokenBit, "token")) reader.ReadString("token", SessionRequest.MaxTokenLength, out token);
                    break;
                case 6 when name.SequenceEqual("failed"u8):
                    if (reader.Take(ref seen, FailedBit, "failed")) reader.ReadNodeId("failed", out failed);
                    break;
                case 6 when name.SequenceEqual("reason"u8):
                    if (reader.Take(ref seen, ReasonBit, "reason")) reader.ReadText("reason", MaxReasonLength, out reason);
                    break;
                case 7 when name.SequenceEqual("playing"u8):
                    if (reader.Take(ref seen, PlayingBit, "playing")) reader.ReadNodeId("playing", out playing);
                    break;
                default:
                    reader.Json.Skip();
                    break;
            }
        }
        reader.Require(seen, TokenBit, "token");
        reader.Require(seen, FailedBit, "failed");
        reader.Require(seen, ReasonBit, "reason");
        return new FailoverRequest { Token = token, Failed = failed, Reason = reason, Playing = playing };
    }
}
