using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Security;
using Scheduler.State.Auditing;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>/v1/admin/audit</c>.</summary>
internal sealed class AuditEndpoints(IAuditLog log, AuditTrail trail)
{
    private const string JsonLines = "application/jsonl";
    private const int ExportPage = 1_000;

    /// <summary>Maps the call below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/audit", ListAsync).RequireRole(AdminRole.Viewer)
        .WithSummary("Who called the admin API for what; the newest first. ?caller= &operation= &target= &status= &revision= &since= &until= &text= choose "
            + "among them; ?format=jsonl gives every one of them, a line each.")
        .Produces<AuditListMessage>().Refuses(StatusCodes.Status400BadRequest);

    /// <summary>Answers the call; the console asks it too.</summary>
    internal async Task<IResult> ListAsync(HttpContext context, CancellationToken cancellation)
    {
        var fields = new QueryFields(context.Request);
        AuditQuery query = Read(fields);
        bool lines = fields.Word("format", [(true, "jsonl"), (false, "json")]) ?? false;
        if (fields.Page(out IResult? problem) is not { } page) return problem!;

        await trail.WriteAsync(all: false, cancellation); // who has just changed something wants to see it
        query = query with { Before = page.After, Limit = page.Limit + 1 };
        if (lines) return Results.Stream(stream => WriteLinesAsync(stream, query, context.RequestAborted), JsonLines);
        ImmutableArray<AuditEntry> found = await log.ListAsync(query, cancellation);
        string? next = found.Length > page.Limit ? Page.Cursor(found[page.Limit - 1].Number) : null;
        return Results.Json(new AuditListMessage([.. found.Take(page.Limit).Select(Message)], next), AdminJson.Wire.AuditListMessage);
    }

    private static AuditQuery Read(QueryFields fields)
    {
        (int? least, int? most) = Status(fields);
        return new AuditQuery(null, 1)
        {
            Caller = fields.Text("caller"),
            Operation = fields.Text("operation"),
            Target = fields.Text("target"),
            LeastStatus = least,
            MostStatus = most,
            Revision = fields.Number("revision"),
            Since = fields.Time("since"),
            Until = fields.Time("until"),
            Text = fields.Text("text"),
        };
    }

    /// <summary>One status, such as 403, or a class of them, such as 4xx.</summary>
    private static (int? Least, int? Most) Status(QueryFields fields)
    {
        if (fields.Text("status") is not { } text) return default;
        if (text.Length == 3 && text[0] is >= '1' and <= '5' && text.EndsWith("xx", StringComparison.OrdinalIgnoreCase))
            return ((text[0] - '0') * 100, ((text[0] - '0') * 100) + 99);
        if (text.Length == 3 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int status)) return (status, status);
        fields.Fault("status", "must be a status such as 403, or a class of them such as 4xx");
        return default;
    }

    /// <summary>Page after page, so that neither this process nor the store ever holds all of it.</summary>
    private async Task WriteLinesAsync(Stream stream, AuditQuery query, CancellationToken cancellation)
    {
        query = query with { Limit = ExportPage };
        while (await log.ListAsync(query, cancellation) is { IsEmpty: false } page)
        {
            foreach (AuditEntry entry in page)
            {
                await JsonSerializer.SerializeAsync(stream, Message(entry), AdminJson.Wire.AuditEntryMessage, cancellation);
                await stream.WriteAsync("\n"u8.ToArray(), cancellation);
            }
            query = query with { Before = page[^1].Number };
        }
    }

    private static AuditEntryMessage Message(AuditEntry entry)
    {
        AuditRecord record = entry.Record;
        return new AuditEntryMessage(
            entry.Number, record.At, NullIfEmpty(record.Caller), NullIfEmpty(record.KeyId), record.Role, record.Operation, record.Target, record.Status,
            record.Revision, record.Reason, record.Calls);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
