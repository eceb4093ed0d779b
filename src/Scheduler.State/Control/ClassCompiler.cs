using System.Collections.Immutable;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Policies;
using Scheduler.Core.Routing;

namespace Scheduler.State.Control;

/// <summary>Compiles a policy for one fleet and map: for each class of streams its fences, weights and candidates.</summary>
/// <param name="defaults">The rules where the policy sets nothing.</param>
/// <param name="rtts">Round-trip times.</param>
/// <param name="measured">Which of them were measured; null when none is learnt.</param>
internal sealed class ClassCompiler(DispatchPolicy defaults, RttSource rtts, RttKnowledge? measured)
{
    private readonly ClassSlots _slots = new();

    /// <summary>Compiles everything. O(cells × sites) for each class whose candidates are like no other's.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="cells">Cells by dense index.</param>
    /// <param name="siteLists">The site lists of overrides, in the locator's order.</param>
    /// <param name="fleet">The fleet.</param>
    public ClassTables Compile(
        Policy policy, ImmutableArray<CellPlace> cells, ImmutableArray<ImmutableArray<string>> siteLists, FleetIndex fleet)
    {
        DispatchPolicy rules = policy.Weights.Over(defaults);
        var made = new Dictionary<(SiteCost, SiteSelector?), ClassTable>();
        _slots.Take(policy.Classes);
        return new ClassTables(new StreamClassifier(policy.Classes), [Table(null), .. policy.Classes.Select(Table)]);

        ClassTable Table(StreamClass? streams)
        {
            DispatchPolicy own = streams?.Weights.Over(rules) ?? rules;
            // What a cold stream costs is in no row: classes that differ in it alone share their candidates.
            (SiteCost, SiteSelector?) key = (own.Cost with { ColdStreamMs = 0 }, streams?.Sites);
            if (made.TryGetValue(key, out ClassTable? same)) return same with { Policy = own, Slot = same.Slot == 0 ? 0 : _slots.Of(streams!) };
            SiteFences fences = SiteFencesBuilder.Build(cells, fleet, policy.Fences, streams);
            CandidateTable candidates = CandidateTableBuilder.Build(cells, siteLists, fleet, own.Cost, rtts, measured, fences);
            return made[key] = new ClassTable(candidates, own, fences, streams is null ? 0 : _slots.Of(streams));
        }
    }

    /// <summary>Compiles the rows of some cells anew, whose round-trip times have changed.</summary>
    /// <param name="tables">What is in force.</param>
    /// <param name="cells">Permanent numbers of the cells.</param>
    /// <param name="fleet">The fleet.</param>
    public ClassTables Rebuild(ClassTables tables, IReadOnlyCollection<int> cells, FleetIndex fleet)
    {
        var made = new Dictionary<CandidateTable, CandidateTable>();
        return tables with { Tables = [.. tables.Tables.Select(Rebuilt)] };

        ClassTable Rebuilt(ClassTable table)
        {
            if (!made.TryGetValue(table.Candidates, out CandidateTable? candidates))
                made[table.Candidates] = candidates = CandidateTableBuilder.Rebuild(table.Candidates, cells, fleet, table.Policy.Cost, rtts, measured, table.Fences);
            return table with { Candidates = candidates };
        }
    }
}
