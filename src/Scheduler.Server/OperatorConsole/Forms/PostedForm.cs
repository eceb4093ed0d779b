using Microsoft.AspNetCore.Http.Features;
using Scheduler.Server.Endpoints.Admin;

namespace Scheduler.Server.OperatorConsole.Forms;

/// <summary>The fields of a form as they were sent.</summary>
/// <param name="fields">Them.</param>
internal sealed class PostedForm(IFormCollection fields)
{
    /// <summary>Name of the field with the word of the session.</summary>
    public const string TokenField = "form_token";

    /// <summary>Name of the field that tells two presses of a button from two wishes.</summary>
    public const string RequestField = "request_id";

    /// <summary>The word of the session that the form was drawn for.</summary>
    public string? Token => this[TokenField];

    /// <summary>A field, trimmed; null when it is absent or empty.</summary>
    public string? this[string name] => fields[name] is [{ } text, ..] && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>True when a box was ticked.</summary>
    public bool IsTicked(string name) => this[name] is "on" or "true";

    /// <summary>Reads a form of ordinary length.</summary>
    /// <returns>Null when the body is none.</returns>
    public static async ValueTask<PostedForm?> ReadAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true || request.ContentLength > RequestBody.OrdinaryLimit) return null;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = RequestBody.OrdinaryLimit;
        try
        {
            var options = new FormOptions { KeyLengthLimit = 256, ValueLengthLimit = RequestBody.OrdinaryLimit, ValueCountLimit = 64, BufferBodyLengthLimit = RequestBody.OrdinaryLimit };
            return new PostedForm(await new FormFeature(request, options).ReadFormAsync(context.RequestAborted));
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException or IOException)
        {
            return null;
        }
    }
}
