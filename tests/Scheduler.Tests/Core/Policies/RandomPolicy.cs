using System.Collections.Immutable;
using Scheduler.Core.Drains;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Tests.Core.Policies;

/// <summary>Valid policies by chance, for a fleet of <see cref="Fleet"/>.</summary>
internal static class RandomPolicy
{
    public static readonly ImmutableArray<string> Countries = ["DE", "GB", "JP", "NO", "RU", "US"];

    /// <summary>A fleet whose sites stand in all countries, in three regions, some of them labelled; all nodes edge, some ingest as well.</summary>
    public static Fleet Fleet(Random random, int sites)
    {
        var list = ImmutableArray.CreateBuilder<Site>();
        var nodes = ImmutableArray.CreateBuilder<Node>();
        for (int s = 0; s < sites; s++)
        {
            string id = $"s{s:00}";
            list.Add(new Site(
                id, SiteKind.Pop, Region(s % 3), "Somewhere", Countries[s % Countries.Length], new GeoPoint(random.Next(-60, 60), random.Next(-170, 170)), null,
                s % 2 == 0 ? "flat" : "dear", [], s % 4 == 0 ? Labels.None.Add("tier", "premium") : Labels.None));
            for (int n = random.Next(1, 4); n > 0; n--)
                nodes.Add(new Node(
                    $"{id}-{n}", id, BitRate.FromKbps(100_000), random.Next(3) == 0 ? NodeRoles.Edge | NodeRoles.Ingest : NodeRoles.Edge,
                    random.Next(2) == 0 ? StreamProtocols.Hls : StreamProtocols.Hls | StreamProtocols.WebRtc, $"{id}-{n}.example", null, null, Labels.None));
        }
        return FleetValidator.Canonical(new Fleet(
            [.. Enumerable.Range(0, 3).Select(r => new Region(Region(r), "A region"))],
            [new Tariff("flat", 1, TariffBilling.Flat, BitRate.Zero), new Tariff("dear", 9, TariffBilling.Percentile95, BitRate.FromGbps(1))],
            list.ToImmutable(), nodes.ToImmutable(), [], ImmutableSortedDictionary<StreamProtocols, string>.Empty));
    }

    public static Policy Of(Random random, Fleet fleet)
    {
        var policy = new Policy(
            Weights(random, isClass: false), random.Next(2) == 0 ? null : "GB-51n-000e-0001",
            [.. Enumerable.Range(0, random.Next(5)).Select(i => Fence(random, fleet, $"fence-{i}"))],
            [.. Enumerable.Range(0, random.Next(4)).Select(i => Class(random, fleet, i))],
            random.Next(2) == 0 ? [] : [new TariffOverride("dear", random.Next(20), random.Next(2) == 0 ? null : BitRate.FromGbps(random.Next(9)))],
            [.. Enumerable.Range(0, random.Next(3)).Select(i => Override(random, fleet, i))]);
        Assert.Empty(PolicyValidator.Validate(policy, fleet, map: null));
        return policy;
    }

    private static string Region(int number) => $"region-{number}";

    private static GeoFence Fence(Random random, Fleet fleet, string id)
    {
        ImmutableArray<string> countries = Some(random, Countries);
        bool except = random.Next(2) == 0;
        return new GeoFence(
            id, except ? [] : countries, except ? countries : [], random.Next(2) == 0 ? FenceRule.Allow : FenceRule.Deny, Selector(random, fleet),
            "Because: \"it\" is so — Gesetz №7");
    }

    private static StreamClass Class(Random random, Fleet fleet, int number) => new(
        $"class-{number}", random.Next(3) == 0 ? [] : [$"c{number}-*", $"exact.{number}"], [$"tenant-{number}"], Weights(random, isClass: true),
        random.Next(2) == 0 ? null : Selector(random, fleet));

    private static SiteSelector Selector(Random random, Fleet fleet) => random.Next(8) == 0 ? SiteSelector.Every : random.Next(4) switch
    {
        0 => SiteSelector.None with { Sites = Some(random, [.. fleet.Sites.Select(site => site.Id)]) },
        1 => SiteSelector.None with { Regions = Some(random, [.. fleet.Regions.Select(region => region.Id)]) },
        2 => SiteSelector.None with { Countries = Some(random, [.. fleet.Sites.Select(site => site.Country).Distinct()]) },
        _ => SiteSelector.None with { Labels = [LabelSelector.TryParse("tier=premium", out LabelSelector? labels, out _) ? labels : throw new InvalidOperationException()], Sites = [fleet.Sites[^1].Id] },
    };

    private static PrefixOverride Override(Random random, Fleet fleet, int number) => new(
        IpPrefix.TryParse(System.Text.Encoding.ASCII.GetBytes(number == 0 ? "198.51.100.0/24" : $"2001:db8:{number}::/48"), out IpPrefix prefix) ? prefix : default,
        random.Next(2) == 0 ? new OverrideTarget.ToCell("GB-51n-000e-0001") : new OverrideTarget.ToSites(Some(random, [.. fleet.Sites.Select(site => site.Id)])));

    private static PolicyWeights Weights(Random random, bool isClass)
    {
        PolicyWeights weights = PolicyWeights.None;
        foreach (PolicyWeight weight in PolicyWeight.All)
        {
            if (random.Next(4) != 0 || (isClass && !weight.PerClass) || weight.Name is "receiver_full" or "receiver_well") continue; // which have a rule of their own
            weights = weights with { Values = weights.Values.Add(weight.Name, weight.Least + (random.NextDouble() * (weight.Most - weight.Least))) };
        }
        return isClass || random.Next(3) != 0 ? weights : weights with { PriceCommits = random.Next(2) == 0 };
    }

    private static ImmutableArray<string> Some(Random random, ImmutableArray<string> all)
    {
        ImmutableArray<string> some = [.. all.Where(_ => random.Next(3) == 0)];
        return some.IsEmpty ? [all[random.Next(all.Length)]] : some;
    }
}
