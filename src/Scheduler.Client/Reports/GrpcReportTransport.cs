using System.Collections.Immutable;
using System.Globalization;
using System.Net.Security;
using Scheduler.Client.Grpc;
using Scheduler.Protocol.Grpc.Messages;
using Scheduler.Protocol.V1.Messages;

namespace Scheduler.Client.Reports;

/// <summary>
/// Reports over one gRPC stream that lasts: to one of several schedulers, and to the next one when the stream ends or its answer does not come. One batch at a time.
/// </summary>
public sealed class GrpcReportTransport : IReportTransport, IAsyncDisposable
{
    private readonly GrpcCaller[] _callers;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private GrpcStream<ReportRequest, ReportResponse>? _stream;
    private int _current;

    /// <summary>A transport.</summary>
    /// <param name="schedulers">Where they speak gRPC, at least one, such as <c>http://localhost:8081</c>.</param>
    /// <param name="time">Clock of timeouts.</param>
    /// <param name="options">Key, and how long an answer may take; null for the defaults.</param>
    /// <param name="tls">How TLS is spoken, with a client certificate perhaps; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no address.</exception>
    public GrpcReportTransport(IReadOnlyList<Uri> schedulers, TimeProvider time, EdgeReporterOptions? options = null, SslClientAuthenticationOptions? tls = null)
    {
        ArgumentNullException.ThrowIfNull(schedulers);
        ArgumentNullException.ThrowIfNull(time);
        if (schedulers.Count == 0) throw new ArgumentException("There must be at least one address.", nameof(schedulers));
        EdgeReporterOptions own = options ?? new EdgeReporterOptions();
        (_time, _patience) = (time, own.Retry.AttemptTimeout);
        _callers = [.. schedulers.Select(address => new GrpcCaller(address, own.Key, tls, time))];
    }

    /// <inheritdoc/>
    public async Task<Result<ReportAnswerMessage>> SendAsync(ReportBatch batch, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReportRequest request = RequestOf(batch);
        for (int left = _callers.Length; ; left--)
        {
            Result<ReportAnswerMessage> answer = await TryAsync(request, cancellation);
            if (answer.IsOk) return answer;
            await EndAsync();
            // A key that is not good is no better elsewhere.
            if (!answer.Problem.MayPass) return answer;
            _current = (_current + 1) % _callers.Length;
            if (left == 1) return answer;
        }
    }

    /// <summary>Ends the stream and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        foreach (GrpcCaller caller in _callers) caller.Dispose();
    }

    private async Task<Result<ReportAnswerMessage>> TryAsync(ReportRequest request, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(_patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            _stream ??= _callers[_current].Open(SchedulerMethods.Report, deadline: null, CancellationToken.None);
            await _stream.WriteAsync(request, either.Token);
            if (await _stream.ReadAsync(either.Token) is { } answer) return MessageOf(answer);
            return _stream.Problem ?? SchedulerProblem.Unreachable("The scheduler ended the stream.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SchedulerProblem.Unreachable($"No answer within {_patience.TotalSeconds:0.#} s.");
        }
    }

    private async ValueTask EndAsync()
    {
        if (_stream is not { } stream) return;
        _stream = null;
        await stream.DisposeAsync();
    }

    private static ReportRequest RequestOf(ReportBatch batch)
    {
        var request = new ReportRequest();
        foreach ((NodeMeasurement node, ImmutableArray<Core.Capacity.ReplicaLoad> leased) in batch.Nodes)
            request.Reports.Add(ReportOf(batch, in node, leased));
        return request;
    }

    private static EdgeReport ReportOf(ReportBatch batch, in NodeMeasurement node, ImmutableArray<Core.Capacity.ReplicaLoad> leased)
    {
        var report = new EdgeReport
        {
            Node = node.Node,
            Incarnation = batch.Incarnation,
            Sequence = batch.Sequence,
            AtUnixMs = batch.At.ToUnixTimeMilliseconds(),
            CapacityBps = node.CapacityBps,
            EgressBps = node.EgressBps,
            Sessions = node.Sessions,
            State = node.State switch
            {
                Core.Capacity.NodeState.Serving => Protocol.Grpc.Messages.NodeState.Serving,
                Core.Capacity.NodeState.Draining => Protocol.Grpc.Messages.NodeState.Draining,
                _ => Protocol.Grpc.Messages.NodeState.Down,
            },
            EscrowEpoch = batch.EscrowEpoch ?? 0,
            IngressBps = node.IngressBps ?? 0,
        };
        if (node.Cpu is { } cpu) report.Cpu = cpu;
        if (node.Memory is { } memory) report.Memory = memory;
        if (!node.Streams.IsDefault)
            foreach (StreamMeasurement stream in node.Streams) report.Streams.Add(new Protocol.Grpc.Messages.StreamLoad { Id = stream.Id, Viewers = stream.Viewers, EgressBps = stream.EgressBps });
        if (!node.Limits.IsDefault)
            foreach (LimitMeasurement limit in node.Limits) report.Limits.Add(new Limit { Type = limit.Type, Hard = limit.Hard, Soft = limit.Soft ?? 0, Current = limit.Current });
        foreach (Core.Capacity.ReplicaLoad load in leased) report.ByReplica[(uint)load.Replica] = LoadOf(in load);
        return report;
    }

    private static Protocol.Grpc.Messages.ReplicaLoad LoadOf(in Core.Capacity.ReplicaLoad load)
    {
        var message = new Protocol.Grpc.Messages.ReplicaLoad { Sessions = load.Sessions, EgressBps = load.EgressKbps * 1_000 };
        if (load.Grant is { } grant)
            (message.LimitBps, message.LimitMs, message.HeldBps, message.HeldMs) = (grant.LimitKbps * 1_000, grant.LimitMs, grant.HeldKbps * 1_000, grant.HeldMs);
        if (load.Started is { } started) (message.StartedBps, message.StartedSince) = (started.Kbps * 1_000, started.SincePeriod);
        return message;
    }

    private static ReportAnswerMessage MessageOf(ReportResponse answer) => new()
    {
        Accepted = (int)answer.Accepted,
        Rejected = [.. answer.Rejected.Select(rejection => new Protocol.V1.Reports.ReportRejection((int)rejection.Index, rejection.Field, rejection.Reason))],
        IntervalMs = (int)Math.Min(answer.IntervalMs, int.MaxValue),
        Escrow = new EscrowMessage(
            answer.Escrow?.Epoch ?? 0,
            answer.Escrow?.Weights.ToDictionary(weight => weight.Key.ToString(CultureInfo.InvariantCulture), weight => weight.Value, StringComparer.Ordinal) ?? []),
        Sites = answer.Sites.ToDictionary(
            site => site.Key,
            site => site.Value switch
            {
                SiteState.Draining => "draining",
                SiteState.Drained => "drained",
                _ => "open",
            },
            StringComparer.Ordinal),
    };
}
