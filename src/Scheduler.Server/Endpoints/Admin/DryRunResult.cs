using Scheduler.Protocol.Admin;
using Scheduler.State;
using Scheduler.State.Planning;

namespace Scheduler.Server.Endpoints.Admin;

/// <summary>The answer to a dry run: the differences, and what the planner expects before and after.</summary>
/// <param name="foreseen">What would be.</param>
internal sealed class DryRunResult(ChangeResult.Foreseen foreseen) : IResult
{
    private const double BitsPerMbit = 1e6;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        DryRunMessage message = await ForeseeAsync(httpContext);
        httpContext.Response.SetRevision(message.Revision);
        await Results.Json(message, AdminJson.Wire.DryRunMessage).ExecuteAsync(httpContext);
    }

    /// <summary>The answer as a message.</summary>
    internal async Task<DryRunMessage> ForeseeAsync(HttpContext httpContext)
    {
        // Plans are made off the pool's threads that answer viewers for as little as possible: two of them, one after the other.
        PlanForecaster? forecaster = httpContext.RequestServices.GetService<PlanForecaster>();
        (ForecastMessage? before, ForecastMessage? after) = forecaster is null
            ? default
            : await Task.Factory.StartNew(
                () => (Message(forecaster.Of(foreseen.Before)), Message(forecaster.Of(foreseen.After))),
                httpContext.RequestAborted, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return new DryRunMessage(
            true, foreseen.Before.Revision, RevisionDiffs.Between(foreseen.DocumentsBefore, foreseen.DocumentsAfter), before, after);
    }

    private static ForecastMessage? Message(PlanForecast? forecast) => forecast is null ? null : new ForecastMessage(
        forecast.Cost, Math.Round(forecast.MaxUtilisation, 4), forecast.MostUtilised, forecast.IsFeasible,
        (long)(forecast.DemandMbps * BitsPerMbit), (long)(forecast.CapacityMbps * BitsPerMbit));
}
