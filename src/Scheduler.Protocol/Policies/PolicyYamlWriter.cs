using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;
using Scheduler.Protocol.Documents;

namespace Scheduler.Protocol.Policies;

/// <summary>Writes policies as YAML that a person can read and edit: blocks for fences and classes, one line for each tariff and prefix.</summary>
internal sealed class PolicyYamlWriter
{
    private readonly StringBuilder _yaml = new();

    public string Write(Policy policy)
    {
        // An empty document would be none: what sets nothing says so.
        _yaml.Append(policy.Weights.IsEmpty ? "weights: {}\n" : "weights:\n");
        WriteWeights(policy.Weights, "  ");
        WriteDefaults(policy.Weights);
        if (policy.DefaultCell is { } cell) _yaml.Append(CultureInfo.InvariantCulture, $"\ndefault_cell: {YamlText.Of(cell)}\n");
        WriteList("fences", policy.Fences, Write);
        WriteList("classes", policy.Classes, Write);
        WriteList("tariffs", policy.Tariffs, Write);
        WriteList("overrides", policy.Overrides, Write);
        return _yaml.ToString();
    }

    private void WriteList<T>(string name, ImmutableArray<T> items, Action<T> write)
    {
        if (items.IsEmpty) return;
        _yaml.Append(CultureInfo.InvariantCulture, $"\n{name}:\n");
        foreach (T item in items) write(item);
    }

    private void WriteWeights(PolicyWeights weights, string indent)
    {
        foreach (PolicyWeight weight in PolicyWeight.All)
            if (weights.Values.TryGetValue(weight.Name, out double value)) _yaml.Append(CultureInfo.InvariantCulture, $"{indent}{weight.Name}: {value:R}\n");
        if (weights.PriceCommits is { } commits) _yaml.Append(CultureInfo.InvariantCulture, $"{indent}price_commits: {(commits ? "true" : "false")}\n");
    }

    /// <summary>Tells in comments what could be set and is not: who edits the document need not look it up.</summary>
    private void WriteDefaults(PolicyWeights weights)
    {
        _yaml.Append("  # not set, with what holds where the configuration says nothing else:\n");
        foreach (PolicyWeight weight in PolicyWeight.All)
        {
            if (weights.Values.ContainsKey(weight.Name)) continue;
            _yaml.Append(
                CultureInfo.InvariantCulture, $"  # {weight.Name}: {weight.Of(DispatchPolicy.Default):R} # {weight.Least:R} to {weight.Most:R}{(weight.PerClass ? "; by class too" : "")}\n");
        }
        if (weights.PriceCommits is null) _yaml.Append("  # price_commits: false\n");
    }

    private void Write(GeoFence fence)
    {
        Line("  - id: ", YamlText.Of(fence.Id));
        if (!fence.Countries.IsEmpty) Line("    countries: ", Flow(fence.Countries));
        if (!fence.ExceptCountries.IsEmpty) Line("    except_countries: ", Flow(fence.ExceptCountries));
        Line(fence.Rule == FenceRule.Allow ? "    allow: " : "    deny: ", Flow(fence.Sites));
        Line("    reason: ", YamlText.Of(fence.Reason));
    }

    private void Write(StreamClass streams)
    {
        Line("  - id: ", YamlText.Of(streams.Id));
        if (!streams.Streams.IsEmpty) Line("    streams: ", Flow(streams.Streams));
        if (!streams.Tenants.IsEmpty) Line("    tenants: ", Flow(streams.Tenants));
        if (!streams.Weights.IsEmpty) Line("    weights:", "");
        WriteWeights(streams.Weights, "      ");
        if (streams.Sites is { } sites) Line("    sites: ", Flow(sites));
    }

    private void Write(TariffOverride tariff)
    {
        string price = tariff.PricePerMbps is { } value ? string.Create(CultureInfo.InvariantCulture, $", price_per_mbps: {value:R}") : "";
        string commit = tariff.Commit is { } rate ? $", commit_bps: {BitRateText.Format(rate)}" : "";
        Line("  - ", $"{{id: {YamlText.Of(tariff.Tariff)}{price}{commit}}}");
    }

    private void Write(PrefixOverride prefix)
    {
        string target = prefix.Target switch
        {
            OverrideTarget.ToCell cell => $"cell: {YamlText.Of(cell.Id)}",
            OverrideTarget.ToSites sites => $"sites: {Flow(sites.Ids)}",
            _ => throw new InvalidOperationException("an override goes to a cell or to sites"),
        };
        Line("  - ", $"{{prefix: \"{prefix.Prefix}\", {target}}}"); // quoted: a colon is in it
    }

    private void Line(string start, string rest) => _yaml.Append(start).Append(rest).Append('\n');

    private static string Flow(SiteSelector selector)
    {
        if (selector.All) return "{all: true}";
        (string Name, ImmutableArray<string> Texts)[] members =
        [
            ("sites", selector.Sites), ("regions", selector.Regions), ("countries", selector.Countries),
            ("labels", [.. selector.Labels.Select(labels => labels.ToString())]),
        ];
        return $"{{{string.Join(", ", members.Where(member => !member.Texts.IsEmpty).Select(member => $"{member.Name}: {Flow(member.Texts)}"))}}}";
    }

    private static string Flow(ImmutableArray<string> texts) => $"[{string.Join(", ", texts.Select(YamlText.Of))}]";
}
