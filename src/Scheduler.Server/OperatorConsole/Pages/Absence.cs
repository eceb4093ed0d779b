using Scheduler.Server.Endpoints.Admin;
using Scheduler.Server.OperatorConsole.Access;

namespace Scheduler.Server.OperatorConsole.Pages;

/// <summary>What is said of something that is not there.</summary>
internal static class Absence
{
    /// <summary>A page for people, problem details for programs.</summary>
    public static IResult Of(HttpContext context, string what) => context.Request.WantsPage()
        ? new PageResult<RefusedPage>(new() { [nameof(RefusedPage.Why)] = what }, StatusCodes.Status404NotFound)
        : Problem.NotFound(what);
}
