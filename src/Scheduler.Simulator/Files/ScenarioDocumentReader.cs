using System.Collections.Immutable;
using Scheduler.Protocol.Documents;
using Scheduler.Simulator.Scenarios;

namespace Scheduler.Simulator.Files;

/// <summary>Turns the values of a document into a scenario. What is left out has the value of <see cref="Scenario"/>.</summary>
/// <param name="document">The document.</param>
/// <param name="problems">Takes what is wrong with its form; ranges are the validator's.</param>
internal sealed class ScenarioDocumentReader(DocumentValue document, DocumentProblems problems)
{
    private static readonly string[] Members =
    [
        "name", "summary", "policies", "duration", "measure_from", "fleet", "sites", "nodes", "upstreams", "pressure", "demand", "cells", "sessions",
        "session_bps", "session_length", "session_sigma", "streams", "zipf", "start_hour", "diurnal", "replicas", "routing", "report_period",
        "cold_stream_ms", "near_ms", "knows_rtts", "liars", "publishers", "stream_bps", "link_pressure", "parents", "faults",
    ];

    private static readonly string[] FaultMembers = ["kind", "at", "for", "target", "factor", "share", "ramp", "deadline"];
    private static readonly string[] OfGeneratedFleets = ["sites", "nodes", "upstreams", "pressure", "link_pressure"];
    private static readonly string[] OfDemandByPopulation = ["cells", "sessions"];

    /// <summary>Name of the fleet's file; null when the fleet is generated.</summary>
    public string? FleetPath { get; private set; }

    /// <summary>Name of the demand's file; null when demand follows the population.</summary>
    public string? DemandPath { get; private set; }

    /// <summary>Reads the scenario, without the files that it names.</summary>
    /// <param name="fallbackName">Its name when it gives none.</param>
    public Scenario Read(string fallbackName)
    {
        var standard = new Scenario { Name = fallbackName, Summary = "" };
        if (document is not DocumentMapping root)
        {
            problems.Add(document.Position, "", "must be a mapping of fields such as duration, fleet and faults");
            return standard;
        }
        var members = new MemberReader(root, FieldPath.Root, problems, Members);
        FleetPath = members.TextIfAny("fleet");
        DemandPath = members.TextIfAny("demand");
        if (FleetPath is not null) Refuse(root, OfGeneratedFleets, "says how a fleet is generated, but fleet names one");
        if (DemandPath is not null) Refuse(root, OfDemandByPopulation, "says how demand follows the population, but demand names a file");
        double duration = members.Seconds("duration", required: false) ?? standard.DurationS;
        int sites = members.WholeIfAny("sites") ?? standard.Sites;
        Scenario scenario = standard with
        {
            Name = members.TextIfAny("name") ?? fallbackName,
            Summary = members.TextIfAny("summary") ?? "",
            Policies = ReadPolicies(members, standard),
            DurationS = duration,
            MeasureFromS = members.Seconds("measure_from", required: false) ?? Math.Min(standard.MeasureFromS, duration / 2),
            Sites = sites,
            Nodes = members.WholeIfAny("nodes") ?? standard.Nodes,
            Upstreams = members.WholeIfAny("upstreams") ?? standard.Upstreams,
            Pressure = members.Number("pressure", required: false) ?? standard.Pressure,
            Cells = members.WholeIfAny("cells") ?? standard.Cells,
            Sessions = members.WholeIfAny("sessions") ?? standard.Sessions,
            SessionKbps = ReadWeight(members, standard),
            SessionS = members.Seconds("session_length", required: false) ?? standard.SessionS,
            SessionSigma = members.Number("session_sigma", required: false) ?? standard.SessionSigma,
            Streams = members.WholeIfAny("streams") ?? standard.Streams,
            Zipf = members.Number("zipf", required: false) ?? standard.Zipf,
            StartHour = members.Number("start_hour", required: false) ?? standard.StartHour,
            Diurnal = members.TruthIfAny("diurnal") ?? standard.Diurnal,
            Replicas = members.WholeIfAny("replicas") ?? standard.Replicas,
            Routing = members.Word("routing", ScenarioWords.Routings, required: false) ?? standard.Routing,
            ReportS = members.Seconds("report_period", required: false) ?? standard.ReportS,
            ColdStreamMs = members.Number("cold_stream_ms", required: false) ?? standard.ColdStreamMs,
            NearMs = members.Number("near_ms", required: false) ?? standard.NearMs,
            KnowsRtts = members.TruthIfAny("knows_rtts") ?? standard.KnowsRtts,
            Liars = members.Number("liars", required: false) ?? standard.Liars,
            Publishers = members.TruthIfAny("publishers") ?? standard.Publishers,
            StreamKbps = members.BitRate("stream_bps", required: false) is { } rate ? (int)Math.Min(int.MaxValue, rate.Kbps) : standard.StreamKbps,
            LinkPressure = members.Number("link_pressure", required: false) ?? standard.LinkPressure,
            Parents = members.Word("parents", ScenarioWords.Parents, required: false) ?? standard.Parents,
            Faults = ReadFaults(members),
        };
        members.Close();
        return scenario;
    }

