using Scheduler.Core.Sessions;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Security;
using Scheduler.State;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>/v1/admin/sites/{id}/ticket-keys</c>.</summary>
internal sealed class TicketKeyEndpoints(ConfigurationCentre centre, TokenKeys tokens, ILogger<TicketKeyEndpoints> log)
{
    /// <summary>Maps the call below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin) => admin.MapGet("/sites/{id}/ticket-keys", Get).RequireRole(AdminRole.Admin)
        .WithSummary("The keys with which the edges of one site verify tickets; of this site alone.")
        .Produces<TicketKeyListMessage>()
        .Refuses(StatusCodes.Status404NotFound);

    private IResult Get(HttpContext context, string id)
    {
        Configuration present = centre.Current;
        if (!present.Fleet.TryFindSite(id, out int index)) return Problem.NotFound($"There is no site '{id}' in the fleet.");

        TokenKeyRing keys = tokens.Ring;
        int number = present.Numbers.Sites[index];
        log.TicketKeysShown(id, context.GetCaller().Name);
        context.Response.Headers.CacheControl = "no-store"; // secrets
        var message = new TicketKeyListMessage(id, number, [.. keys.SiteKeys(number).Select(key => Message(key, keys.CurrentKeyId))])
        {
            Nodes = Enumerable.Range(0, present.Fleet.Nodes.Length).Where(n => present.Fleet.Nodes[n].Site == id)
                .ToDictionary(n => present.Fleet.Nodes[n].Id, n => present.Numbers.Nodes[n], StringComparer.Ordinal),
        };
        return Results.Json(message, AdminJson.Wire.TicketKeyListMessage);
    }

    private static TicketKeyMessage Message(TicketKey key, byte current)
    {
        Span<byte> secret = stackalloc byte[TicketKey.SecretLength];
        key.CopySecretTo(secret);
        return new TicketKeyMessage(key.KeyId, Convert.ToBase64String(secret), key.KeyId == current);
    }
}
