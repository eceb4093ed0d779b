using System.Net;
using Scheduler.Cli.Admin;
using Scheduler.Client;
using Scheduler.Client.Reports;

namespace Scheduler.Cli.Load;

/// <summary>A play with all that goes beside it: the viewers on their own thread, the nodes' reports, and what the scheduler says of its sites.</summary>
internal sealed class LoadRun
{
    private readonly CliHost _host;
    private readonly AdminApi _api;
    private readonly LoadOptions _options;
    private readonly LoadEngine _engine;
    private readonly IViewerAddresses _addresses;
    private readonly LoadNodes? _nodes;
    private readonly string? _reporterKey;
    private SiteList? _sites;
    private SchedulerProblem? _sitesProblem;
    private long _reportsAccepted;
    private long _reportsRejected;
    private SchedulerProblem? _reportProblem;

    /// <summary>Prepares a run.</summary>
    public LoadRun(
        CliHost host,
        AdminApi api,
        LoadOptions options,
        IReadOnlyList<EndPoint> endpoints,
        IViewerAddresses addresses,
        Audience audience,
        LoadNodes? nodes,
        string? reporterKey)
    {
        (_host, _api, _options, _addresses, _nodes, _reporterKey) = (host, api, options, addresses, nodes, reporterKey);
        _engine = new LoadEngine(options, [.. options.Targets.Zip(endpoints)], addresses, audience, host.Time);
    }

    /// <summary>What is played.</summary>
    public LoadOptions Options => _options;

    /// <summary>Newest state of the play.</summary>
    public LoadSample Sample => _engine.Sample;

    /// <summary>Newest state of the sites; null until the scheduler told it.</summary>
    public SiteList? Sites => Volatile.Read(ref _sites);

    /// <summary>Why the sites are not known; null when they are.</summary>
    public SchedulerProblem? SitesProblem => Volatile.Read(ref _sitesProblem);

    /// <summary>Nodes that report.</summary>
    public int Nodes => _nodes?.Count ?? 0;

    /// <summary>Reports taken so far.</summary>
    public long ReportsAccepted => Interlocked.Read(ref _reportsAccepted);

    /// <summary>Reports refused so far.</summary>
    public long ReportsRejected => Interlocked.Read(ref _reportsRejected);

    /// <summary>Why the last round of reports did not arrive; null when it did.</summary>
    public SchedulerProblem? ReportProblem => Volatile.Read(ref _reportProblem);

    /// <summary>Plays to the end.</summary>
    /// <param name="shown">Called twice a second while it plays; null to show nothing.</param>
    /// <param name="stop">Ends the play early.</param>
    public async Task<LoadSummary> PlayAsync(Action? shown, CancellationToken stop)
    {
        using var beside = new CancellationTokenSource();
        Task watching = WatchSitesAsync(beside.Token);
        Task reporting = _nodes is null ? Task.CompletedTask : ReportAsync(_nodes, beside.Token);
        // A thread of its own: the loop occupies it, which a pool's thread must not be.
        Task playing = Task.Factory.StartNew(() => _engine.Run(stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        int viewersPeak = 0, sitesPeak = 0;
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(500), _host.Time);
        while (true)
        {
            bool isDone = await Task.WhenAny(playing, beat.WaitForNextTickAsync(CancellationToken.None).AsTask()) == playing;
            viewersPeak = Math.Max(viewersPeak, Sample.Playing);
            sitesPeak = Math.Max(sitesPeak, Sample.BySite.Count);
            shown?.Invoke();
            if (isDone) break;
        }
        await playing;
        await beside.CancelAsync();
        await Task.WhenAll(watching, reporting);
        return Summarise(viewersPeak, sitesPeak);
    }

    private async Task WatchSitesAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                Result<SiteList> sites = await _api.GetAsync("v1/admin/sites", AdminJson.Default.SiteList, cancellation);
                if (sites.IsOk) Volatile.Write(ref _sites, sites.Value);
                Volatile.Write(ref _sitesProblem, sites.Problem);
                await Task.Delay(TimeSpan.FromSeconds(sites.IsOk ? 1 : 5), _host.Time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The play is over.
        }
    }

    private async Task ReportAsync(LoadNodes nodes, CancellationToken cancellation)
    {
        using var http = new HttpClient(new FailoverHandler(_options.Targets, _host.Transport()), disposeHandler: true) { BaseAddress = _options.Targets[0] };
        var reporter = new EdgeReporter(http, _host.Time, nodes, new EdgeReporterOptions { Key = _reporterKey, NodesAreNew = _options.NodesAreNew });
        await reporter.RunAsync(
            round =>
            {
                Interlocked.Add(ref _reportsAccepted, round.Accepted);
                Interlocked.Add(ref _reportsRejected, round.Rejections.Length);
                Volatile.Write(ref _reportProblem, round.Problem);
            },
            cancellation);
    }

    private LoadSummary Summarise(int viewersPeak, int sitesPeak)
    {
        LoadTally tally = _engine.Tally;
        LatencyHistogram latency = tally.Latency;
        double seconds = (_engine.Elapsed ?? Sample.Elapsed).TotalSeconds;
        return new LoadSummary
        {
            Url = _options.Targets[0].AbsoluteUri,
            Addresses = _addresses.Source,
            Viewers = _options.Viewers,
            ViewersPeak = viewersPeak,
            Nodes = Nodes,
            Seed = _options.Seed,
            DurationS = Math.Round(seconds, 3),
            Requests = _engine.RequestsInPlay,
            RequestsPerS = seconds > 0 ? Math.Round(_engine.RequestsInPlay / seconds, 1) : 0,
            LatencyP50Ms = latency.Percentile(0.5) / 1e3,
            LatencyP90Ms = latency.Percentile(0.9) / 1e3,
            LatencyP99Ms = latency.Percentile(0.99) / 1e3,
            LatencyP999Ms = latency.Percentile(0.999) / 1e3,
            LatencyMaxMs = latency.Max / 1e3,
            LagP99Ms = tally.Lag.Percentile(0.99) / 1e3,
            Opens = tally.Of(LoadOperation.Open),
            Beats = tally.Of(LoadOperation.Beat),
            Closes = tally.Of(LoadOperation.Close),
            Moves = tally.Moves,
            Failovers = tally.Failovers,
            Reopened = tally.Reopened,
            BrokenConnections = tally.Broken,
            Resent = tally.Resent,
            Retries = tally.Retries,
            FailedAfterRetry = tally.FailedAfterRetry,
            Targets = _engine.Targets(),
            Unreadable = tally.Unreadable,
            ByDecision = new SortedDictionary<string, long>(tally.ByDecision().ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            ByStatus = new SortedDictionary<string, long>(tally.ByStatus().ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            SitesPeak = sitesPeak,
            NodeUtilisationPeak = _nodes is null ? null : Math.Round(_nodes.PeakUtilisation, 4),
            ReportsAccepted = ReportsAccepted,
            ReportsRejected = ReportsRejected,
            FirstRefusal = tally.FirstRefusal,
        };
    }
}
