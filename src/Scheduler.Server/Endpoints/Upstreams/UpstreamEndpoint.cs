using System.Buffers;
using System.Text;
using Scheduler.Core.Sessions;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Upstreams;
using Scheduler.Server.Endpoints.Players;
using Scheduler.Server.Http;
using Scheduler.Server.Http.Limits;
using Scheduler.Server.Http.Tls;
using Scheduler.Server.Security;
using Scheduler.State.Control;

namespace Scheduler.Server.Endpoints.Upstreams;

/// <summary><c>GET /v1/upstream?stream=&amp;node=</c>: the IDC nodes from which a node is to pull a stream, best first.</summary>
internal sealed class UpstreamEndpoint(
    SnapshotPublisher publisher, Authenticator authenticator, RateLimits limits, ReporterGate gate, UpstreamAnswers answers)
{
    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        Answer(context);
        return Task.CompletedTask;
    }

    private void Answer(HttpContext context)
    {
        if (gate.Refusal(context) is { } refusal)
        {
            Reply.Problem(context, ProblemKind.CertificateRequired, refusal);
            return;
        }
        Caller caller = authenticator.Authenticate(context);
        if (!limits.AdmitsReporter(context, caller)) return;
        if (!caller.MayReport)
        {
            PlayerDesk.RefuseCaller(context, caller, "ask for an upstream");
            return;
        }
        string stream = context.Request.Query["stream"].ToString(), node = context.Request.Query["node"].ToString();
        if (!StreamName.IsValid(Encoding.UTF8.GetBytes(stream)))
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, "stream", "must be 1 to 128 characters of A-Z a-z 0-9 . _ ~ -");
            return;
        }
        if (publisher.Current is not { } snapshot)
        {
            RefuseEarly(context);
            return;
        }
        if (!snapshot.Fleet.TryFindNode(node, out int index))
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, "node", "names no node of the fleet");
            return;
        }
        if (caller.Standing != CallerStanding.Demo && !caller.MayReportFor(snapshot.Fleet.Nodes[index]!.Node.Site))
        {
            Reply.Problem(context, ProblemKind.Forbidden, $"the key may not speak for site {snapshot.Fleet.Nodes[index]!.Node.Site}");
            return;
        }
        if (answers.Ask(index, stream) is not { } entry)
        {
            RefuseEarly(context);
            return;
        }
        var buffer = new ArrayBufferWriter<byte>(512);
        UpstreamAnswerWriter.Write(buffer, entry, snapshot.Revision);
        Reply.Bytes(context, StatusCodes.Status200OK, buffer.WrittenSpan);
    }

    private static void RefuseEarly(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        Reply.Problem(context, ProblemKind.NotReady, "fleet or geography is not loaded yet");
    }
}
