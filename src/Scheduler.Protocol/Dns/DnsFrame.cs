using System.Collections.Immutable;
using Scheduler.Core.Policies;
using Scheduler.Core.Zones;

namespace Scheduler.Protocol.Dns;

/// <summary>Zones, compiled, with what is looked up for them. Immutable; a new one is made when anything in it changes.</summary>
public sealed class DnsFrame
{
    private readonly StreamClassifier _classifier;
    private readonly int?[] _classes;
    private readonly byte[] _calmS;

    /// <summary>Makes a frame.</summary>
    /// <param name="table">The zones.</param>
    /// <param name="classifier">Tells the numbers of the classes that steered names have.</param>
    /// <param name="calmS">By site index: time in which nothing is foreseen to change at a site, s; more than any TTL where nothing is.</param>
    public DnsFrame(ZoneTable table, StreamClassifier classifier, byte[] calmS)
    {
        ArgumentNullException.ThrowIfNull(table);
        (Table, _classifier, _calmS) = (table, classifier, calmS);
        _classes = [.. table.Steered.Select(target => NumberOf(classifier, target))];
    }

    /// <summary>Without zones.</summary>
    public static DnsFrame Empty { get; } = new(ZoneTable.Empty, StreamClassifier.None, []);

    /// <summary>The zones.</summary>
    public ZoneTable Table { get; }

    /// <summary>Number of the class by which a steered name is decided; null when the policy in force does not have it.</summary>
    /// <param name="target">A steered name of the table.</param>
    /// <param name="inForce">The snapshot's classifier, which may be newer than this frame.</param>
    public int? ClassOf(SteeredTarget target, StreamClassifier inForce) =>
        ReferenceEquals(inForce, _classifier) ? _classes[target.Index] : NumberOf(inForce, target);

    /// <summary>Time in which nothing is foreseen to change at a site, s.</summary>
    /// <param name="site">Index of the site; of one that came after this frame nothing is known, and so anything may change.</param>
    public int CalmS(int site) => (uint)site < (uint)_calmS.Length ? _calmS[site] : 0;

    private static int? NumberOf(StreamClassifier classifier, SteeredTarget target)
    {
        ImmutableArray<string> names = classifier.Names;
        for (int i = 0; i < names.Length; i++)
            if (names[i] == target.Name.Class) return i;
        return null;
    }
}
