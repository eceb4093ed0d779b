using Scheduler.Protocol.V1.Messages;

namespace Scheduler.Client.Reports;

/// <summary>How reports reach a scheduler: in HTTP calls (<see cref="HttpReportTransport"/>) or over one stream.</summary>
public interface IReportTransport
{
    /// <summary>Sends a batch and waits for its answer. Nothing is kept of one that fails: the next is newer.</summary>
    /// <param name="batch">The batch; valid until the call returns.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<Result<ReportAnswerMessage>> SendAsync(ReportBatch batch, CancellationToken cancellation);
}
