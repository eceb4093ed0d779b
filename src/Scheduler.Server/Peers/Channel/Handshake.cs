using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Scheduler.Protocol.Peers;
using Scheduler.State.Peers;

namespace Scheduler.Server.Peers.Channel;

/// <summary>
/// The beginning of a connection: the caller says hello, the called side says hello and proves that it knows the key, the caller proves it too. The keys of the frames
/// come from the same two nonces, so frames of one connection mean nothing on another.
/// </summary>
/// <param name="key">The cluster key.</param>
/// <param name="self">Who we are.</param>
internal sealed class Handshake(ClusterKey key, ReplicaStart self)
{
    /// <summary>Time a handshake may take: until it is over nobody knows who keeps the connection open.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Handshakes as the side that connected.</summary>
    /// <param name="output">To the other side.</param>
    /// <param name="answered">Waits for the other side, which speaks only once it was spoken to.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The other side and the keys; null when it does not know the key, or speaks another version.</returns>
    public async ValueTask<ChannelKeys?> CallAsync(PipeWriter output, Func<Task<PipeReader>> answered, CancellationToken cancellation)
    {
        PeerHello own = Hello();
        await output.WriteAsync(own.ToBytes(), cancellation);
        if (await ReadAsync(await answered(), PeerHello.Length + PeerHello.ProofLength, cancellation) is not { } answer) return null;
        if (!PeerHello.TryRead(answer.AsSpan(0, PeerHello.Length), out PeerHello other)) return null;
        if (!key.Verifies(answer.AsSpan(PeerHello.Length), ChannelRole.CalledProof, in own, in other)) return null;
        await output.WriteAsync(key.Derive(ChannelRole.CallerProof, in own, in other), cancellation);
        return new ChannelKeys(
            IdOf(in other), Outgoing: key.Derive(ChannelRole.CallerFrames, in own, in other), Incoming: key.Derive(ChannelRole.CalledFrames, in own, in other));
    }

    /// <summary>Handshakes as the side that was connected to.</summary>
    /// <returns>The other side and the keys; null when it does not know the key, or speaks another version.</returns>
    public async ValueTask<ChannelKeys?> AnswerAsync(PipeReader input, PipeWriter output, CancellationToken cancellation)
    {
        if (await ReadAsync(input, PeerHello.Length, cancellation) is not { } hello || !PeerHello.TryRead(hello, out PeerHello other)) return null;
        PeerHello own = Hello();
        await output.WriteAsync((byte[])[.. own.ToBytes(), .. key.Derive(ChannelRole.CalledProof, in other, in own)], cancellation);
        if (await ReadAsync(input, PeerHello.ProofLength, cancellation) is not { } proof) return null;
        if (!key.Verifies(proof, ChannelRole.CallerProof, in other, in own)) return null;
        return new ChannelKeys(
            IdOf(in other), Outgoing: key.Derive(ChannelRole.CalledFrames, in other, in own), Incoming: key.Derive(ChannelRole.CallerFrames, in other, in own));
    }

    private PeerHello Hello() => new(self.Number, self.Start, RandomNumberGenerator.GetBytes(PeerHello.NonceLength));

    private static ReplicaStart IdOf(in PeerHello hello) => new(hello.Replica, hello.Start);

    /// <returns>So many bytes; null when the other side ended before.</returns>
    private static async ValueTask<byte[]?> ReadAsync(PipeReader input, int length, CancellationToken cancellation)
    {
        ReadResult read = await input.ReadAtLeastAsync(length, cancellation);
        if (read.Buffer.Length < length)
        {
            input.AdvanceTo(read.Buffer.End);
            return null;
        }
        ReadOnlySequence<byte> taken = read.Buffer.Slice(0, length);
        byte[] bytes = taken.ToArray();
        input.AdvanceTo(taken.End);
        return bytes;
    }
}
