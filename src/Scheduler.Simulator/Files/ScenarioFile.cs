using System.Collections.Immutable;
using Scheduler.Core.Geo;
using Scheduler.Core.Topology;
using Scheduler.Protocol.Documents;
using Scheduler.Protocol.Fleets;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Files;

/// <summary>Scenarios as YAML files that operators write, with the fleet and the demand files that they name.</summary>
public sealed class ScenarioFile
{
    private readonly string _path;
    private readonly CellMap _map;
    private readonly IReadOnlyList<City> _cities;
    private readonly int _seed;
    private readonly List<ScenarioProblem> _problems = [];

    private ScenarioFile(string path, CellMap map, IReadOnlyList<City> cities, int seed) => (_path, _map, _cities, _seed) = (path, map, cities, seed);

    /// <summary>Reads a scenario; every problem of all files at once.</summary>
    /// <param name="path">The scenario file. Files that it names are looked for from its folder.</param>
    /// <param name="map">The map whose cells demand is given for.</param>
    /// <param name="cities">Where the sites of a generated fleet may stand: faults may name them.</param>
    /// <param name="seed">Seed of a generated fleet.</param>
    public static ScenarioReadResult Read(string path, CellMap map, IReadOnlyList<City> cities, int seed) => new ScenarioFile(path, map, cities, seed).Read();

    private ScenarioReadResult Read()
    {
        if (!TryReadFile(_path, out byte[] bytes, out string missing)) return new([new ScenarioProblem(_path, 1, 1, "", missing)]);
        DocumentValue? document = Utf8Text.Read(bytes, out DocumentFault? fault) is { } text ? YamlDocumentTree.Read(text, out fault) : null;
        if (document is null) return new([new ScenarioProblem(_path, fault!.Position.Line, fault.Position.Column, "", fault.Reason)]);
        var problems = new DocumentProblems();
        var reader = new ScenarioDocumentReader(document, problems);
        Scenario scenario = reader.Read(DefaultName(_path));
        scenario = scenario with { Fleet = ReadFleet(reader, problems, document), Demand = ReadDemand(reader, problems, document) };
        ScenarioValidator.Validate(scenario, FleetOf(scenario, reader), (field, reason) => problems.AddAt(document, field, reason));
        _problems.InsertRange(0, problems.ToImmutable().Select(p => new ScenarioProblem(_path, p.Line, p.Column, p.Field, p.Reason)));
        return _problems.Count == 0 ? new ScenarioReadResult(scenario) : new ScenarioReadResult([.. _problems]);
    }

    /// <summary>The fleet that targets are looked up in; null when there is none to look in.</summary>
    private Fleet? FleetOf(Scenario scenario, ScenarioDocumentReader reader)
    {
        if (reader.FleetPath is not null || scenario.Fleet is not null) return scenario.Fleet;
        bool isGenerable = scenario.Sites is >= 1 and <= ScenarioValidator.MostSites && scenario.Nodes >= scenario.Sites && scenario.Nodes <= FleetLimits.Nodes;
        return isGenerable && !scenario.Faults.IsEmpty ? FleetGenerator.Generate(scenario.Sites, scenario.Nodes, _cities, _seed) : null;
    }

    private Fleet? ReadFleet(ScenarioDocumentReader reader, DocumentProblems problems, DocumentValue document)
    {
        if (reader.FleetPath is not { } name || Beside(name, "fleet", problems, document) is not var (path, bytes)) return null;
        DocumentReadResult<Fleet> result = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? FleetJson.Read(bytes) : FleetYaml.Read(bytes);
        _problems.AddRange(result.Problems.Select(p => new ScenarioProblem(path, p.Line, p.Column, p.Field, p.Reason)));
        return result.Value;
    }

    private ImmutableArray<CellDemand> ReadDemand(ScenarioDocumentReader reader, DocumentProblems problems, DocumentValue document)
    {
        if (reader.DemandPath is not { } name || Beside(name, "demand", problems, document) is not var (path, bytes)) return [];
        var found = new DocumentProblems();
        ImmutableArray<CellDemand> demand = Utf8Text.Read(bytes, out DocumentFault? fault) is { } text ? new DemandTable(_map, found).Read(text) : [];
        if (fault is not null) found.Add(fault.Position, "", fault.Reason);
        _problems.AddRange(found.ToImmutable().Select(p => new ScenarioProblem(path, p.Line, p.Column, p.Field, p.Reason)));
        return demand;
    }

    private (string Path, byte[] Bytes)? Beside(string name, string field, DocumentProblems problems, DocumentValue document)
    {
        string path = Path.Combine(Path.GetDirectoryName(_path) ?? "", name);
        if (TryReadFile(path, out byte[] bytes, out string missing)) return (path, bytes);
        problems.AddAt(document, field, $"names {path}, which {missing}");
        return null;
    }

    private static bool TryReadFile(string path, out byte[] bytes, out string reason)
    {
        (bytes, reason) = ([], "");
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > DocumentLimits.Bytes }) reason = DocumentLimits.TooLong;
            else bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            reason = "is not there";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            reason = $"cannot be read: {e.Message.TrimEnd('.')}";
        }
        return reason.Length == 0;
    }

    private static string DefaultName(string path) => Path.GetFileNameWithoutExtension(path);
}
