using System.Buffers;
using System.Collections.Immutable;
using Scheduler.Core.Capacity;
using Scheduler.Protocol.V1.Messages;

namespace Scheduler.Client.Reports;

/// <summary>Reports as calls of <c>POST /v1/reports</c>. One batch at a time.</summary>
public sealed class HttpReportTransport : IReportTransport
{
    private readonly SchedulerCalls _calls;
    private readonly ArrayBufferWriter<byte> _body = new(64 * 1024);

    /// <summary>A transport to one scheduler, or to whichever of several a <see cref="FailoverHandler"/> finds.</summary>
    /// <param name="http">Carries the calls; its <see cref="HttpClient.BaseAddress"/> is the scheduler. Stays the caller's to dispose.</param>
    /// <param name="time">Clock of back-off and timeouts.</param>
    /// <param name="options">Key, retry and chance; null for the defaults.</param>
    /// <exception cref="ArgumentException">No base address.</exception>
    public HttpReportTransport(HttpClient http, TimeProvider time, EdgeReporterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        if (http.BaseAddress is null) throw new ArgumentException("The reporter needs a base address: that of the scheduler.", nameof(http));
        EdgeReporterOptions own = options ?? new EdgeReporterOptions();
        _calls = new SchedulerCalls(http, time, own.Retry, own.Random ?? Random.Shared, own.Key);
    }

    /// <inheritdoc/>
    public Task<Result<ReportAnswerMessage>> SendAsync(ReportBatch batch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using (var writer = new ReportBatchWriter(_body, batch.Incarnation, batch.Sequence, batch.At, batch.EscrowEpoch))
            foreach ((NodeMeasurement node, ImmutableArray<ReplicaLoad> leased) in batch.Nodes) writer.Add(in node, leased);
        return _calls.SendAsync(Request, V1Json.Default.ReportAnswerMessage, cancellation);
    }

    private HttpRequestMessage Request()
    {
        var content = new ReadOnlyMemoryContent(_body.WrittenMemory);
        content.Headers.ContentType = new("application/json");
        return new HttpRequestMessage(HttpMethod.Post, "v1/reports") { Content = content };
    }
}
