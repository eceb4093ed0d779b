using System.Collections.Immutable;
using System.Text;
using Scheduler.Core.Topology;
using Scheduler.Core.Units;
using Scheduler.Protocol.Fleets;

namespace Scheduler.Tests.Server.Admin;

/// <summary>Valid fleets from a line a node, <c>SITE NODE ROLE</c>: short enough to stand in the test that is about them. Every site has the label <c>all=nodes</c>.</summary>
internal static class SmallFleet
{
    /// <summary>The fleet, in canonical order.</summary>
    public static Fleet Of(params string[] lines)
    {
        string[][] words = [.. lines.Select(line => line.Split(' '))];
        var fleet = new Fleet(
            [new Region("europe", "Europe")],
            [new Tariff("flat", 1, TariffBilling.Flat, BitRate.Zero)],
            [.. words.Select(word => word[0]).Distinct().Select(SiteOf)],
            [.. words.Select(word => NodeOf(word[0], word[1], Enum.Parse<NodeRoles>(word[2])))],
            [],
            ImmutableSortedDictionary<StreamProtocols, string>.Empty.Add(StreamProtocols.Hls, "https://{host}/{stream}.m3u8"));
        Assert.Empty(FleetValidator.Validate(fleet));
        return FleetValidator.Canonical(fleet);
    }

    /// <summary>The fleet as the admin API writes it in JSON.</summary>
    public static string Json(params string[] lines) => Encoding.UTF8.GetString(FleetJson.Write(Of(lines)));

    /// <summary>The fleet as the admin API writes it in YAML.</summary>
    public static string Yaml(params string[] lines) => FleetYaml.Write(Of(lines));

    private static Site SiteOf(string id) => new(
        id, SiteKind.Pop, "europe", "London", "GB", new GeoPoint(51.5, -0.1), null, "flat", [], Labels.None.Add("all", "nodes"));

    private static Node NodeOf(string site, string id, NodeRoles roles) => new(
        id, site, BitRate.FromGbps(40), roles, StreamProtocols.Hls, $"{id}.edge.example", null, null, Labels.None);
}
