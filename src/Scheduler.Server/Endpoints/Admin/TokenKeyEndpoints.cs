using System.Globalization;
using Scheduler.Protocol.Admin;
using Scheduler.Server.Auditing;
using Scheduler.Server.Security;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary><c>/v1/admin/token-keys:rotate</c>.</summary>
internal sealed class TokenKeyEndpoints(TokenKeys keys, ILogger<TokenKeyEndpoints> log)
{
    /// <summary>Maps the call below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin) => admin.MapPost("/token-keys:rotate", RotateAsync).RequireRole(AdminRole.Admin)
        .WithSummary("Makes a new master key of tokens and tickets, which signs ten minutes later. Repeated meanwhile, it makes no other.")
        .Takes<ReasonMessage>()
        .Produces<TokenKeyMessage>(StatusCodes.Status201Created)
        .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);

    private async Task<IResult> RotateAsync(HttpContext context, CancellationToken cancellation)
    {
        BodyReading body = await RequestBody.ReadFieldsAsync(context);
        if (!body.Succeeded(out BodyFields? fields, out IResult? problem)) return problem;
        string reason = fields.RequiredText("reason", ChangeReason.MostLength) ?? "";
        if (fields.HasFaults(out problem)) return problem;
        if (context.Features.Get<AuditNote>() is { } note) note.Reason = reason;

        switch (await keys.RotateAsync(cancellation))
        {
            case TokenKeyRotation.Made made:
                log.TokenKeyMade(made.Secret.Id, context.GetCaller().Name, reason);
                return Results.Json(
                    new TokenKeyMessage(made.Secret.Id, made.Secret.CreatedAt, made.SignsFrom), AdminJson.Wire.TokenKeyMessage,
                    statusCode: StatusCodes.Status201Created);
            case TokenKeyRotation.Pending pending:
                return Problem.Conflict(string.Create(
                    CultureInfo.InvariantCulture, $"Token key {pending.Id} was made and signs from {pending.SignsFrom.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}: wait until then"), [], null);
            case TokenKeyRotation.Configured:
                return Problem.Conflict("The deployment brings its own keys: rotate them in Scheduler:Security:TokenKeys", [], null);
            default:
                return Problem.Conflict("All 255 ids of keys have been given; only a new store has more", [], null);
        }
    }
}
