using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Scheduler.IntegrationTests.Deploy;

/// <summary>The chart's values against their schema, which helm holds every install to.</summary>
public sealed partial class ValuesSchemaTests
{
    [CheckoutFact]
    public void The_schema_takes_the_default_values_and_every_example()
    {
        JsonSchema schema = Schema();
        Assert.Empty(schema.Problems(Defaults()));
        Assert.All(Checkout.Examples, example => Assert.Empty(schema.Problems(Yaml.ReadFile(Checkout.Example(example)))));
    }

    [CheckoutFact]
    public void The_schema_has_a_name_for_every_value_and_for_no_other()
    {
        string[] values = [.. Names(Defaults(), "").Order(StringComparer.Ordinal)];
        // Charts that contain this one bring "global"; resources are named by Kubernetes.
        IEnumerable<string> named = Schema().Names().Where(name => name != ".global");
        Assert.Equal(values.Where(name => !name.StartsWith(".resources.requests.", StringComparison.Ordinal) && !name.StartsWith(".resources.limits.", StringComparison.Ordinal)),
            named.Order(StringComparer.Ordinal));
    }

    [CheckoutFact]
    public void The_schema_refuses_what_is_misspelt_of_the_wrong_type_or_out_of_range()
    {
        (string Path, string Value)[] wrong =
        [
            ("replicas", "3"), ("fullnameOverride", "\"live.scheduler\""), ("replicaCount", "0"), ("replicaCount", "2.5"), ("replicaCount", "\"3\""), ("image.repo", "\"x\""), ("image.pullPolicy", "\"Sometimes\""),
            ("image.digest", "\"sha256:abc\""), ("security.adminKey", "\"a literal key\""), ("security.adminKey.value", "\"a literal key\""), ("security.tokenKeys.keys", "[]"),
            ("store.connectionString", "\"Host=db;Password=x\""), ("store.sqlite", "\"yes\""), ("cluster.key", "\"two words\""), ("cluster.leaveS", "301"), ("listenAddress", "\"localhost\""),
            ("settings.http", "{}"), ("service.type", "\"ExternalName\""), ("service.port", "0"), ("autoscaling.targetCpuPercent", "0"), ("resources.requests.memory", "\"1 GB\""),
            ("probes.livenessFailures", "1"), ("spread.zones", "\"Never\""), ("runAs.user", "0"), ("extraEnv", "[{\"value\": \"x\"}]"), ("serviceMonitor.interval", "15"),
        ];
        JsonSchema schema = Schema();
        Assert.All(wrong, entry => Assert.NotEmpty(schema.Problems(With(Defaults(), entry.Path.Split('.'), JsonNode.Parse(entry.Value)))));
    }

    [CheckoutFact]
    public void Every_value_that_the_deployment_page_names_exists()
    {
        string[] names = [.. Schema().Names()];
        string[] told = [.. ValueWord().Matches(File.ReadAllText(Checkout.PathOf("docs/deployment.md"))).Select(match => "." + match.Groups["name"].Value)
            .Where(name => names.Contains("." + name.Split('.')[1]) && !name.StartsWith(".settings.", StringComparison.Ordinal))
            .Except([".tls.crt", ".tls.key"])]; // entries of a Secret
        Assert.NotEmpty(told);
        Assert.All(told, name => Assert.Contains(name, names));
    }

    private static JsonSchema Schema() => new(JsonNode.Parse(File.ReadAllText(Path.Combine(Checkout.Chart, "values.schema.json")))!.AsObject());

    private static JsonObject Defaults() => Yaml.ReadFile(Path.Combine(Checkout.Chart, "values.yaml"));

    private static JsonObject With(JsonObject values, string[] path, JsonNode? value)
    {
        JsonObject at = values;
        foreach (string name in path[..^1]) at = at[name]!.AsObject();
        at[path[^1]] = value;
        return values;
    }

    private static IEnumerable<string> Names(JsonObject values, string path) =>
        values.SelectMany(value => (value.Value is JsonObject map ? Names(map, $"{path}.{value.Key}") : []).Prepend($"{path}.{value.Key}"));

    /// <summary>A value in code style, or one that a command sets.</summary>
    [GeneratedRegex(@"(`|--set )(?<name>[a-z]\w*(\.[a-z]\w*)*)[`=]")]
    private static partial Regex ValueWord();
}
