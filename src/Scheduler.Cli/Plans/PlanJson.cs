using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scheduler.Core.Planning;

namespace Scheduler.Cli.Plans;

/// <summary>What <c>plan solve --json</c> prints: one object on one line.</summary>
internal static class PlanJson
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A solution: <c>objective, lower_bound, gap, ms, sweeps, feasible, overloaded, x</c>, the last as <c>[cell, site, mbps]</c> by index.</summary>
    public static string Of(PlanSolution solution) => Written(writer =>
    {
        Plan plan = solution.Plan;
        PlanCertificate certificate = plan.Certificate;
        writer.WriteNumber("objective", certificate.Cost);
        writer.WriteNumber("lower_bound", certificate.LowerBound);
        if (double.IsFinite(certificate.Gap)) writer.WriteNumber("gap", certificate.Gap);
        else writer.WriteNull("gap");
        writer.WriteNumber("ms", Math.Round(solution.Took.TotalMilliseconds, 3));
        writer.WriteNumber("sweeps", solution.Sweeps);
        writer.WriteBoolean("feasible", certificate.IsFeasible);
        WriteOverloads(writer, solution);
        writer.WriteStartArray("x");
        PlanNetwork network = plan.Problem.Network;
        for (int cell = 0; cell < network.CellCount; cell++)
        {
            for (int k = network.RowStarts[cell]; k < network.RowStarts[cell + 1]; k++)
            {
                if (plan.TrafficMbps[k] == 0) continue;
                writer.WriteStartArray();
                writer.WriteNumberValue(cell);
                writer.WriteNumberValue(network.Sites[k]);
                writer.WriteNumberValue(plan.TrafficMbps[k]);
                writer.WriteEndArray();
            }
        }
        writer.WriteEndArray();
    });

    /// <summary>Every problem of an instance: <c>errors: [{field, reason}]</c>.</summary>
    public static string Problems(ImmutableArray<InstanceProblem> problems) => Written(writer =>
    {
        writer.WriteStartArray("errors");
        foreach (InstanceProblem problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteString("field", problem.Field);
            writer.WriteString("reason", problem.Reason);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }) + Environment.NewLine;

    private static void WriteOverloads(Utf8JsonWriter writer, PlanSolution solution)
    {
        writer.WriteStartArray("overloaded");
        foreach (SiteOverload overload in solution.Plan.Overloads())
        {
            writer.WriteStartObject();
            writer.WriteString("site", solution.Instance.Sites[overload.Site]);
            writer.WriteNumber("over_mbps", overload.OverMbps);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static string Written(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
