using System.Collections.Immutable;
using Scheduler.Core.Topology;

namespace Scheduler.Core.Routing;

/// <summary>
/// Which sites may serve viewers of which cells: fences and the sites of a class of streams, compiled. Cells that the same fences bind share a profile.
/// Immutable; to ask costs two loads.
/// </summary>
public sealed class SiteFences
{
    private readonly ushort[] _profileOfCell;
    private readonly FenceProfile[] _profiles;

    internal SiteFences(ushort[] profileOfCell, FenceProfile[] profiles)
    {
        _profileOfCell = profileOfCell;
        _profiles = profiles;
    }

    /// <summary>Bars nobody from anything.</summary>
    public static SiteFences None { get; } = new([], []);

    /// <summary>Number of profiles; at least 1. A list of sites that a prefix is sent to has a row for each.</summary>
    public int ProfileCount => Math.Max(1, _profiles.Length);

    /// <summary>The profile of a cell, in [0, <see cref="ProfileCount"/>); the same for all classes of one policy.</summary>
    /// <param name="cell">Dense index of the cell.</param>
    public int ProfileOf(int cell) => _profileOfCell.Length == 0 ? 0 : _profileOfCell[cell];

    /// <summary>True when a site may serve the viewers of a cell.</summary>
    /// <param name="cell">Dense index of the cell.</param>
    /// <param name="site">Index of the site.</param>
    public bool Allow(int cell, int site) => _profiles.Length == 0 || _profiles[ProfileOf(cell)].Allows(site);

    /// <summary>True when a site may serve the viewers of a profile.</summary>
    internal bool ProfileAllows(int profile, int site) => _profiles.Length == 0 || _profiles[profile].Allows(site);

    /// <summary>
    /// True when fences and the class leave no site that could ever serve, healthy or not, while the fleet has one: then waiting does not help.
    /// </summary>
    /// <param name="cell">Dense index of the cell.</param>
    /// <param name="role">The role that is asked for.</param>
    /// <param name="protocols">Protocols, one of which will do; none means any.</param>
    public bool LeaveNothing(int cell, NodeRoles role, StreamProtocols protocols) =>
        _profiles.Length != 0 && _profiles[ProfileOf(cell)].LeavesNothing(role, protocols);

    /// <summary>Countries some of whose viewers no site that does a role may ever serve, in order.</summary>
    /// <param name="cells">Cells, by dense index: those that the fences were compiled for.</param>
    /// <param name="role">The role.</param>
    public ImmutableArray<string> CountriesWithout(ImmutableArray<CellPlace> cells, NodeRoles role)
    {
        var countries = new SortedSet<string>(StringComparer.Ordinal);
        for (int cell = 0; cell < cells.Length; cell++)
            if (LeaveNothing(cell, role, StreamProtocols.None)) countries.Add(cells[cell].Country);
        return [.. countries];
    }

    /// <summary>Why viewers of a cell are kept from sites, in the words of the policy; empty when they are kept from none.</summary>
    /// <param name="cell">Dense index of the cell.</param>
    public string ReasonFor(int cell) => _profiles.Length == 0 ? "" : _profiles[ProfileOf(cell)].Reason;
}
