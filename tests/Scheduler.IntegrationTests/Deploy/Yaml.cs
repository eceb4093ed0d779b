using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Scheduler.IntegrationTests.Deploy;

/// <summary>Reads YAML as the JSON that it stands for. A key that comes twice is an error.</summary>
internal static class Yaml
{
    /// <summary>Reads every document that is not empty.</summary>
    public static IEnumerable<JsonNode> ReadAll(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Select(document => ToJson(document.RootNode)).OfType<JsonNode>();
    }

    /// <summary>Reads a file of one document.</summary>
    public static JsonObject ReadFile(string path) => ReadAll(File.ReadAllText(path)).Single().AsObject();

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidDataException($"{node.Start}: neither a map nor a list nor a scalar"),
    };

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => Number(whole),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => Number(number),
        _ => JsonValue.Create(text),
    };

    /// <summary>A number that can be asked for as any type that holds it, as one out of a JSON text.</summary>
    private static JsonValue Number<T>(T number)
        where T : INumber<T> => JsonNode.Parse(number.ToString(null, CultureInfo.InvariantCulture))!.AsValue();
}
