using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>Reads bodies of a bounded length.</summary>
internal static class RequestBody
{
    /// <summary>Most bytes of an ordinary admin call.</summary>
    public const int OrdinaryLimit = 64 * 1024;

    /// <summary>Most bytes of a fleet.</summary>
    public const int FleetLimit = 32 * 1024 * 1024;

    /// <summary>Most bytes of a policy: 10,000 prefixes and all fences and classes stay under it.</summary>
    public const int PolicyLimit = 4 * 1024 * 1024;

    /// <summary>Most bytes of zones: tens of thousands of records stay under it.</summary>
    public const int ZonesLimit = 8 * 1024 * 1024;

    /// <summary>True when the body is declared to be JSON.</summary>
    public static bool IsJson(HttpRequest request) => request.HasJsonContentType();

    /// <summary>True when the body is declared to be YAML.</summary>
    public static bool IsYaml(HttpRequest request)
        => MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && (type.MediaType.Value ?? "").ToLowerInvariant() is "application/yaml" or "application/x-yaml" or "text/yaml" or "text/x-yaml";

    /// <summary>Reads the whole body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">Most bytes that are taken.</param>
    /// <returns>Null when the body has more.</returns>
    public static async ValueTask<byte[]?> ReadAsync(HttpContext context, int limit)
    {
        if (context.Request.ContentLength > limit) return null;

        // The server's own limit is lower than a large fleet; ours takes its place.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = limit;

        PipeReader reader = context.Request.BodyReader;
        while (true)
        {
            ReadResult read;
            try
            {
                read = await reader.ReadAsync(context.RequestAborted);
            }
            catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                return null;
            }
            catch (IOException cause) when (cause is not BadHttpRequestException)
            {
                throw new BadHttpRequestException("The body cannot be read.", cause); // else it would pass for a fault of the store
            }

            if (read.Buffer.Length > limit) return null;
            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Reads the fields of an ordinary JSON body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="mayBeAbsent">True when no body at all stands for an empty object.</param>
    /// <returns>The fields, or the answer that says why there are none.</returns>
    public static async ValueTask<BodyReading> ReadFieldsAsync(HttpContext context, bool mayBeAbsent = false)
    {
        byte[]? body = await ReadAsync(context, OrdinaryLimit);
        if (body is null) return new BodyReading(null, Problem.TooLarge(OrdinaryLimit));
        if (body.Length == 0 && mayBeAbsent) return new BodyReading(BodyFields.Empty(), null);

        // Requiring the type also keeps out the forms that a browser sends across sites without asking.
        if (!IsJson(context.Request)) return new BodyReading(null, Problem.UnsupportedMediaType("Send the body with Content-Type: application/json."));
        return BodyFields.TryParse(body, out BodyFields? fields, out string? fault)
            ? new BodyReading(fields, null)
            : new BodyReading(null, Problem.MalformedRequest($"The body must be one JSON object: {fault}"));
    }
}
