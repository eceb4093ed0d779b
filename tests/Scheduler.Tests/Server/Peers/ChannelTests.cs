using System.IO.Pipelines;
using Scheduler.Protocol.Peers;
using Scheduler.Server.Peers;
using Scheduler.Server.Peers.Channel;
using Scheduler.State;
using Scheduler.State.Peers;

namespace Scheduler.Tests.Server.Peers;

/// <summary>The channel believes nobody who does not know the key, and no frame that is not the next one.</summary>
public sealed class ChannelTests
{
    private const string Secret = "the-key-of-these-tests-0123456789abcdef";
    private static readonly ReplicaStart Caller = new(1, 7), Called = new(2, 9);
    private readonly Pipe _up = new();
    private readonly Pipe _down = new();
    private readonly PeerCounters _counters = new();
    private readonly SchedulerClock _clock = new(new VirtualClock());

    [Fact]
    public async Task Both_sides_learn_who_the_other_is_and_agree_on_the_keys_of_both_directions()
    {
        (ChannelKeys? calling, ChannelKeys? called) = await GreetAsync(Secret, Secret);
        Assert.Equal((Called, Caller), (calling!.Peer, called!.Peer));
        Assert.Equal(calling.Outgoing, called.Incoming);
        Assert.Equal(calling.Incoming, called.Outgoing);
        Assert.NotEqual(calling.Outgoing, calling.Incoming);
    }

    [Fact]
    public async Task No_two_connections_have_the_same_keys()
    {
        byte[] first = (await GreetAsync(Secret, Secret)).Calling!.Outgoing;
        Assert.NotEqual(first, (await new ChannelTests().GreetAsync(Secret, Secret)).Calling!.Outgoing);
    }

    [Fact]
    public async Task Who_has_another_key_is_refused_by_the_caller_before_it_has_proven_anything()
    {
        (ChannelKeys? calling, ChannelKeys? called) = await GreetAsync(Secret, Secret + "!");
        Assert.Null(calling);
        Assert.Null(called);
    }

    [Fact]
    public async Task A_caller_without_the_key_is_refused_by_the_called_side()
    {
        var called = new Handshake(new ClusterKey(Secret), Called);
        Task<ChannelKeys?> answering = called.AnswerAsync(_up.Reader, _down.Writer, default).AsTask();
        await _up.Writer.WriteAsync(new PeerHello(1, 7, new byte[PeerHello.NonceLength]).ToBytes());
        await _down.Reader.ReadAtLeastAsync(PeerHello.Length + PeerHello.ProofLength);
        await _up.Writer.WriteAsync(new byte[PeerHello.ProofLength]);
        Assert.Null(await answering);
    }

    [Fact]
    public async Task What_is_no_hello_is_refused()
    {
        var called = new Handshake(new ClusterKey(Secret), Called);
        await _up.Writer.WriteAsync(new byte[PeerHello.Length]);
        Assert.Null(await called.AnswerAsync(_up.Reader, _down.Writer, default));
    }

