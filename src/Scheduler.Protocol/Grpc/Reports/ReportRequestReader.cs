using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Capacity;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Reports;

namespace Scheduler.Protocol.Grpc.Reports;

/// <summary>
/// Walks a <c>scheduler.v1.ReportRequest</c> as <see cref="ReportBatchReader"/> walks its JSON form: a bad report is a rejection and spoils no other; a broken message
/// ends the walk with a <see cref="Fault"/>, and then nothing of it may be applied.
/// </summary>
public ref struct ReportRequestReader : IReportBatch
{
    private const int ReportsField = 1;

    private ProtobufReader _reader;
    private MessageFields _fields;
    private ReportLists _lists;
    private ReadOnlySpan<byte> _node;
    private NodeReport _report;
    private ImmutableArray<string> _asked = [];

    /// <summary>Stands before the first report of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="names">Is told the names of streams; null when nobody wants to know.</param>
    public ReportRequestReader(ReadOnlySpan<byte> message, StreamNames? names = null)
    {
        _reader = new ProtobufReader(message);
        _lists.Names = names;
        Index = -1;
    }

    /// <inheritdoc/>
    public int Index { get; private set; }

    /// <inheritdoc/>
    public readonly bool IsAccepted => _fields.Problems.Count == 0;

    /// <inheritdoc/>
    public readonly ReadOnlySpan<byte> Node => _node;

    /// <inheritdoc/>
    [UnscopedRef]
    public readonly ref readonly NodeReport Report => ref _report;

    /// <inheritdoc/>
    public readonly ImmutableArray<string> Asked => _asked;

    /// <inheritdoc/>
    public readonly ReadOnlySpan<WireProblem> Problems => _fields.Problems.All;

    /// <inheritdoc/>
    public WireProblem? Fault { get; private set; }

    /// <inheritdoc/>
    public bool Next()
    {
        _fields = default;
        while (Fault is null && _reader.Next())
        {
            if (_reader.Field != ReportsField || !_reader.Is(WireType.Bytes))
            {
                _reader.Skip();
                continue;
            }
            if (++Index == ReportBatchReader.MaxReports)
            {
                Fault = new WireProblem("reports", $"has more than {ReportBatchReader.MaxReports} reports");
                return false;
            }
            ReadOnlySpan<byte> one = _reader.Bytes();
            if (_reader.IsBroken) break;
            var report = new ProtobufReader(one);
            EdgeReportReader.Read(ref report, ref _fields, ref _lists, out _node, out _report, out _asked);
            if (!report.IsBroken) return true;
            Fault = Broken;
            return false;
        }
        if (_reader.IsBroken) Fault ??= Broken;
        return false;
    }

    private static WireProblem Broken => new(ProblemStatus.WholeMessage, "is not a message of this type in protobuf");
}
