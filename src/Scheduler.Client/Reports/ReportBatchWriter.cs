using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Scheduler.Core.Capacity;

namespace Scheduler.Client.Reports;

/// <summary>Writes one batch of reports as JSON; complete when disposed.</summary>
internal sealed class ReportBatchWriter : IDisposable
{
    private readonly Utf8JsonWriter _json;
    private readonly long _incarnation;
    private readonly long _sequence;
    private readonly DateTimeOffset _at;
    private readonly long? _escrowEpoch;

    /// <summary>Starts a batch, in place of what the buffer held.</summary>
    public ReportBatchWriter(ArrayBufferWriter<byte> buffer, long incarnation, long sequence, DateTimeOffset at, long? escrowEpoch)
    {
        buffer.ResetWrittenCount();
        (_incarnation, _sequence, _at, _escrowEpoch) = (incarnation, sequence, at, escrowEpoch);
        _json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        _json.WriteStartObject();
        _json.WriteStartArray("reports"u8);
    }

    /// <summary>Adds one node.</summary>
    /// <param name="node">What it measured.</param>
    /// <param name="leased">Load by replica with what is leased to each; empty when nothing is.</param>
    public void Add(in NodeMeasurement node, ImmutableArray<ReplicaLoad> leased)
    {
        _json.WriteStartObject();
        _json.WriteString("node"u8, node.Node);
        _json.WriteNumber("incarnation"u8, _incarnation);
        _json.WriteNumber("sequence"u8, _sequence);
        _json.WriteString("at"u8, _at);
        _json.WriteNumber("capacity_bps"u8, node.CapacityBps);
        _json.WriteNumber("egress_bps"u8, node.EgressBps);
        _json.WriteNumber("sessions"u8, node.Sessions);
        _json.WriteString("state"u8, node.State switch
        {
            NodeState.Serving => "serving"u8,
            NodeState.Draining => "draining"u8,
            _ => "down"u8,
        });
        if (node.Cpu is { } cpu) _json.WriteNumber("cpu"u8, Math.Round(cpu, 4));
        if (node.Memory is { } memory) _json.WriteNumber("memory"u8, Math.Round(memory, 4));
        if (node.IngressBps is { } ingress) _json.WriteNumber("ingress_bps"u8, ingress);
        if (_escrowEpoch is { } epoch) _json.WriteNumber("escrow_epoch"u8, epoch);
        WriteStreams(node.Streams);
        WriteReplicas(leased);
        WriteLimits(node.Limits);
        _json.WriteEndObject();
    }

    /// <summary>Ends the batch: the buffer holds the whole document.</summary>
    public void Dispose()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Dispose();
    }

    private void WriteStreams(ImmutableArray<StreamMeasurement> streams)
    {
        if (streams.IsDefaultOrEmpty) return;
        _json.WriteStartArray("streams"u8);
        foreach (StreamMeasurement stream in streams)
        {
            _json.WriteStartObject();
            _json.WriteString("id"u8, stream.Id);
            _json.WriteNumber("viewers"u8, stream.Viewers);
            _json.WriteNumber("egress_bps"u8, stream.EgressBps);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void WriteReplicas(ImmutableArray<ReplicaLoad> replicas)
    {
        if (replicas.IsEmpty) return;
        _json.WriteStartObject("by_replica"u8);
        foreach (ReplicaLoad replica in replicas)
        {
            _json.WriteStartObject(replica.Replica.ToString(CultureInfo.InvariantCulture));
            _json.WriteNumber("sessions"u8, replica.Sessions);
            _json.WriteNumber("egress_bps"u8, replica.EgressKbps * 1_000);
            if (replica.Grant is { } grant)
            {
                _json.WriteNumber("limit_bps"u8, grant.LimitKbps * 1_000);
                _json.WriteNumber("limit_ms"u8, grant.LimitMs);
                _json.WriteNumber("held_bps"u8, grant.HeldKbps * 1_000);
                _json.WriteNumber("held_ms"u8, grant.HeldMs);
            }
            if (replica.Started is { } started)
            {
                _json.WriteNumber("started_bps"u8, started.Kbps * 1_000);
                _json.WriteNumber("started_since"u8, started.SincePeriod);
            }
            _json.WriteEndObject();
        }
        _json.WriteEndObject();
    }

    private void WriteLimits(ImmutableArray<LimitMeasurement> limits)
    {
        if (limits.IsDefaultOrEmpty) return;
        _json.WriteStartArray("limits"u8);
        foreach (LimitMeasurement limit in limits)
        {
            _json.WriteStartObject();
            _json.WriteString("type"u8, limit.Type);
            _json.WriteNumber("hard"u8, limit.Hard);
            if (limit.Soft is { } soft) _json.WriteNumber("soft"u8, soft);
            _json.WriteNumber("current"u8, limit.Current);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }
}
