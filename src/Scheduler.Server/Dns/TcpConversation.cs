using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Scheduler.Core.Geo;
using Scheduler.Protocol.Dns;
using Scheduler.State;

namespace Scheduler.Server.Dns;

/// <summary>One TCP connection of a resolver: messages after their lengths (RFC 1035 section 4.2.2), read as they come and answered in their order.</summary>
internal sealed class TcpConversation : IDisposable
{
    private const int Prefix = 2;
    private const int UsualRead = 2_048;

    private readonly Socket _socket;
    private readonly DnsHandler _handler;
    private readonly Func<bool> _isOpen;
    private readonly TimeSpan _idle;
    private readonly SchedulerClock _clock;
    private readonly DnsAsker _asker;
    private byte[] _input = ArrayPool<byte>.Shared.Rent(UsualRead);
    private int _length;
    private long _activeAtMs;

    /// <summary>Takes a connection over.</summary>
    public TcpConversation(Socket socket, DnsHandler handler, Func<bool> isOpen, TimeSpan idle, SchedulerClock clock)
    {
        (_socket, _handler, _isOpen, _idle, _clock) = (socket, handler, isOpen, idle, clock);
        _socket.NoDelay = true;
        _asker = new DnsAsker(IpKey.From(((IPEndPoint)socket.RemoteEndPoint!).Address), IsStream: true);
        _activeAtMs = clock.NowMs;
    }

    /// <summary>When the last whole question came, monotonic ms.</summary>
    public long ActiveAtMs => Volatile.Read(ref _activeAtMs);

    /// <summary>Answers until the asker closes, is idle, or sends a question in pieces for longer than it may be idle.</summary>
    /// <param name="stop">The end of the process.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        byte[] output = ArrayPool<byte>.Shared.Rent(Prefix + DnsRules.MostTcpLength);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            while (true)
            {
                limit.CancelAfter(_idle);
                if (!await ReadMessageAsync(limit.Token)) return;
                Volatile.Write(ref _activeAtMs, _clock.NowMs);
                int message = Prefix + BinaryPrimitives.ReadUInt16BigEndian(_input);
                int answer = Answer(_input.AsSpan(Prefix, message - Prefix), output);
                _input.AsSpan(message, _length - message).CopyTo(_input);
                _length -= message;
                if (answer > 0) await SendAsync(output.AsMemory(0, answer), limit.Token);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(output);
            ArrayPool<byte>.Shared.Return(_input);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private int Answer(ReadOnlySpan<byte> message, Span<byte> output)
    {
        int length = _handler.Handle(message, in _asker, _handler.Moment(_isOpen()), _clock.NowMs, output[Prefix..]);
        if (length == 0) return 0;
        BinaryPrimitives.WriteUInt16BigEndian(output, (ushort)length);
        return Prefix + length;
    }

    private async ValueTask<bool> ReadMessageAsync(CancellationToken limit)
    {
        while (_length < Prefix || _length < Prefix + BinaryPrimitives.ReadUInt16BigEndian(_input))
        {
            if (_length == _input.Length) Grow();
            int read = await _socket.ReceiveAsync(_input.AsMemory(_length), SocketFlags.None, limit);
            if (read == 0) return false;
            _length += read;
        }
        return true;
    }

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(2 * _input.Length, 2 * (Prefix + DnsRules.MostTcpLength)));
        _input.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_input);
        _input = larger;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> answer, CancellationToken limit)
    {
        while (!answer.IsEmpty) answer = answer[await _socket.SendAsync(answer, SocketFlags.None, limit)..];
    }
}
