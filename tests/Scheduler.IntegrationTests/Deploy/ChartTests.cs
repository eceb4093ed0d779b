using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Scheduler.IntegrationTests.Deploy;

/// <summary>What the chart is rendered to: whether its parts fit each other.</summary>
public sealed class ChartTests
{
    [ChartFact]
    public async Task Every_example_is_rendered_to_the_objects_that_it_asks_for()
    {
        string[] always = ["ConfigMap", "NetworkPolicy", "PodDisruptionBudget", "Service", "Service", "StatefulSet"];
        await HasAsync("minimal", [.. always, "ServiceAccount"]);
        await HasAsync("production", [.. always, "HorizontalPodAutoscaler", "PrometheusRule", "ServiceAccount", "ServiceMonitor"]);
        await HasAsync("restricted", [.. always, "Ingress"]);
    }

    [ManifestCheckFact]
    public async Task Every_manifest_is_valid_by_the_schemas_of_kubernetes()
    {
        foreach (string example in Checkout.Examples)
        {
            (_, string manifests, _) = await ChartRenderer.RenderAsync(Checkout.Chart, Checkout.Example(example));
            (int code, string output, string errors) = await CheckAsync(manifests);
            Assert.True(code == 0, $"{example}: {output}{errors}");
            // Those of the Prometheus operator are not Kubernetes' own.
            int known = Manifest.ReadAll(manifests).Count(manifest => !manifest.ApiVersion.StartsWith("monitoring.", StringComparison.Ordinal));
            Assert.Equal(known, output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));

            (code, _, _) = await CheckAsync(manifests.Replace("minReadySeconds: 30", "minReadySeconds: soon", StringComparison.Ordinal));
            Assert.NotEqual(0, code); // so that a check that checks nothing is noticed
        }
    }

    [ChartFact]
    public async Task Whatever_selects_the_pods_selects_them_and_nothing_narrower()
    {
        foreach (Release release in await Release.AllAsync())
        {
            JsonNode?[] selectors =
            [
                release.StatefulSet.Spec["selector"]!["matchLabels"],
                release.Only("PodDisruptionBudget").Spec["selector"]!["matchLabels"],
                release.Only("NetworkPolicy").Spec["podSelector"]!["matchLabels"],
                .. release.Of("Service").Select(service => service.Spec["selector"]),
                .. release.Pod["topologySpreadConstraints"]!.AsArray().Select(spread => spread!["labelSelector"]!["matchLabels"]),
                .. Rules(release, "ingress", "from").Concat(Rules(release, "egress", "to")).Select(peer => peer["podSelector"]?["matchLabels"]).Where(labels => labels is not null),
            ];
            Assert.All(selectors, labels => Assert.All(Manifest.Map(labels), label => Assert.Equal(label.Value, release.PodLabels[label.Key])));
            // Labels that change with the version would make an upgrade lose its pods.
            Assert.All(selectors, labels => Assert.Equal(["app.kubernetes.io/instance", "app.kubernetes.io/name"], Manifest.Map(labels).Keys.Order(StringComparer.Ordinal)));
        }
    }

    [ChartFact]
    public async Task Every_port_that_is_led_to_is_open_in_the_pod()
    {
        foreach (Release release in await Release.AllAsync())
        {
            IReadOnlyDictionary<string, int> ports = release.Ports;
            Assert.All(release.Of("Service").SelectMany(service => service.Spec["ports"]!.AsArray()), port => Assert.Contains(Manifest.Text(port!["targetPort"]), ports));
            Assert.All((string[])["startupProbe", "livenessProbe", "readinessProbe"], probe => Assert.Contains(Manifest.Text(release.Container[probe]!["httpGet"]!["port"]), ports));
            IEnumerable<int> entrances = release.Only("NetworkPolicy").Spec["ingress"]!.AsArray().SelectMany(rule => rule!["ports"]!.AsArray()).Select(port => port!["port"]!.GetValue<int>());
            Assert.Equal(ports.Values.Order(), entrances.Order());
            Manifest outward = release.Of("Service").First(service => service.Name == release.StatefulSet.Name);
            foreach (Manifest ingress in release.Of("Ingress"))
            {
                JsonNode backend = ingress.Spec["rules"]![0]!["http"]!["paths"]![0]!["backend"]!["service"]!;
                Assert.Equal(outward.Name, Manifest.Text(backend["name"]));
                Assert.Equal(Manifest.Text(outward.Spec["ports"]![0]!["name"]), Manifest.Text(backend["port"]!["name"]));
            }
        }
    }

    [ChartFact]
    public async Task Replicas_find_each_other_before_they_are_ready_under_the_names_of_their_pods()
    {
        foreach (Release release in await Release.AllAsync())
        {
            Manifest peers = Assert.Single(release.Of("Service"), service => service.Name == Manifest.Text(release.StatefulSet.Spec["serviceName"]));
            Assert.Equal("None", Manifest.Text(peers.Spec["clusterIP"]));
            Assert.True(peers.Spec["publishNotReadyAddresses"]!.GetValue<bool>());
            Assert.Equal("Parallel", Manifest.Text(release.StatefulSet.Spec["podManagementPolicy"]));
            if (release.Example == "minimal") continue; // alone
            Assert.Equal("$(POD_NAME)", release.Variable("Scheduler__Cluster__Name"));
            Assert.Equal($"http://$(POD_NAME).{peers.Name}.default.svc:{release.Ports["peers"]}", release.Variable("Scheduler__Cluster__Address"));
            // A variable is put into those after it only.
            string[] order = [.. release.Variables.Select(variable => Manifest.Text(variable["name"]))];
            Assert.InRange(Array.IndexOf(order, "POD_NAME"), 0, Array.IndexOf(order, "Scheduler__Cluster__Name") - 1);
        }
    }

    [ChartFact]
    public async Task The_number_of_replicas_is_fixed_or_left_to_the_autoscaler()
    {
        Assert.Equal(1, (await Release.OfAsync("minimal")).StatefulSet.Spec["replicas"]!.GetValue<int>());
        Release production = await Release.OfAsync("production");
        Assert.False(production.StatefulSet.Spec.ContainsKey("replicas")); // else every upgrade would undo what the autoscaler did
        Manifest scaler = production.Only("HorizontalPodAutoscaler");
        Assert.Equal((production.StatefulSet.ApiVersion, "StatefulSet", production.StatefulSet.Name),
            (Manifest.Text(scaler.Spec["scaleTargetRef"]!["apiVersion"]), Manifest.Text(scaler.Spec["scaleTargetRef"]!["kind"]), Manifest.Text(scaler.Spec["scaleTargetRef"]!["name"])));
        Assert.Equal(scaler.Spec["maxReplicas"]!.ToJsonString(), production.Settings["Scheduler__Cluster__Replicas"]);
    }

    [ChartFact]
    public async Task The_monitor_scrapes_every_pod_by_one_service()
    {
        Release release = await Release.OfAsync("production");
        JsonNode selector = release.Only("ServiceMonitor").Spec["selector"]!;
        IReadOnlyDictionary<string, string> wanted = Manifest.Map(selector["matchLabels"]);
        string[] unwanted = [.. selector["matchExpressions"]!.AsArray().Where(e => Manifest.Text(e!["operator"]) == "DoesNotExist").Select(e => Manifest.Text(e!["key"]))];
        Manifest service = Assert.Single(release.Of("Service"), service =>
            wanted.All(Manifest.Labels(service.Json).Contains) && !unwanted.Any(Manifest.Labels(service.Json).ContainsKey));
        Assert.Contains(Manifest.Text(release.Only("ServiceMonitor").Spec["endpoints"]![0]!["port"]), service.Spec["ports"]!.AsArray().Select(port => Manifest.Text(port!["name"])));
    }

    [CheckoutFact]
    public void The_chart_and_the_image_are_of_the_version_that_is_built()
    {
        string version = XDocument.Load(Checkout.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Equal(version, Manifest.Text(Yaml.ReadFile(Path.Combine(Checkout.Chart, "Chart.yaml"))["appVersion"]));
        Assert.Contains($"ARG VERSION={version}\n", File.ReadAllText(Checkout.PathOf("deploy/Dockerfile")), StringComparison.Ordinal);
    }

    private static async Task HasAsync(string example, string[] kinds) =>
        Assert.Equal(kinds.Order(StringComparer.Ordinal), (await Release.OfAsync(example)).Manifests.Select(manifest => manifest.Kind).Order(StringComparer.Ordinal));

    private static Task<(int Code, string Output, string Errors)> CheckAsync(string manifests) =>
        Tool.RunAsync(Tool.OnPath("node")!, [ManifestCheckFactAttribute.Script], manifests);

    private static IEnumerable<JsonObject> Rules(Release release, string direction, string side) =>
        release.Only("NetworkPolicy").Spec[direction]!.AsArray().SelectMany(rule => rule![side]?.AsArray() ?? []).Select(peer => peer!.AsObject());
}
