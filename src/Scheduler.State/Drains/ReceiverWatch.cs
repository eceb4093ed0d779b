using Scheduler.Core.Capacity;
using Scheduler.Core.Drains;
using Scheduler.Core.Routing;
using Scheduler.Core.Sessions;
using Scheduler.State.Sites;

namespace Scheduler.State.Drains;

/// <summary>
/// A brake for each site that migration could fill: a site that is too full, or fails its players, gets nothing more while the others go on. For the control tick alone.
/// </summary>
/// <param name="sessions">Who is where.</param>
/// <param name="load">Live load.</param>
internal sealed class ReceiverWatch(SessionTable sessions, LiveLoad load)
{
    private FailureWindow _failures = new();
    private MigrationBrake[] _brakes = [];
    private double[] _utilisations = [];

    /// <summary>Looks at every site; called about once a second.</summary>
    /// <param name="states">All sites.</param>
    /// <param name="fleet">The fleet in force.</param>
    /// <param name="bounds">How full a receiver may be.</param>
    public void Look(IReadOnlyList<SiteState> states, FleetIndex fleet, ReceiverBounds bounds)
    {
        int bound = fleet.Sites.Length;
        _failures.Read(states, bound);
        if (_brakes.Length != bound)
        {
            Array.Resize(ref _brakes, bound);
            Array.Resize(ref _utilisations, bound);
        }
        foreach (IndexedSite? site in fleet.Sites)
        {
            if (site is null) continue;
            _utilisations[site.Index] = load.SiteLoadKbps(site.Index) * load.Site(site.Index).InverseCapacity;
            ref MigrationBrake brake = ref _brakes[site.Index];
            brake.Update(_utilisations[site.Index], MigrationBrake.Failing(FailuresOf(site.Index), SessionsOf(site)), bounds);
        }
    }

    /// <summary>Forgets everything: nobody migrates.</summary>
    public void Rest()
    {
        if (_brakes.Length == 0) return;
        (_failures, _brakes, _utilisations) = (new FailureWindow(), [], []);
    }

    /// <summary>Why a site waits; null when it does not.</summary>
    public DrainPause? CauseOf(int site) => site < _brakes.Length ? _brakes[site].Cause : null;

    /// <summary>How full a site was when it was last looked at.</summary>
    public double UtilisationOf(int site) => site < _utilisations.Length ? _utilisations[site] : 0;

    /// <summary>Players' failure reports about a site within the window.</summary>
    public long FailuresOf(int site) => _failures.Of(site);

    /// <summary>This replica's sessions at a site.</summary>
    public long SessionsOf(IndexedSite site)
    {
        long count = 0;
        foreach (int node in site.Nodes) count += sessions.Node(node).Count;
        return count;
    }
}
