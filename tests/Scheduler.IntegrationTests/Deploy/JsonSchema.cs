using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Scheduler.IntegrationTests.Deploy;

/// <summary>As much of JSON Schema, draft 7, as the chart's schema uses. A keyword beyond it is an error, lest it be believed to hold.</summary>
/// <param name="root">The schema.</param>
internal sealed class JsonSchema(JsonObject root)
{
    /// <summary>What of a value is against the schema, each with its path; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems(JsonNode? value) => [.. Problems(root, value, "values")];

    /// <summary>Every path that the schema has a name for: <c>.image.tag</c>.</summary>
    public IEnumerable<string> Names() => Names(root, "");

    private IEnumerable<string> Names(JsonObject schema, string path) => Resolved(schema)["properties"] is JsonObject properties
        ? properties.SelectMany(property => Names(property.Value!.AsObject(), $"{path}.{property.Key}").Prepend($"{path}.{property.Key}"))
        : [];

    private JsonObject Resolved(JsonObject schema) =>
        schema["$ref"] is { } reference ? root["definitions"]![Manifest.Text(reference)["#/definitions/".Length..]]!.AsObject() : schema;

    private IEnumerable<string> Problems(JsonObject schema, JsonNode? value, string path)
    {
        schema = Resolved(schema);
        foreach ((string keyword, JsonNode? rule) in schema)
        {
            if (!Holds(keyword, rule!, value)) yield return $"{path}: {keyword} {rule!.ToJsonString()} does not hold for {value?.ToJsonString() ?? "null"}";
        }
        if (value is JsonArray list && schema["items"] is JsonObject each)
        {
            foreach (string problem in list.SelectMany((item, index) => Problems(each, item, $"{path}[{index}]"))) yield return problem;
        }
        if (value is not JsonObject map) yield break;
        foreach (string problem in map.SelectMany(member => Problems(schema, member, path))) yield return problem;
    }

    /// <summary>A member of an object: by its name, by a pattern, or as one of the others.</summary>
    private IEnumerable<string> Problems(JsonObject schema, KeyValuePair<string, JsonNode?> member, string path)
    {
        string at = $"{path}.{member.Key}";
        if (schema["properties"]?[member.Key] is JsonObject own) return Problems(own, member.Value, at);
        if (schema["patternProperties"]?.AsObject().FirstOrDefault(pattern => Regex.IsMatch(member.Key, pattern.Key)).Value is JsonObject alike) return Problems(alike, member.Value, at);
        return schema["additionalProperties"] switch
        {
            JsonObject others => Problems(others, member.Value, at),
            JsonValue => [$"{at}: there is no such value"],
            _ => [],
        };
    }

    private static bool Holds(string keyword, JsonNode rule, JsonNode? value) => keyword switch
    {
        "$schema" or "title" or "description" or "definitions" or "items" or "properties" or "patternProperties" or "additionalProperties" => true,
        "type" => rule is JsonArray several ? several.Any(type => IsOfType(value, type)) : IsOfType(value, rule),
        "enum" => rule.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value)),
        "minimum" => Number(value) is not { } number || number >= Number(rule),
        "maximum" => Number(value) is not { } number || number <= Number(rule),
        "minLength" => Text(value) is not { } text || text.Length >= Number(rule),
        "pattern" => Text(value) is not { } text || Regex.IsMatch(text, Manifest.Text(rule)),
        "minItems" => value is not JsonArray list || list.Count >= Number(rule),
        "required" => value is not JsonObject map || rule.AsArray().All(name => map.ContainsKey(Manifest.Text(name))),
        _ => throw new NotSupportedException($"the keyword {keyword}"),
    };

    private static bool IsOfType(JsonNode? value, JsonNode? type) => Manifest.Text(type) switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && double.IsInteger(number),
        var other => throw new NotSupportedException($"the type {other}"),
    };

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static double? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number ? double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) : null;
}
