namespace Scheduler.Cli.Plans;

/// <summary>Rows of candidates as they are read, in the form that a planning network takes.</summary>
/// <param name="siteCount">Number of sites.</param>
internal sealed class CandidateRows(int siteCount)
{
    private readonly HashSet<int> _row = [];

    /// <summary>Number of sites.</summary>
    public int SiteCount => siteCount;

    /// <summary>Where each row starts, and at the end the number of candidates.</summary>
    public List<int> Starts { get; } = [0];

    /// <summary>Site of each candidate.</summary>
    public List<int> Sites { get; } = [];

    /// <summary>a of each candidate, ms-equivalents.</summary>
    public List<double> Costs { get; } = [];

    /// <summary>Begins the row of the next cell.</summary>
    public void Begin() => _row.Clear();

    /// <summary>True when the row names a site already.</summary>
    public bool Names(int site) => _row.Contains(site);

    /// <summary>Adds a candidate to the row.</summary>
    public void Add(int site, double cost)
    {
        _row.Add(site);
        Sites.Add(site);
        Costs.Add(cost);
    }

    /// <summary>Ends the row.</summary>
    public void End() => Starts.Add(Sites.Count);
}