    [Fact]
    public async Task Frames_come_as_they_were_sent()
    {
        byte[] frames = await FramesAsync(3);
        using FrameReader reader = await ReaderOf(frames);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(await reader.NextAsync(default));
            Assert.Equal((FrameType.Reports, i), (reader.Header.Type, reader.Header.Sequence));
            Assert.Equal([(byte)i, 2, 3], reader.Payload.ToArray());
        }
        Assert.False(await reader.NextAsync(default));
        Assert.Null(reader.Fault);
    }

    [Fact]
    public async Task A_frame_of_which_any_byte_was_changed_is_not_believed()
    {
        byte[] frame = await FramesAsync(1);
        for (int at = 0; at < frame.Length; at++)
        {
            byte[] changed = [.. frame];
            changed[at] ^= 0x40;
            using FrameReader reader = await ReaderOf(changed);
            Assert.False(await reader.NextAsync(default), $"byte {at}");
            Assert.True(reader.Fault is FrameFault.Forged or FrameFault.TooLong || at < 4, $"byte {at}"); // a longer length waits for what never comes
        }
    }

    [Theory]
    [InlineData(0, 0)] // repeated
    [InlineData(1, 0)] // the first is missing
    [InlineData(0, 2)] // one in between is missing
    public async Task A_frame_that_is_not_the_next_one_is_not_believed(int first, int second)
    {
        byte[] frames = await FramesAsync(3);
        int length = frames.Length / 3;
        using FrameReader reader = await ReaderOf([.. frames.AsSpan(first * length, length), .. frames.AsSpan(second * length, length)]);
        bool isFirst = await reader.NextAsync(default);
        Assert.Equal(first == 0, isFirst);
        if (isFirst) Assert.False(await reader.NextAsync(default));
        Assert.Equal(FrameFault.Forged, reader.Fault);
    }

    [Fact]
    public async Task A_frame_of_another_direction_or_connection_is_not_believed()
    {
        byte[] frames = await FramesAsync(1, key: 2);
        using FrameReader reader = await ReaderOf(frames);
        Assert.False(await reader.NextAsync(default));
        Assert.Equal(FrameFault.Forged, reader.Fault);
    }

    [Fact]
    public void What_a_stalled_connection_delays_is_told_from_clocks_that_drift()
    {
        var meter = new TransitMeter();
        Assert.Equal(0, meter.DelayMs(1_000, 50_000)); // whatever lies between the clocks
        Assert.Equal(0, meter.DelayMs(1_100, 50_100));
        Assert.InRange(meter.DelayMs(1_200, 54_200), 3_999, 4_000);
        Assert.Equal(0, meter.DelayMs(5_300, 54_300));
        // The sender's clock loses a millisecond in ten seconds: after an hour nothing looks delayed.
        long delay = 0;
        for (long ms = 0; ms < 3_600_000; ms += 100) delay = meter.DelayMs(5_300 + ms - (ms / 10_000), 54_300 + ms);
        Assert.InRange(delay, 0, 2);
    }

    [Fact]
    public async Task A_call_that_is_not_answered_in_time_or_whose_connection_ends_waits_no_longer()
    {
        var calls = new PendingCalls();
        Task<PeerAnswer?> late = calls.Add(0, out _), answered = calls.Add(0, out long id), cut = calls.Add(500, out _);
        calls.Complete(new AnswerFrame(id, 200, "application/json", null, [1]));
        Assert.Equal(200, (await answered)!.Status);
        calls.Expire(PendingCalls.BudgetMs);
        Assert.Null(await late);
        Assert.False(cut.IsCompleted);
        calls.Close();
        Assert.Null(await cut);
        Assert.Null(await calls.Add(600, out _));
    }

    [Fact]
    public void A_queue_that_nobody_empties_refuses_and_does_not_grow()
    {
        var queue = new FrameQueue();
        int taken = 0;
        while (queue.TrySend(FrameType.Call, [])) Assert.InRange(++taken, 1, 1 << 16);
        Assert.False(queue.TrySend(FrameType.Call, []));
    }

    private async Task<(ChannelKeys? Calling, ChannelKeys? Called)> GreetAsync(string callers, string calleds)
    {
        Task<ChannelKeys?> answering = AnswerAsync(new Handshake(new ClusterKey(calleds), Called));
        ChannelKeys? calling = await new Handshake(new ClusterKey(callers), Caller).CallAsync(_up.Writer, () => Task.FromResult(_down.Reader), default);
        await _up.Writer.CompleteAsync();
        return (calling, await answering);
    }

    private async Task<ChannelKeys?> AnswerAsync(Handshake handshake) => await handshake.AnswerAsync(_up.Reader, _down.Writer, default);

    private async Task<byte[]> FramesAsync(int count, byte key = 1)
    {
        using var stream = new MemoryStream();
        PipeWriter output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        using var writer = new FrameWriter(output, [key], _clock, _counters);
        for (int i = 0; i < count; i++) writer.Append(FrameType.Reports, [(byte)i, 2, 3]);
        Assert.True(await writer.FlushAsync(default));
        return stream.ToArray();
    }

    private async Task<FrameReader> ReaderOf(byte[] bytes)
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(bytes);
        await pipe.Writer.CompleteAsync();
        return new FrameReader(pipe.Reader, [1], _counters);
    }
}
