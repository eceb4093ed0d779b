using Scheduler.Core.Dispatch;
using Scheduler.Core.Policies;
using Scheduler.Core.Routing;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Dns;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Control;

namespace Scheduler.Server.Dns;

/// <summary>
/// What DNS answers rest on. The slow side puts zones, calm and cookies together; a question reads them, and the snapshot in force, once each.
/// </summary>
internal sealed class DnsDesk(SnapshotPublisher publisher, SiteCalm calm, TokenKeys tokens, Hosting.DnsOptions options, DnsCounters counters, SchedulerClock clock)
{
    private readonly Lock _gate = new();
    private ZoneSet _zones = ZoneSet.Empty;
    private ZoneTable _table = ZoneTable.Empty;
    private volatile DnsFrame _frame = DnsFrame.Empty;
    private volatile CookieJar? _cookies;
    private object? _cookieSource;

    /// <summary>The frame in force.</summary>
    public DnsFrame Frame => _frame;

    /// <summary>The snapshot in force; null before the first.</summary>
    public RoutingSnapshot? Snapshot => publisher.Current;

    /// <summary>What an answer at this moment rests on. Allocates nothing.</summary>
    public DnsMoment Now() => new(publisher.Current, _frame, _cookies, clock.UnixS, StreamTable.EpochOf(clock.NowS));

    /// <summary>Takes zones into force: when this returns, every answer obeys them.</summary>
    /// <param name="configuration">The configuration that came into force.</param>
    public void Apply(Configuration configuration)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_zones, configuration.Zones)) return;
            _zones = configuration.Zones;
            _table = ZoneTable.Build(_zones, configuration.Revision);
            counters.Know(_table);
            Compile();
        }
    }

    /// <summary>Looks what has changed since the last look.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            Compile();
            RenewCookies();
        }
    }

    private void Compile() => _frame = new DnsFrame(_table, publisher.Current?.Classifier ?? StreamClassifier.None, calm.Seconds());

    private void RenewCookies()
    {
        if (options.CookieSecrets.Count > 0)
        {
            _cookies ??= new CookieJar([.. options.CookieSecrets.Select(Convert.FromHexString)]);
            return;
        }
        if (ReferenceEquals(_cookieSource, tokens.Ring)) return;
        _cookieSource = tokens.Ring;
        _cookies = new CookieJar(tokens.Ring.CookieSecrets());
    }
}
