using Microsoft.AspNetCore.Components;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>What every page is given.</summary>
public abstract class ConsolePage : ComponentBase
{
    /// <summary>The request that it is drawn for.</summary>
    [Parameter, EditorRequired]
    public HttpContext Context { get; set; } = null!;
}
