namespace Scheduler.Core.Upstreams;

/// <summary>
/// How far the pulls of draining IDCs have moved, immutable. A drained IDC that is not in here has lost all of its pulls at once; one that is keeps a stream until
/// the stream's turn.
/// </summary>
public sealed class ParentDrains
{
    private readonly (ReparentPace? Pace, float Share)[] _bySite;

    private ParentDrains((ReparentPace? Pace, float Share)[] bySite) => _bySite = bySite;

    /// <summary>No IDC's pulls are moved by and by.</summary>
    public static ParentDrains None { get; } = new([]);

    /// <summary>The same, with one IDC as told.</summary>
    /// <param name="site">Index of the IDC.</param>
    /// <param name="pace">The order in which its streams leave; null when it is no longer paced.</param>
    /// <param name="share">Share of its bits that may have left, in [0, 1].</param>
    public ParentDrains With(int site, ReparentPace? pace, double share)
    {
        var bySite = new (ReparentPace? Pace, float Share)[Math.Max(_bySite.Length, site + 1)];
        _bySite.CopyTo(bySite, 0);
        bySite[site] = (pace, (float)share);
        return new ParentDrains(bySite);
    }

    /// <summary>The same, some share ahead: by it one learns what the next streams' parents will be, so that these warm up.</summary>
    /// <param name="share">Share of the bits, in [0, 1].</param>
    public ParentDrains Ahead(double share) => new([.. _bySite.Select(b => (b.Pace, (float)Math.Min(1, b.Share + share)))]);

    /// <summary>True when the IDC drains and keeps a stream for now, though it may take nothing else.</summary>
    /// <param name="site">Index of the IDC.</param>
    /// <param name="stream">Hash of the stream.</param>
    public bool Keeps(int site, ulong stream) =>
        (uint)site < (uint)_bySite.Length && _bySite[site] is { Pace: { } pace, Share: var share } && !pace.HasLeft(stream, share);

    /// <summary>True when the IDC drains by and by.</summary>
    /// <param name="site">Index of the IDC.</param>
    public bool IsPaced(int site) => (uint)site < (uint)_bySite.Length && _bySite[site].Pace is not null;
}
