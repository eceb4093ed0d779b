using System.Text.Json.Nodes;
using Scheduler.Server.Endpoints.Admin;

namespace Scheduler.Server.OperatorConsole.Forms;

/// <summary>
/// Turns a form into the body that the admin API takes, so that a button of the console and a call of a program go the same way: one reader, one judge, one audit log.
/// </summary>
internal static class AskedByForm
{
    /// <summary>Puts a JSON body, and the mark of the form, into the place of the form.</summary>
    /// <param name="context">The request, whose form has been read.</param>
    /// <param name="body">The body; members that are null are left out.</param>
    public static void Ask(this HttpContext context, JsonObject body)
    {
        foreach (string absent in body.Where(member => member.Value is null).Select(member => member.Key).ToArray()) body.Remove(absent);
        byte[] json = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
        HttpRequest request = context.Request;
        request.Body = new MemoryStream(json);
        request.ContentType = "application/json";
        request.ContentLength = json.Length;
        if (context.Features.Get<PostedForm>()?[PostedForm.RequestField] is { } mark) request.Headers[RequestMarks.Header] = mark;
    }

    /// <summary>Puts parameters into the query that a call of the admin API reads.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameters">Names and values; those without a value are left out.</param>
    public static void Ask(this HttpContext context, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new QueryString();
        foreach ((string name, string? value) in parameters)
            if (value is not null) query = query.Add(name, value);
        context.Request.QueryString = query;
    }

    /// <summary>The message in an answer of the admin API; null when it is another.</summary>
    public static T? Message<T>(this IResult answer)
        where T : class => (answer as IValueHttpResult)?.Value as T;

    /// <summary>The status of an answer of the admin API.</summary>
    public static int Status(this IResult answer) => (answer as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
}
