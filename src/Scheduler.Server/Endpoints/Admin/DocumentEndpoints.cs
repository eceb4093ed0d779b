using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Scheduler.Protocol.Admin;
using Scheduler.Protocol.Documents;
using Scheduler.Server.Security;
using Scheduler.State;
using Scheduler.State.Ports;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>A document of the configuration under the admin API: read as JSON or YAML, as of any revision, and replaced whole unless somebody else was faster.</summary>
/// <typeparam name="T">The document.</typeparam>
/// <typeparam name="TAnswer">What a change is answered with.</typeparam>
/// <param name="centre">Where the configuration is changed.</param>
/// <param name="kind">The kind of revision that a change makes; its name is the path of the document.</param>
/// <param name="longestBody">Bytes of the longest document it takes.</param>
/// <param name="log">Tells changes.</param>
internal abstract class DocumentEndpoints<T, TAnswer>(ConfigurationCentre centre, RevisionKind kind, int longestBody, ILogger log)
    where T : class
{
    private readonly string _name = WireNames.Of(kind);

    /// <summary>Maps the calls below the admin API's root.</summary>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/" + _name, GetAsync).RequireRole(AdminRole.Viewer)
            .WithSummary($"The {_name}; ?format=yaml for YAML, ?revision=N as of a revision. The ETag is the revision.")
            .Produces(StatusCodes.Status200OK, contentType: DocumentForm.Json, additionalContentTypes: DocumentForm.Yaml)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        admin.MapPut("/" + _name, PutAsync).RequireRole(AdminRole.Operator).MayRunDry()
            .WithSummary($"Replaces the {_name}. Needs If-Match; ?reason= says why.")
            .Produces<TAnswer>()
            .Refuses(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType,
                StatusCodes.Status422UnprocessableEntity,
                StatusCodes.Status428PreconditionRequired);
    }

    /// <summary>Where the configuration is changed.</summary>
    protected ConfigurationCentre Centre { get; } = centre;

    /// <summary>How the answer is written.</summary>
    protected abstract JsonTypeInfo<TAnswer> AnswerType { get; }

    /// <summary>The document in a configuration.</summary>
    protected abstract T Of(Configuration configuration);

    /// <summary>The document as of a past revision.</summary>
    protected abstract T Of(RevisionContent past);

    /// <summary>The document as bytes, YAML or JSON.</summary>
    protected abstract byte[] Write(T document, bool yaml);

    /// <summary>Reads a document, YAML or JSON.</summary>
    protected abstract DocumentReadResult<T> Read(byte[] body, bool yaml);

    /// <summary>The change that puts the document into the present configuration, or its refusal.</summary>
    protected abstract ConfigurationEdit Edit(Configuration present, T document);

    /// <summary>What the change came to.</summary>
    protected abstract TAnswer Answer(long revision, T document);

    private async Task<IResult> GetAsync(HttpContext context, CancellationToken cancellation)
    {
        if (!DocumentForm.TryRead(context.Request, out bool? yaml, out IResult? problem)) return problem!;
        Configuration told = Centre.Current;
        if (context.Request.Query["revision"] is [{ } text, ..])
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long revision))
            {
                return Problem.MalformedRequest("A query parameter is at fault.", new ProblemFieldMessage("revision", "must be the number of a revision"));
            }

            if (revision != told.Revision)
            {
                if (await Centre.ReadAsync(revision, cancellation) is not { } past) return Problem.NotFound($"There is no revision {revision}.");
                return Told(Of(past), revision);
            }
        }

        return Told(Of(told), told.Revision);

        IResult Told(T document, long revision)
        {
            bool asYaml = yaml ?? DocumentForm.AcceptsYaml(context.Request);
            return Results.Bytes(Write(document, asYaml), asYaml ? DocumentForm.Yaml : DocumentForm.Json, entityTag: EntityTags.Of(revision));
        }
    }

    private async Task<IResult> PutAsync(HttpContext context, CancellationToken cancellation)
    {
        HttpRequest request = context.Request;
        if (request.Headers.IfMatch.Count == 0) return Problem.PreconditionRequired();
        if (ChangeAnswers.ReadCondition(context, Centre.Current.Revision, out long? expected) is { } refusal) return refusal;
        if (!DocumentForm.TryReadBody(request, _name, out bool yaml, out IResult? problem)) return problem!;
        if (ChangeReason.ReadQuery(request, $"{_name} replaced", out string reason) is { } fault) return fault;
        if (await RequestBody.ReadAsync(context, longestBody) is not { } body) return Problem.TooLarge(longestBody);

        DocumentReadResult<T> reading = Read(body, yaml);
        if (reading.Value is not { } document)
        {
            return Problem.InvalidFields([.. reading.Problems.Select(found => new ProblemFieldMessage(found.Field, found.Reason, found.Line, found.Column))]);
        }

        ChangeResult result = await Centre.ChangeAsync(present => Edit(present, document), context.Order(reason, expected), cancellation);
        if (result is not ChangeResult.Committed committed) return ChangeAnswers.NotChanged(result);

        long revision = committed.Configuration.Revision;
        log.Changed(revision, _name, context.GetCaller().Name, reason);
        context.Response.SetRevision(revision);
        return Results.Json(Answer(revision, document), AnswerType);
    }
}