    private static int ReadWeight(MemberReader members, Scenario standard) => members.BitRate("session_bps", required: false) is { } weight
        ? (int)Math.Min(int.MaxValue, weight.Kbps)
        : standard.SessionKbps;

    private ImmutableArray<string> ReadPolicies(MemberReader members, Scenario standard)
    {
        if (!members.Has("policies")) return standard.Policies;
        ImmutableArray<string>.Builder policies = ImmutableArray.CreateBuilder<string>();
        members.ForEach("policies", required: false, (item, path) =>
        {
            string? name = MemberReader.AsText(item);
            if (name is null) problems.Add(item.Position, path, "must be text");
            policies.Add(name ?? "");
        });
        return policies.ToImmutable();
    }

    private ImmutableArray<Fault> ReadFaults(MemberReader members)
    {
        ImmutableArray<Fault>.Builder faults = ImmutableArray.CreateBuilder<Fault>();
        members.ForEach("faults", required: false, (item, path) => faults.Add(ReadFault(item, path)));
        return faults.ToImmutable();
    }

    private Fault ReadFault(DocumentValue item, FieldPath path)
    {
        if (item is not DocumentMapping mapping)
        {
            problems.Add(item.Position, path, "must be a mapping such as {kind: site-loss, at: 2m, for: 60s}");
            return new Fault(FaultKind.ReconnectStorm, 0); // keeps the positions of those that follow
        }
        var members = new MemberReader(mapping, path, problems, FaultMembers);
        FaultKind? kind = members.Word("kind", ScenarioWords.Faults, required: true);
        FaultShape? shape = kind is { } known ? FaultShape.Of(known) : null;
        double at = members.Seconds("at", required: true) ?? 0;
        double? length = members.Seconds("for", required: false), share = members.Number("share", required: false);
        double? factor = members.Number("factor", required: shape?.MostFactor is not null);
        string? target = members.TextIfAny("target");
        double? ramp = members.Seconds("ramp", required: false), deadline = members.Seconds("deadline", required: false);
        members.Close();
        if (shape is { } meaning)
        {
            if (meaning.MostFactor is null) Refuse("factor");
            if (!meaning.HasShare) Refuse("share");
            if (!meaning.Lasts) Refuse("for");
            if (meaning.Target == FaultTarget.None) Refuse("target");
            if (!meaning.Ramps) Refuse("ramp");
            if (!meaning.Ramps) Refuse("deadline");
        }
        return new Fault(kind ?? FaultKind.ReconnectStorm, at, length, target, factor ?? 1, share ?? 1) { RampS = ramp ?? 0, DeadlineS = deadline };

        void Refuse(string name)
        {
            foreach (DocumentMember member in mapping.Members)
                if (member.Name == name) problems.Add(member.Position, path.Member(name), $"has no meaning for {ScenarioWords.Faults.One(kind!.Value)}");
        }
    }

    private void Refuse(DocumentMapping root, string[] names, string reason)
    {
        foreach (DocumentMember member in root.Members)
            if (names.Contains(member.Name)) problems.Add(member.Position, FieldPath.Root.Member(member.Name), reason);
    }
}
