using System.Collections.Immutable;

namespace Scheduler.State.Planning;

/// <summary>
/// What live sessions weigh, twice: by the cell they come from and by the site they are on. Both are keyed by permanent numbers, so that what several
/// replicas know can be added up.
/// </summary>
/// <param name="Cells">Demand of each cell that has any, by rising number.</param>
/// <param name="Sites">What the same sessions weigh at each site that has any, by rising number.</param>
public sealed record Demand(ImmutableArray<NumberedKbps> Cells, ImmutableArray<NumberedKbps> Sites)
{
    /// <summary>
    /// What of <see cref="Cells"/> is of classes of streams that are planned apart, by id, ordinal. The rest is planned by the weights and fences of all.
    /// </summary>
    public ImmutableArray<ClassDemand> Classes { get; init; } = [];

    /// <summary>No session anywhere.</summary>
    public static Demand None { get; } = new([], []);

    /// <summary>The demand of both: a session lives at one replica only, so nothing is counted twice.</summary>
    public Demand Plus(Demand other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new Demand(Merge(Cells, other.Cells), Merge(Sites, other.Sites)) { Classes = Merge(Classes, other.Classes) };
    }

    private static ImmutableArray<ClassDemand> Merge(ImmutableArray<ClassDemand> left, ImmutableArray<ClassDemand> right)
    {
        if (left.IsEmpty || right.IsEmpty) return left.IsEmpty ? right : left;
        return
        [
            .. left.Concat(right).GroupBy(part => part.Class, StringComparer.Ordinal).OrderBy(parts => parts.Key, StringComparer.Ordinal)
                .Select(parts => new ClassDemand(parts.Key, parts.Select(part => part.Cells).Aggregate(Merge))),
        ];
    }

    private static ImmutableArray<NumberedKbps> Merge(ImmutableArray<NumberedKbps> left, ImmutableArray<NumberedKbps> right)
    {
        if (left.IsEmpty || right.IsEmpty) return left.IsEmpty ? right : left;
        var merged = ImmutableArray.CreateBuilder<NumberedKbps>(left.Length + right.Length);
        int l = 0, r = 0;
        while (l < left.Length && r < right.Length)
        {
            int order = left[l].Number.CompareTo(right[r].Number);
            if (order == 0) merged.Add(new NumberedKbps(left[l].Number, left[l++].Kbps + right[r++].Kbps));
            else merged.Add(order < 0 ? left[l++] : right[r++]);
        }
        while (l < left.Length) merged.Add(left[l++]);
        while (r < right.Length) merged.Add(right[r++]);
        return merged.ToImmutable();
    }
}
