using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Scheduler.Core.Geo;
using Scheduler.Core.Sessions;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Dns;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Hosting;
using Scheduler.Server.Security;

namespace Scheduler.Server.Dns;

/// <summary>
/// The HTTP connector of PowerDNS's remote backend, so that an existing PowerDNS fronts these zones beside its own. It sends no headers of ours, so the key travels in the path; a key that may name
/// viewers' addresses, since that is what a look-up does.
/// </summary>
internal sealed class PowerDnsEndpoint(DnsDesk desk, KeyRegistry keys, SchedulerOptions options)
{
    private const string Root = "/v1/dns/powerdns/{key}";
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly int _playKbps = options.Sessions.ToRules().PlayKbps;

    /// <summary>Maps the calls.</summary>
    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Root, PostAsync).WithTags("dns").Takes<object>()
            .WithSummary("PowerDNS's remote backend with post=1,post_json=1; the key is a backend's.");
        app.MapGet(Root + "/{method}/{first?}/{second?}", (HttpContext context, string key, string method, string? first, string? second) =>
                Answer(key, PowerDnsCall.Of(context.Request, method, first, second)))
            .WithTags("dns").WithSummary("PowerDNS's remote backend: lookup/NAME/TYPE and what else it asks; the key is a backend's.");
    }

    private async Task<IResult> PostAsync(HttpContext context, string key)
    {
        if (Refusal(key) is { } refusal) return refusal;
        if (await RequestBody.ReadAsync(context, RequestBody.OrdinaryLimit) is not { } body) return Problem.TooLarge(RequestBody.OrdinaryLimit);
        return PowerDnsCall.Of(body) is { } call ? Answer(key, call) : Problem.MalformedRequest("The body must be a call of PowerDNS's remote backend, as JSON.");
    }

    private IResult Answer(string key, PowerDnsCall call) => Refusal(key) ?? call.Method switch
    {
        "lookup" => Lookup(call),
        "getalldomains" => Result(json => WriteZones(json)),
        "getdomaininfo" => Find(call.Name) is { } node && node.Apex.Origin.Equals(node.Name) ? Result(json => WriteZone(json, node.Apex)) : No(),
        "getalldomainmetadata" => Result(json =>
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }),
        "getdomainmetadata" => Result(json =>
        {
            json.WriteStartArray();
            json.WriteEndArray();
        }),
        "initialize" => Result(json => json.WriteBooleanValue(true)),
        _ => No(), // "not supported", which PowerDNS takes as it is
    };

    private IResult? Refusal(string key) => keys.Ring.Find(key).MayNameClient ? null : Problem.Forbidden("The key in the path must be a backend's.");

    /// <summary>The records of one name as it stands: wildcards, aliases and delegations are PowerDNS's own business, which asks for each in turn.</summary>
    private IResult Lookup(PowerDnsCall call)
    {
        if (RecordTypes.Find(call.Type) is not { } type || Find(call.Name) is not { } node) return No();
        DnsMoment moment = desk.Now();
        ImmutableArray<TextRecord> records = RecordLister.Of(in moment, node, node.Name.ToString(), type, ClientOf(call.Client), _playKbps, out bool isShort);
        // An empty answer has no scope and would be believed for everybody; a failure makes PowerDNS say SERVFAIL, which nobody believes for long.
        if (isShort) return Problem.NotReady("No node can serve this client now.");
        return Result(json =>
        {
            json.WriteStartArray();
            foreach (TextRecord record in records) Write(json, node, record);
            json.WriteEndArray();
        });
    }

    private ZoneNode? Find(string name)
    {
        if (!DomainName.TryParse(name.EndsWith('.') ? name : name + ".", DomainName.Root, out DomainName? read, out _)) return null;
        return desk.Frame.Table.TryFind(read.ToLower().Wire, out ZoneNode node) ? node : null;
    }

    /// <summary>An address of the client's network; the unknown address where PowerDNS asks for itself, which the default cell stands for.</summary>
    private static IpKey ClientOf(string network) =>
        IpPrefix.TryParse(Encoding.ASCII.GetBytes(network), out IpPrefix prefix) ? prefix.Network : IpKey.FromV4(0);

    private void WriteZones(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (ZoneApex apex in desk.Frame.Table.Apexes) WriteZone(json, apex);
        json.WriteEndArray();
    }

    private static void WriteZone(Utf8JsonWriter json, ZoneApex apex)
    {
        json.WriteStartObject();
        json.WriteNumber("id", NumberOf(apex));
        json.WriteString("zone", apex.Origin.ToString());
        json.WriteString("kind", "native");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ZoneNode node, TextRecord record)
    {
        json.WriteStartObject();
        json.WriteString("qname", record.Name);
        json.WriteString("qtype", RecordTypes.Show(record.Type));
        json.WriteString("content", record.Data);
        json.WriteNumber("ttl", record.TtlS);
        if (record.Scope is { } scope) json.WriteNumber("scopeMask", scope);
        json.WriteNumber("auth", 1);
        json.WriteNumber("domain_id", NumberOf(node.Apex));
        json.WriteEndObject();
    }

    /// <summary>The number by which PowerDNS knows a zone: the same at every call and every replica.</summary>
    private static int NumberOf(ZoneApex apex) => (int)(StreamName.Hash(apex.Origin.Wire) & 0x3FFF_FFFF) + 1;

    private static IResult No() => Result(json => json.WriteBooleanValue(false));

    private static IResult Result(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WritePropertyName("result");
            write(json);
            json.WriteEndObject();
        }
        return Results.Bytes(buffer.WrittenMemory.ToArray(), "application/json");
    }
}
