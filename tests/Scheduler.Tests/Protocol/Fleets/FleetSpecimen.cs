using System.Collections.Immutable;
using System.Net;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;

namespace Scheduler.Tests.Protocol.Fleets;

/// <summary>Random valid fleets whose texts and numbers are as odd as validity allows.</summary>
internal static class FleetSpecimen
{
    private static readonly string[] Names =
        ["NO", "null", "~x", "true", "1e5", "São Paulo", "Łódź", "東京", "a: b", "# no comment", "\"quoted\"", "back\\slash", "it's", "{x}", "[y]", "- z", "&a", "*b",
            "!tag", "%x", "@y", "x, y", "x #y", "emoji 🎥", "line\u2028sep", "bom\uFEFFx", "\uFFFE", "a  b", "?", "<<", "=", "0x10", ".inf", "12:30:45"];

    public static Fleet Make(int seed)
    {
        var random = new Random(seed);
        Region[] regions = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => new Region(Id(random, i), Name(random)))];
        Tariff[] tariffs = [.. Enumerable.Range(0, random.Next(1, 4)).Select(i =>
            new Tariff(Id(random, i), random.NextDouble() * 100, (TariffBilling)random.Next(2), new BitRate(Rate(random) - 1)))];
        string[] idcs = [.. Enumerable.Range(0, random.Next(0, 3)).Select(i => Id(random, i))];
        string[] pops = [.. Enumerable.Range(idcs.Length, random.Next(0, 5)).Select(i => Id(random, i))];
        Site[] sites = [.. idcs.Concat(pops).Select((id, i) => new Site(
            id, i < idcs.Length ? SiteKind.Idc : SiteKind.Pop, Any(random, regions).Id, Name(random), Any(random, ["NO", "GB", "US", "ZZ"]),
            new GeoPoint((random.NextDouble() * 180) - 90, (random.NextDouble() * 360) - 180), random.Next(2) == 0 ? null : new BitRate(Rate(random)),
            Any(random, tariffs).Id, i < idcs.Length ? [] : [.. idcs.OrderBy(_ => random.Next())], LabelsOf(random)))];
        Node[] nodes = sites.Length == 0 ? [] : [.. Enumerable.Range(0, random.Next(0, 12)).Select(i => NodeOf(random, i, Any(random, sites).Id))];
        BackhaulLink[] links = [.. from pop in pops from idc in idcs where random.Next(2) == 0
            select new BackhaulLink(pop, idc, new BitRate(Rate(random)), random.NextDouble() * 1e6)];
        ImmutableSortedDictionary<StreamProtocols, string> urls = ImmutableSortedDictionary.CreateRange(
            Enum.GetValues<StreamProtocols>().Where(protocol => protocol != StreamProtocols.None && random.Next(2) == 0)
                .Select(protocol => KeyValuePair.Create(protocol, $"https://{{host}}/{protocol}?s={{stream}}&x='#%20\"\\")));
        return FleetValidator.Canonical(new Fleet([.. regions], [.. tariffs], [.. sites], [.. nodes], [.. links], urls));
    }

    /// <summary>Everything in a fleet as text, so that two fleets can be compared by value.</summary>
    public static string Flatten(Fleet fleet) => string.Join('\n',
    [
        .. fleet.Regions.Select(region => region.ToString()),
        .. fleet.Tariffs.Select(tariff => FormattableString.Invariant($"{tariff.Id} {tariff.PricePerMbps:R} {tariff.Billing} {tariff.Commit.BitsPerSecond}")),
        .. fleet.Sites.Select(site => FormattableString.Invariant(
            $"{site.Id} {site.Kind} {site.Region} {site.Place} {site.Country} {site.Location.Latitude:R} {site.Location.Longitude:R} {site.EgressCap?.BitsPerSecond} {site.Tariff} {string.Join(';', site.Upstreams)} {Text(site.Labels)}")),
        .. fleet.Nodes.Select(node => FormattableString.Invariant(
            $"{node.Id} {node.Site} {node.Capacity.BitsPerSecond} {node.Roles} {node.Protocols} {node.Host} {node.IPv4} {node.IPv6} {Text(node.Labels)}")),
        .. fleet.Links.Select(link => FormattableString.Invariant($"{link.Pop} {link.Idc} {link.Capacity.BitsPerSecond} {link.PricePerMbps:R}")),
        .. fleet.Urls.Select(url => $"{url.Key} {url.Value}"),
    ]);

    private static Node NodeOf(Random random, int i, string site) => new(
        Id(random, i), site, new BitRate(Math.Min(Rate(random), FleetLimits.NodeCapacity.BitsPerSecond)), (NodeRoles)random.Next(1, 8), (StreamProtocols)random.Next(1, 64),
        Any(random, [$"n{i}.example", $"N{i}.example:8443", $"192.0.2.{i}", $"[2001:db8::{i:x}]:443"]),
        random.Next(2) == 0 ? null : IPAddress.Parse($"198.18.0.{i + 1}"), random.Next(2) == 0 ? null : IPAddress.Parse(i == 0 ? "2001:db8::" : $"2001:db8::{i:x}"),
        LabelsOf(random));

    private static string Id(Random random, int i) => Any(random, ["no", "null", "y", "on", "1e", "0x", "007", "a", "x-"]) + i;

    private static string Name(Random random) => Any(random, Names) + (random.Next(2) == 0 ? "" : " " + Any(random, Names));

    private static long Rate(Random random) => random.Next(4) switch
    {
        0 => random.Next(1, 1_000) * 1_000_000_000L,
        1 => random.NextInt64(1, 100_000) * 1_000_000L,
        _ => random.NextInt64(1, FleetLimits.Capacity.BitsPerSecond),
    };

    private static ImmutableSortedDictionary<string, string> LabelsOf(Random random) => Labels.None.AddRange(
        Enumerable.Range(0, random.Next(0, 3)).Select(i => KeyValuePair.Create($"{Any(random, ["no", "a.b", "x/y", "0"])}{i}", Any(random, ["true", "1.5", "a", "NULL"]))));

    private static string Text(ImmutableSortedDictionary<string, string> labels) => string.Join(';', labels.Select(label => $"{label.Key}={label.Value}"));

    private static T Any<T>(Random random, T[] items) => items[random.Next(items.Length)];
}
