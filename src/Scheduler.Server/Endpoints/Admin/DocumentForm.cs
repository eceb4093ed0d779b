using Scheduler.Protocol.Admin;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Whether a document travels as JSON or as YAML: by <c>?format=</c>, else by the headers.</summary>
internal static class DocumentForm
{
    /// <summary>Media type of YAML (RFC 9512).</summary>
    public const string Yaml = "application/yaml";

    /// <summary>Media type of JSON.</summary>
    public const string Json = "application/json";

    /// <summary>Reads <c>?format=</c>: true for YAML, false for JSON, null when it is not given.</summary>
    public static bool TryRead(HttpRequest request, out bool? yaml, out IResult? problem)
    {
        string? format = request.Query["format"];
        yaml = format switch { "yaml" => true, "json" => false, _ => null };
        problem = format is null || yaml is not null
            ? null
            : Problem.MalformedRequest("A query parameter is at fault.", new ProblemFieldMessage("format", "must be json or yaml"));
        return problem is null;
    }

    /// <summary>True when the caller would rather have YAML.</summary>
    public static bool AcceptsYaml(HttpRequest request)
        => request.GetTypedHeaders().Accept.FirstOrDefault() is { } first
            && (first.MediaType.Value ?? "").EndsWith("yaml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the form of a body: true for YAML.</summary>
    /// <param name="request">The request.</param>
    /// <param name="what">What the body is, for the reason.</param>
    /// <param name="yaml">True for YAML.</param>
    /// <param name="problem">The answer when the form is none of the two.</param>
    public static bool TryReadBody(HttpRequest request, string what, out bool yaml, out IResult? problem)
    {
        yaml = false;
        if (!TryRead(request, out bool? asked, out problem)) return false;
        yaml = asked ?? RequestBody.IsYaml(request);
        if (asked is null && !yaml && !RequestBody.IsJson(request))
            problem = Problem.UnsupportedMediaType($"Send the {what} with Content-Type: {Json} or {Yaml}, or say ?format=json or ?format=yaml.");
        return problem is null;
    }
}
