using System.Collections.Immutable;
using Scheduler.Core.Policies;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Keys;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>/v1/admin/keys</c>.</summary>
internal sealed class KeyEndpoints(KeyRegistry keys, ConfigurationCentre centre, ILogger<KeyEndpoints> log)
{
    private const int MostNameLength = 64;
    private const int MostSites = 1_000;
    private const int MostSiteIdLength = 32;

    /// <summary>Names that stand for authors without a key of their own.</summary>
    private static readonly string[] ReservedNames = [ConfigurationCentre.SchedulerAuthor, AdminKeyRecovery.Author, Caller.Demo.Name, Caller.ConfiguredAdmin.Name];

    /// <summary>Maps the calls below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/keys", List).RequireRole(AdminRole.Admin)
            .WithSummary("Every key that was ever made, without secrets.").Produces<KeyListMessage>().Refuses(StatusCodes.Status400BadRequest);
        admin.MapPost("/keys", CreateAsync).RequireRole(AdminRole.Admin)
            .WithSummary("Makes a key. The whole key is in the answer, once.")
            .Takes<KeyRequestMessage>()
            .Produces<KeyMessage>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);
        admin.MapDelete("/keys/{id}", DeleteAsync).RequireRole(AdminRole.Admin)
            .WithSummary("Revokes a key; it is refused from the next request on.")
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    /// <summary>Answers the call; the console asks it too.</summary>
    internal IResult List(HttpContext context)
    {
        if (Page.Read(context.Request, out IResult? problem) is not { } page) return problem!;

        // Keys are never deleted: a key's place in the list stays, and serves as the cursor.
        ImmutableArray<ApiKey> all = keys.Keys;
        int start = (int)Math.Min(page.After ?? 0, all.Length);
        int end = Math.Min(start + page.Limit, all.Length);
        ImmutableArray<KeyMessage> messages = [.. all.AsSpan()[start..end].ToArray().Select(key => Message(key))];
        return Results.Json(new KeyListMessage(messages, end < all.Length ? Page.Cursor(end) : null), AdminJson.Wire.KeyListMessage);
    }

    /// <summary>Answers the call; the console asks it too.</summary>
    internal async Task<IResult> CreateAsync(HttpContext context, CancellationToken cancellation)
    {
        BodyReading body = await RequestBody.ReadFieldsAsync(context);
        if (!body.Succeeded(out BodyFields? fields, out IResult? problem)) return problem;
        if (!RequestMarks.TryRead(context, "keys", fields.Bytes.Span, out RequestMark? mark, out problem)) return problem!;

        ApiKeyKind? kind = ReadKind(fields);
        string? name = fields.RequiredText("name", MostNameLength);
        if (ReservedNames.Contains(name, StringComparer.OrdinalIgnoreCase)) fields.Fault("name", "is reserved; choose another one");
        ImmutableArray<string> sites = ReadSites(fields, kind);
        string? tenant = ReadTenant(fields, kind);
        if (fields.HasFaults(out problem)) return problem;

        string author = context.GetCaller().Name;
        KeyCreation creation = await keys.CreateAsync(kind!.Value, name!, sites, author, mark, cancellation, tenant);
        switch (creation)
        {
            case KeyCreation.Created created:
                log.KeyMade(created.Key.Id, WireNames.Of(created.Key.Kind), created.Key.Name, author);
                return Made(context, created.Key, created.Secret);
            case KeyCreation.Replayed replayed:
                return Made(context, replayed.Key, null);
            case KeyCreation.NameTaken taken:
                const string Reason = "belongs to another key that holds; choose another one, or revoke that key";
                return Problem.Conflict($"The name {Reason}", [new ProblemFieldMessage("name", Reason)], taken.Id);
            default:
                return Problem.RequestKeyReused("the key was used before, for another body");
        }
    }

    /// <summary>Answers the call; the console asks it too.</summary>
    internal async Task<IResult> DeleteAsync(HttpContext context, string id, CancellationToken cancellation)
    {
        string author = context.GetCaller().Name;
        switch (await keys.RevokeAsync(id, author, cancellation))
        {
            case KeyRevocation.Revoked:
                log.KeyRevoked(id, author);
                return Results.NoContent();
            case KeyRevocation.LastAdmin:
                return Problem.Conflict("It is the last admin key: make another one first, or no one could ever make one again", [], id);
            default:
                return Problem.NotFound($"No key '{id}' holds: it was never made, or was revoked before.");
        }
    }

    private static ApiKeyKind? ReadKind(BodyFields fields)
    {
        const int MostKindLength = 16;
        if (fields.RequiredText("kind", MostKindLength) is not { } text) return null;
        ApiKeyKind? kind = WireNames.KeyKind(text);
        if (kind is null) fields.Fault("kind", $"must be one of {WireNames.AllKeyKinds}");
        return kind;
    }

    private static string? ReadTenant(BodyFields fields, ApiKeyKind? kind)
    {
        if (fields.OptionalText("tenant", PolicyLimits.IdLength) is not { } tenant) return null;
        if (kind is not (null or ApiKeyKind.Player or ApiKeyKind.Backend)) fields.Fault("tenant", "must be absent: only a player or a backend asks for streams");
        if (!TenantName.IsValid(tenant)) fields.Fault("tenant", TenantName.Reason);
        return tenant;
    }

    private ImmutableArray<string> ReadSites(BodyFields fields, ApiKeyKind? kind)
    {
        bool given = fields.Find("sites") is not null;
        if (kind is null) return [];
        if (kind != ApiKeyKind.Reporter)
        {
            if (given) fields.Fault("sites", "must be absent: only a reporter speaks for sites");
            return [];
        }

        if (!given)
        {
            fields.Fault("sites", "is required for a reporter");
            return [];
        }

        if (fields.OptionalTexts("sites", MostSites, MostSiteIdLength) is not { } sites) return [];
        if (sites.IsEmpty) fields.Fault("sites", "must name at least one site");
        HashSet<string> known = centre.Current.Fleet.Sites.Select(site => site.Id).ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < sites.Length; i++)
        {
            if (!known.Contains(sites[i])) fields.Fault($"sites[{i}]", $"names no site of the fleet: '{sites[i]}'");
        }

        return [.. sites.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static IResult Made(HttpContext context, ApiKey key, string? secret)
    {
        context.Response.Headers.Location = $"{AdminApi.Root}/keys/{key.Id}";
        context.Response.Headers.CacheControl = "no-store"; // the one answer that holds a secret
        return Results.Json(Message(key, secret), AdminJson.Wire.KeyMessage, statusCode: StatusCodes.Status201Created);
    }

    private static KeyMessage Message(ApiKey key, string? secret = null) => new(
        key.Id,
        WireNames.Of(key.Kind),
        key.Name,
        key.CreatedAt,
        key.CreatedBy,
        key.Kind == ApiKeyKind.Reporter ? key.Sites : null,
        key.RevokedAt,
        key.RevokedBy,
        secret,
        key.Tenant);
}
