using System.Text.Json.Nodes;

namespace Scheduler.IntegrationTests.Deploy;

/// <summary>One object of Kubernetes.</summary>
/// <param name="Json">As the manifest says it.</param>
internal sealed record Manifest(JsonObject Json)
{
    public string ApiVersion => Text(Json["apiVersion"]);

    public string Kind => Text(Json["kind"]);

    public string Name => Text(Json["metadata"]!["name"]);

    public JsonObject Spec => Json["spec"]!.AsObject();

    /// <summary>Reads what a chart was rendered to.</summary>
    public static IReadOnlyList<Manifest> ReadAll(string text) => [.. Yaml.ReadAll(text).Select(json => new Manifest(json.AsObject()))];

    /// <summary>Its labels, or those of another object's metadata.</summary>
    public static IReadOnlyDictionary<string, string> Labels(JsonNode @object) => Map(@object["metadata"]!["labels"]);

    /// <summary>A map of texts.</summary>
    public static IReadOnlyDictionary<string, string> Map(JsonNode? node) => node!.AsObject().ToDictionary(pair => pair.Key, pair => Text(pair.Value));

    /// <summary>A text.</summary>
    public static string Text(JsonNode? node) => node!.GetValue<string>();
}
