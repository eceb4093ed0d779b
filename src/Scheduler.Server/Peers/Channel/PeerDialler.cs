using System.IO.Pipelines;
using System.Net;
using Scheduler.Protocol.Peers;
using Scheduler.State;
using Scheduler.State.Peers;

namespace Scheduler.Server.Peers.Channel;

/// <summary>The speaking side of the peer channel: keeps a connection open to each peer, and tells it what there is to tell.</summary>
internal sealed partial class PeerDialler(
    Handshake handshake, PeerBook book, PeerLinks links, PeerTransport transport, IEnumerable<IPeerTopic> topics, SchedulerClock clock, PeerCounters counters,
    ILogger<PeerDialler> log)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(PeerRules.BatchMs);

    private readonly IPeerTopic[] _topics = [.. topics];

    /// <summary>Keeps a connection to a peer until it has left or its number has come to rest.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="stopping">The end of the process.</param>
    public async Task KeepAsync(byte number, CancellationToken stopping)
    {
        TimeSpan pause = FirstPause;
        while (book.Roll.Find(number) is { State: not PeerState.Left } peer)
        {
            bool talked = await TryTalkAsync(peer, stopping);
            if (stopping.IsCancellationRequested) return;
            pause = talked ? FirstPause : TimeSpan.FromMilliseconds(Math.Min(LongestPause.TotalMilliseconds, 2 * pause.TotalMilliseconds));
            // Replicas that lost each other at once must not come back at once.
            await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), clock.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested) return;
        }
    }

    private async Task<bool> TryTalkAsync(Peer peer, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var body = new DuplexBody();
        try
        {
            return await TalkAsync(peer, body, ending);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or HttpRequestException or InvalidOperationException or UriFormatException)
        {
            return false;
        }
        finally
        {
            body.End();
            await ending.CancelAsync();
        }
    }

    /// <returns>True when the connection came about.</returns>
    private async Task<bool> TalkAsync(Peer peer, DuplexBody body, CancellationTokenSource ending)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        patience.CancelAfter(Handshake.Patience);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(peer.Member.Draft.Address), PeerListener.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        Task<HttpResponseMessage> sending = transport.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending.Token);
        if (await Task.WhenAny(body.Opened, sending).WaitAsync(patience.Token) == sending) await sending;
        PipeWriter output = PipeWriter.Create(await body.Opened.WaitAsync(patience.Token), new StreamPipeWriterOptions(leaveOpen: true));
        PipeReader? input = null;
        ChannelKeys? keys = await handshake.CallAsync(output, async () => input = await AnsweredAsync(sending, patience.Token), patience.Token);
        FrameFault? fault = keys is null ? FrameFault.Handshake : keys.Peer.Number != peer.Id.Number || keys.Peer.Start < peer.Id.Start ? FrameFault.Stale : null;
        if (fault is { } cause)
        {
            counters.Refuse(cause);
            Refused(peer.Id, peer.Member.Draft.Address, cause);
            return false;
        }
        await TalkAsync(new PeerLink(keys!.Peer, clock), keys, input!, output, ending);
        return true;
    }

    private async Task TalkAsync(PeerLink link, ChannelKeys keys, PipeReader input, PipeWriter output, CancellationTokenSource ending)
    {
        using var reader = new FrameReader(input, keys.Incoming, counters);
        using var writer = new FrameWriter(output, keys.Outgoing, clock, counters);
        IPeerTelling[] tellings = [.. _topics.Select(topic => topic.Begin(link.Peer))];
        links.Add(link);
        try
        {
            using ITimer timer = clock.Time.CreateTimer(_ => link.Queue.TryBatch(), null, TimeSpan.Zero, Batch);
            Task speaking = link.Queue.RunAsync(writer, output => AppendBatch(output, link, tellings), ending.Token);
            Task hearing = HearAsync(reader, link, ending.Token);
            await Task.WhenAny(speaking, hearing);
            await ending.CancelAsync();
            await Task.WhenAll(speaking, hearing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            links.Remove(link);
            foreach (IPeerTelling telling in tellings) telling.Dispose();
        }
    }

    private void AppendBatch(FrameWriter output, PeerLink link, IPeerTelling[] tellings)
    {
        long before = output.Unflushed;
        foreach (IPeerTelling telling in tellings) telling.Append(output);
        if (output.Unflushed == before) output.Append(FrameType.Ping, []);
        link.Calls.Expire(clock.NowMs);
    }

    private async Task HearAsync(FrameReader reader, PeerLink link, CancellationToken cancellation)
    {
        while (await reader.NextAsync(cancellation))
        {
            if (reader.Header.Type != FrameType.Answer) continue;
            if (AnswerFrame.TryRead(reader.Payload.Span, out AnswerFrame answer)) link.Calls.Complete(in answer);
            else counters.Refuse(FrameFault.Malformed);
        }
        if (reader.Fault is not { } fault) return;
        counters.Refuse(fault);
        Refused(link.Peer, "its answers", fault);
    }

    private static async Task<PipeReader> AnsweredAsync(Task<HttpResponseMessage> sending, CancellationToken cancellation)
    {
        HttpResponseMessage response = await sending.WaitAsync(cancellation);
        response.EnsureSuccessStatusCode();
        return PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellation));
    }

    [LoggerMessage(EventId = 206, Level = LogLevel.Warning, Message = "Peer {Peer} at {Address} is not spoken to: {Fault}")]
    private partial void Refused(ReplicaStart peer, string address, FrameFault fault);
}
