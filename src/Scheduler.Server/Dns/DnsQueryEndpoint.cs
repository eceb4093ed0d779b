using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Scheduler.Core.Dispatch;
using Scheduler.Core.Geo;
using Scheduler.Core.Routing;
using Scheduler.Core.Zones;
using Scheduler.Protocol.Admin;
using Scheduler.Protocol.Dns;
using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.Endpoints.Live;
using Scheduler.Server.Hosting;
using Scheduler.Server.Security;

namespace Scheduler.Server.Dns;

/// <summary><c>GET /v1/admin/dns</c>: what a name would be answered with for a client, and for a steered one why. Works where names are not answered at all, so that zones can be tried first.</summary>
internal sealed class DnsQueryEndpoint(DnsDesk desk, ExplanationWriter writer, SchedulerOptions options)
{
    private const int MostAliases = 8;
    private readonly int _playKbps = options.Sessions.ToRules().PlayKbps;

    /// <summary>Maps the call below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/dns", Get).RequireRole(AdminRole.Viewer)
        .WithSummary("What DNS would answer, and why: ?name= &type= (default A) &from= (an address of the client's network; the caller's own when absent).")
        .Produces<DnsQueryMessage>().Refuses(StatusCodes.Status400BadRequest);

    private IResult Get(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        string name = query["name"].ToString(), typeName = query["type"] is [{ Length: > 0 } given, ..] ? given : "A";
        if (!DomainName.TryParse(name.EndsWith('.') ? name : name + ".", DomainName.Root, out DomainName? asked, out string? fault)) return Malformed("name", fault);
        if (RecordTypes.Find(typeName) is not { } type) return Malformed("type", "must be a type of records, such as A, AAAA or HTTPS");
        IpKey from = IpKey.From(context.Connection.RemoteIpAddress ?? IPAddress.IPv6Any);
        if (query["from"] is [{ Length: > 0 } text, ..] && !IpKey.TryParse(text, out from)) return Malformed("from", "must be an IP address");
        return Results.Json(Answer(asked, type, from), AdminJson.Wire.DnsQueryMessage);
    }

    private DnsQueryMessage Answer(DomainName asked, RecordType type, IpKey from)
    {
        DnsMoment moment = desk.Now();
        var records = new List<TextRecord>();
        DnsRcode rcode = DnsRcode.NoError;
        ZoneNode? node = null;
        SteeredTarget? steered = null;
        DomainName name = asked.ToLower();
        for (int links = 0; links < MostAliases; links++)
        {
            ZoneMatch match = moment.Frame.Table.Find(name.Wire, out ZoneNode found);
            if (match == ZoneMatch.Elsewhere)
            {
                if (links == 0) rcode = DnsRcode.Refused;
                break;
            }
            node = found;
            if (match == ZoneMatch.Absent) rcode = DnsRcode.NxDomain;
            if (match is ZoneMatch.Absent) break;
            string told = name.ToString();
            records.AddRange(RecordLister.Of(in moment, node, told, match == ZoneMatch.Delegated ? RecordType.Ns : type, from, _playKbps, out bool isShort));
            if (isShort) rcode = DnsRcode.ServFail;
            steered = node.Steered is not null && type is RecordType.A or RecordType.Aaaa or RecordType.Https ? node.Steered : null;
            if (match == ZoneMatch.Delegated || type is RecordType.Cname or RecordType.Any || node.Find(RecordType.Cname) is not { } alias) break;
            name = DomainName.Of(alias.Data[0]).ToLower();
        }
        return new DnsQueryMessage(
            asked.ToString(), RecordTypes.Show(type), JsonNamingPolicy.SnakeCaseLower.ConvertName(rcode.ToString().ToLowerInvariant()), node?.Apex.Origin.ToString(),
            [.. records.Select(record => new DnsRecordMessage(record.Name, RecordTypes.Show(record.Type), record.TtlS, record.Data))],
            steered is not null && moment.Snapshot is { } snapshot ? Why(in moment, snapshot, new SteeredQuestion(steered, from, FamiliesOf(type))) : null);
    }

    private DnsSteeredMessage Why(in DnsMoment moment, RoutingSnapshot snapshot, SteeredQuestion question)
    {
        SteeredAnswer.Decide(in moment, snapshot, in question, _playKbps, out SteeredAnswer answer);
        Decision decision = answer.Decision;
        Located located = answer.Located;
        var nodes = ImmutableArray.CreateBuilder<DnsNodeMessage>();
        for (int rank = 0; rank < decision.Count; rank++)
        {
            Choice choice = decision[rank];
            nodes.Add(new DnsNodeMessage(rank + 1, snapshot.Fleet.Nodes[choice.Node]!.Node.Id, snapshot.Fleet.Sites[choice.Site]!.Site.Id, choice.Score, choice.RttMs));
        }
        int streamClass = moment.Frame.ClassOf(question.Target, snapshot.Classifier) ?? 0;
        DispatchRequest request = SteeredAnswer.RequestOf(in moment, snapshot, in question, in located, answer.Scope, streamClass, _playKbps);
        var viewer = new ExplainedViewerMessage(
            snapshot.Candidates.Cells[located.Cell].Id, IpPrefix.Around(question.Client, answer.Scope).ToString(), JsonNamingPolicy.SnakeCaseLower.ConvertName(located.By.ToString()),
            located.SiteList is { } list ? snapshot.Locator.SiteLists[list] : null);
        return new DnsSteeredMessage(
            question.Target.Name.Class, answer.TtlS, JsonNamingPolicy.SnakeCaseLower.ConvertName(decision.Outcome.ToString()), nodes.ToImmutable(),
            writer.Write(snapshot.As(streamClass), DecisionTrace.Take(snapshot, in request), viewer, question.Target.Name.Name, "play", null));
    }

    private static AddressFamilies FamiliesOf(RecordType type) => type switch
    {
        RecordType.A => AddressFamilies.V4,
        RecordType.Aaaa => AddressFamilies.V6,
        _ => AddressFamilies.None,
    };

    private static IResult Malformed(string field, string reason) =>
        Problem.MalformedRequest("A query parameter is at fault.", new ProblemFieldMessage(field, reason));
}
