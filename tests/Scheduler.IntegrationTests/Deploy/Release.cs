using System.Text.Json.Nodes;

namespace Scheduler.IntegrationTests.Deploy;

/// <summary>What an example of the chart was rendered to.</summary>
/// <param name="Example">Its name, for failures.</param>
/// <param name="Manifests">All objects.</param>
internal sealed record Release(string Example, IReadOnlyList<Manifest> Manifests)
{
    public Manifest StatefulSet => Only("StatefulSet");

    public JsonObject Template => StatefulSet.Spec["template"]!.AsObject();

    public JsonObject Pod => Template["spec"]!.AsObject();

    /// <summary>The one container.</summary>
    public JsonObject Container => Assert.Single(Pod["containers"]!.AsArray())!.AsObject();

    public IReadOnlyDictionary<string, string> PodLabels => Manifest.Labels(Template);

    /// <summary>What the ConfigMap puts into the environment.</summary>
    public IReadOnlyDictionary<string, string> Settings => Manifest.Map(Only("ConfigMap").Json["data"]);

    /// <summary>The variables that the pod itself has.</summary>
    public IEnumerable<JsonObject> Variables => Container["env"]!.AsArray().Select(variable => variable!.AsObject());

    /// <summary>The numbers of the container's ports by their names.</summary>
    public IReadOnlyDictionary<string, int> Ports =>
        Container["ports"]!.AsArray().ToDictionary(port => Manifest.Text(port!["name"]), port => port!["containerPort"]!.GetValue<int>());

    /// <summary>Renders every example.</summary>
    public static async Task<IReadOnlyList<Release>> AllAsync()
    {
        var all = new List<Release>();
        foreach (string example in Checkout.Examples) all.Add(await OfAsync(example));
        return all;
    }

    /// <summary>Renders one.</summary>
    public static async Task<Release> OfAsync(string example) => new(example, await ChartRenderer.ExampleAsync(example));

    /// <summary>All objects of a kind.</summary>
    public IEnumerable<Manifest> Of(string kind) => Manifests.Where(manifest => manifest.Kind == kind);

    /// <summary>The one object of a kind.</summary>
    public Manifest Only(string kind) => Assert.Single(Of(kind));

    /// <summary>The value of a variable that stands in the pod as text; null when it comes from elsewhere or is not there.</summary>
    public string? Variable(string name) =>
        Variables.SingleOrDefault(variable => Manifest.Text(variable["name"]) == name)?["value"]?.GetValue<string>();
}
