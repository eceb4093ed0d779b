using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Scheduler.Core.Cost;
using Scheduler.Core.Planning;

namespace Scheduler.Cli.Plans;

/// <summary>Reads a planning instance from JSON, or tells every problem in it at once.</summary>
internal sealed class PlanInstanceReader
{
    // Far beyond any network, and so small that no product or cube of two of them leaves the range of a double.
    private const double MostMbps = 1e15;
    private const double MostCost = 1e9;

    private readonly ImmutableArray<InstanceProblem>.Builder _problems = ImmutableArray.CreateBuilder<InstanceProblem>();

    private PlanInstanceReader()
    {
    }

    /// <summary>Reads an instance.</summary>
    /// <param name="json">The file.</param>
    /// <param name="problems">Every problem; empty when there is an instance.</param>
    /// <returns>The instance; null when there are problems.</returns>
    public static PlanInstance? Read(ReadOnlyMemory<byte> json, out ImmutableArray<InstanceProblem> problems)
    {
        var reader = new PlanInstanceReader();
        PlanInstance? instance = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            instance = reader.Read(document.RootElement);
        }
        catch (JsonException e)
        {
            reader.Blame("", $"no JSON: {e.Message}");
        }
        problems = reader._problems.ToImmutable();
        return instance;
    }

    private PlanInstance? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Blame("", "is no object");
            return null;
        }
        (List<string> siteIds, List<double> capacities) = ReadSites(ArrayOf(root, "sites"));
        var rows = new CandidateRows(siteIds.Count);
        (List<string> cellIds, List<double> demands) = ReadCells(ArrayOf(root, "cells"), rows);
        LoadPenalty penalty = ReadPenalty(root);
        if (_problems.Count > 0) return null;
        var network = new PlanNetwork(siteIds.Count, [.. rows.Starts], [.. rows.Sites], [.. rows.Costs]);
        return new PlanInstance(new PlanProblem(network, [.. demands], [.. capacities], penalty), [.. siteIds], [.. cellIds]);
    }

    private (List<string> Ids, List<double> Capacities) ReadSites(JsonElement[] sites)
    {
        List<string> ids = [];
        List<double> capacities = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement site in sites)
        {
            string field = $"sites[{ids.Count}]";
            ids.Add(ReadId(site, field, seen));
            capacities.Add(ReadNumber(site, field, "capacity_mbps", 0, MostMbps));
        }
        return (ids, capacities);
    }

    private (List<string> Ids, List<double> Demands) ReadCells(JsonElement[] cells, CandidateRows rows)
    {
        List<string> ids = [];
        List<double> demands = [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement cell in cells)
        {
            string field = $"cells[{ids.Count}]";
            ids.Add(ReadId(cell, field, seen));
            demands.Add(ReadNumber(cell, field, "demand_mbps", 0, MostMbps));
            if (cell.ValueKind != JsonValueKind.Object) continue; // told already
            rows.Begin();
            JsonElement[] candidates = ArrayOf(cell, "candidates", field + ".");
            for (int i = 0; i < candidates.Length; i++) ReadCandidate(candidates[i], $"{field}.candidates[{i}]", rows);
            rows.End();
        }
        return (ids, demands);
    }

    private void ReadCandidate(JsonElement candidate, string field, CandidateRows rows)
    {
        if (candidate.ValueKind != JsonValueKind.Array || candidate.GetArrayLength() != 2)
        {
            Blame(field, "is no pair [site index, a_ms]");
            return;
        }
        bool isIndex = candidate[0].ValueKind == JsonValueKind.Number && candidate[0].TryGetDouble(out double index)
            && index == Math.Floor(index) && index >= 0 && index < rows.SiteCount;
        if (!isIndex)
        {
            Blame(field + "[0]", $"is no index of one of {rows.SiteCount} sites");
            return;
        }
        int site = (int)candidate[0].GetDouble();
        if (rows.Names(site)) Blame(field + "[0]", $"site {site} is a candidate of this cell already");
        else rows.Add(site, ReadNumber(candidate[1], field + "[1]", -MostCost, MostCost));
    }

    private LoadPenalty ReadPenalty(JsonElement root)
    {
        LoadPenalty standard = LoadPenalty.Default;
        if (!root.TryGetProperty("penalty", out JsonElement penalty) || penalty.ValueKind == JsonValueKind.Null) return standard;
        if (penalty.ValueKind != JsonValueKind.Object)
        {
            Blame("penalty", "is no object");
            return standard;
        }
        return new LoadPenalty(
            Optional(penalty, "linear", standard.Linear, MostCost),
            Optional(penalty, "knee", standard.Knee, 0.99),
            Optional(penalty, "knee_cost", standard.KneeCost, MostCost),
            Optional(penalty, "over_cost", standard.OverCost, MostCost));
    }

    private double Optional(JsonElement penalty, string name, double standard, double most) =>
        penalty.TryGetProperty(name, out _) ? ReadNumber(penalty, "penalty", name, 0, most) : standard;

    private string ReadId(JsonElement owner, string field, HashSet<string> seen)
    {
        if (owner.ValueKind != JsonValueKind.Object)
        {
            Blame(field, "is no object");
            return "";
        }
        string id = owner.TryGetProperty("id", out JsonElement element) && element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
        if (id.Length == 0) Blame(field + ".id", "is missing, or no text");
        else if (!seen.Add(id)) Blame(field + ".id", $"'{id}' is there twice");
        return id;
    }

    private double ReadNumber(JsonElement owner, string field, string name, double least, double most)
    {
        if (owner.ValueKind != JsonValueKind.Object) return 0; // told already
        if (owner.TryGetProperty(name, out JsonElement element)) return ReadNumber(element, $"{field}.{name}", least, most);
        Blame($"{field}.{name}", "is missing");
        return 0;
    }

    private double ReadNumber(JsonElement element, string field, double least, double most)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number) && number >= least && number <= most) return number;
        Blame(field, string.Create(CultureInfo.InvariantCulture, $"is no number in [{least}, {most}]"));
        return 0;
    }

    private JsonElement[] ArrayOf(JsonElement owner, string name, string prefix = "")
    {
        if (owner.TryGetProperty(name, out JsonElement array) && array.ValueKind == JsonValueKind.Array && array.GetArrayLength() > 0) return [.. array.EnumerateArray()];
        Blame(prefix + name, "is missing, no list, or empty");
        return [];
    }

    private void Blame(string field, string reason) => _problems.Add(new InstanceProblem(field, reason));
}
