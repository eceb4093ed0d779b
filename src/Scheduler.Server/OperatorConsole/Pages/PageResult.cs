using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.HtmlRendering;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>Draws a page of the console: a static Razor component, with what keeps browsers from being turned against it.</summary>
/// <typeparam name="TPage">The component.</typeparam>
/// <param name="parameters">Its parameters.</param>
/// <param name="status">Status of the answer.</param>
internal sealed class PageResult<TPage>(Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult
    where TPage : IComponent
{
    /// <inheritdoc/>
    public int? StatusCode => status;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        IServiceProvider services = httpContext.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var values = new Dictionary<string, object?>(parameters);
        if (typeof(TPage).GetProperty(nameof(ConsolePage.Context)) is not null) values[nameof(ConsolePage.Context)] = httpContext;
        string html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            HtmlRootComponent page = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(values));
            return page.ToHtmlString();
        });
        PageHeaders.Set(httpContext.Response);
        httpContext.Response.StatusCode = status;
        await Results.Text(html, "text/html; charset=utf-8", statusCode: status).ExecuteAsync(httpContext);
    }
}
