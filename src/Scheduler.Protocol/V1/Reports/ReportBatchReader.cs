using System.Diagnostics.CodeAnalysis;
using Scheduler.Core.Capacity;
using Scheduler.Protocol.V1.Json;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Protocol.V1.Reports;

/// <summary>
/// Walks the body of <c>POST /v1/reports</c>, one report a step. A bad report is a rejection and spoils no other; a bad body ends the
/// walk with a <see cref="Fault"/>, and then nothing of it may be applied: gather first, apply after the last step.
/// </summary>
/// <remarks>
/// <code>
/// ReportBatchReader batch = new(body);
/// while (batch.Next())
///     if (batch.IsAccepted) gathered.Add(Find(batch.Node), batch.Report);   // the node's name is a slice of the body
///     else rejected.AddRange(batch.Problems);
/// if (batch.Fault is { } fault) refuse the body
/// </code>
/// A large structure: pass it by reference. A report without lists allocates nothing; each list of a report allocates its array.
/// </remarks>
public ref struct ReportBatchReader : IReportBatch
{
    /// <summary>Most reports in a batch.</summary>
    public const int MaxReports = 5000;

    /// <summary>Largest body, bytes.</summary>
    public const int MaxBodyLength = 8 * 1024 * 1024;

    private const uint ReportsBit = 1;

    private WireReader _reader;
    private ReportLists _lists;
    private SeenMembers _seen;
    private Stage _stage;
    private int _index;
    private ReadOnlySpan<byte> _node;
    private NodeReport _report;

    /// <summary>Stands before the first report of a body.</summary>
    /// <param name="utf8">The body.</param>
    public ReportBatchReader(ReadOnlySpan<byte> utf8)
    {
        _reader = new WireReader(utf8);
        _index = -1;
    }

    private enum Stage
    {
        Start,
        Members,
        Reports,
        Over,
    }

    /// <summary>Position of the present report, from 0; after the last step, of the last report.</summary>
    public readonly int Index => _index;

    /// <summary>True when nothing is wrong with the present report.</summary>
    public readonly bool IsAccepted => _reader.Problems.Count == 0;

    /// <summary>
    /// Id of the node that the present report speaks for; well formed, perhaps not of the fleet. Only of an accepted report.
    /// </summary>
    public readonly ReadOnlySpan<byte> Node => _node;

    /// <summary>The present report. Only of an accepted report.</summary>
    [UnscopedRef]
    public readonly ref readonly NodeReport Report => ref _report;

    /// <summary>What is wrong with the present report.</summary>
    public readonly ReadOnlySpan<WireProblem> Problems => _reader.Problems.All;

    /// <summary>What is wrong with the body as a whole; null when nothing is. Final once <see cref="Next"/> has answered false.</summary>
    public WireProblem? Fault { get; private set; }

    /// <summary>Goes to the next report; false after the last, or at a fault of the body.</summary>
    public bool Next()
    {
        if (_stage == Stage.Start) _stage = _reader.EnterMessage() ? Stage.Members : Stage.Over;
        _reader.Problems = _stage == Stage.Over ? _reader.Problems : default;
        while (_stage != Stage.Over)
        {
            if (_stage == Stage.Members) ReadMember();
            else if (_reader.Json.NextElement()) return ReadReport();
            else _stage = Stage.Members;
        }
        Close();
        return false;
    }

    /// <summary>Goes to the array of reports, over other members, or to the end of the body.</summary>
    private void ReadMember()
    {
        if (!_reader.Json.NextMember(out ReadOnlySpan<byte> name))
        {
            _reader.Require(_seen, ReportsBit, "reports");
            _stage = Stage.Over;
        }
        else if (!name.SequenceEqual("reports"u8))
        {
            _reader.Json.Skip();
        }
        else if (_reader.Take(ref _seen, ReportsBit, "reports") && _reader.Enter(JsonKind.Array, "reports"))
        {
            _stage = Stage.Reports;
        }
        if (_reader.Problems.Count > 0) _stage = Stage.Over;
    }

    private bool ReadReport()
    {
        if (++_index == MaxReports)
        {
            _reader.Problem("reports", $"has more than {MaxReports} reports");
            _stage = Stage.Over;
            Close();
            return false;
        }
        ReportParser.Read(ref _reader, ref _lists, out _node, out _report);
        if (_reader.Json.Fault is null) return true;
        _stage = Stage.Over;
        Close();
        return false;
    }

    private void Close()
    {
        if (Fault is not null) return;
        if (_reader.Problems.Count == 0) _reader.Json.End();
        if (_reader.Json.Fault is not null) Fault = new WireProblem("body", _reader.Json.Describe());
        else if (_reader.Problems.Count > 0) Fault = _reader.Problems.All[0];
    }
}
