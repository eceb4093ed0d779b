using System.Collections.Immutable;
using System.Text.Json;
using Scheduler.Core.Geo;
using Scheduler.Core.Policies;

namespace Scheduler.Protocol.Policies;

/// <summary>Writes policies as JSON. What is not set is not written.</summary>
internal sealed class PolicyJsonWriter(Utf8JsonWriter json)
{
    public void Write(Policy policy)
    {
        json.WriteStartObject();
        Write(policy.Weights);
        if (policy.DefaultCell is { } cell) json.WriteString("default_cell", cell);
        WriteList("fences", policy.Fences, Write);
        WriteList("classes", policy.Classes, Write);
        WriteList("tariffs", policy.Tariffs, Write);
        WriteList("overrides", policy.Overrides, Write);
        json.WriteEndObject();
    }

    private void WriteList<T>(string name, ImmutableArray<T> items, Action<T> members)
    {
        if (items.IsEmpty) return;
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            members(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private void Write(PolicyWeights weights)
    {
        if (weights.IsEmpty) return;
        json.WriteStartObject("weights");
        foreach (PolicyWeight weight in PolicyWeight.All)
            if (weights.Values.TryGetValue(weight.Name, out double value)) json.WriteNumber(weight.Name, value);
        if (weights.PriceCommits is { } commits) json.WriteBoolean("price_commits", commits);
        json.WriteEndObject();
    }

    private void Write(GeoFence fence)
    {
        json.WriteString("id", fence.Id);
        WriteTexts("countries", fence.Countries);
        WriteTexts("except_countries", fence.ExceptCountries);
        Write(fence.Rule == FenceRule.Allow ? "allow" : "deny", fence.Sites);
        json.WriteString("reason", fence.Reason);
    }

    private void Write(StreamClass streams)
    {
        json.WriteString("id", streams.Id);
        WriteTexts("streams", streams.Streams);
        WriteTexts("tenants", streams.Tenants);
        Write(streams.Weights);
        if (streams.Sites is { } sites) Write("sites", sites);
    }

    private void Write(string name, SiteSelector selector)
    {
        json.WriteStartObject(name);
        if (selector.All) json.WriteBoolean("all", true);
        WriteTexts("sites", selector.Sites);
        WriteTexts("regions", selector.Regions);
        WriteTexts("countries", selector.Countries);
        WriteTexts("labels", [.. selector.Labels.Select(labels => labels.ToString())]);
        json.WriteEndObject();
    }

    private void Write(TariffOverride tariff)
    {
        json.WriteString("id", tariff.Tariff);
        if (tariff.PricePerMbps is { } price) json.WriteNumber("price_per_mbps", price);
        if (tariff.Commit is { } commit) json.WriteNumber("commit_bps", commit.BitsPerSecond);
    }

    private void Write(PrefixOverride prefix)
    {
        json.WriteString("prefix", prefix.Prefix.ToString());
        if (prefix.Target is OverrideTarget.ToCell cell) json.WriteString("cell", cell.Id);
        else if (prefix.Target is OverrideTarget.ToSites sites) WriteTexts("sites", sites.Ids);
    }

    private void WriteTexts(string name, ImmutableArray<string> texts)
    {
        if (texts.IsEmpty) return;
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
