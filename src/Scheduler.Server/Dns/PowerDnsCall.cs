using System.Text;
using System.Text.Json;

namespace Scheduler.Server.Dns;

/// <summary>One call of PowerDNS's remote backend, in either of its two forms: a path with headers, or a JSON body.</summary>
/// <param name="Method">What is asked, in lower case.</param>
/// <param name="Name">The name; empty when the method has none.</param>
/// <param name="Type">The type; empty when the method has none.</param>
/// <param name="Client">The client's network, else its resolver's address, as <c>address/length</c>; empty when there is none.</param>
internal sealed record PowerDnsCall(string Method, string Name, string Type, string Client)
{
    private const string ClientHeader = "X-RemoteBackend-Real-Remote";
    private const string ResolverHeader = "X-RemoteBackend-Remote";

    /// <summary>Reads <c>/lookup/NAME/TYPE</c> and the like; the server has decoded the parts.</summary>
    public static PowerDnsCall Of(HttpRequest request, string method, string? first, string? second)
    {
        string client = request.Headers[ClientHeader].ToString();
        return new PowerDnsCall(method.ToLowerInvariant(), first ?? "", second ?? "", client.Length > 0 ? client : request.Headers[ResolverHeader].ToString());
    }

    /// <summary>Reads <c>{"method":"lookup","parameters":{…}}</c>; null when the body is none.</summary>
    public static PowerDnsCall? Of(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || Text(document.RootElement, "method") is not { Length: > 0 } method) return null;
            if (!document.RootElement.TryGetProperty("parameters", out JsonElement parameters) || parameters.ValueKind != JsonValueKind.Object)
                return new PowerDnsCall(method.ToLowerInvariant(), "", "", "");
            string client = Text(parameters, "real-remote");
            string name = Text(parameters, "qname") is { Length: > 0 } asked ? asked : Text(parameters, "name");
            return new PowerDnsCall(method.ToLowerInvariant(), name, Text(parameters, "qtype"), client.Length > 0 ? client : Text(parameters, "remote"));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
