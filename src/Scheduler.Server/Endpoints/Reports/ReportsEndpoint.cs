using System.Buffers;
using System.Runtime.InteropServices;
using Scheduler.Core.Routing;
using Scheduler.Protocol.Grpc.Reports;
using Scheduler.Protocol.V1.Problems;
using Scheduler.Protocol.V1.Reports;
using Scheduler.Protocol.V1.Upstreams;
using Scheduler.Server.Http;
using Scheduler.Server.Security;
using Scheduler.State.Peers;

namespace Scheduler.Server.Endpoints.Reports;

/// <summary>
/// <c>POST /v1/reports</c>: what nodes say of themselves, in JSON, or in protobuf as messages of gRPC have it. A bad report is rejected by index and spoils no other.
/// </summary>
internal sealed class ReportsEndpoint(ReportDesk desk) : BodyEndpoint(ReportBatchReader.MaxBodyLength)
{
    private const string Protobuf = "application/x-protobuf", RegisteredProtobuf = "application/protobuf";

    /// <inheritdoc/>
    protected override Task Answer(HttpContext context, ReadOnlySpan<byte> body)
    {
        if (!desk.TryBegin(context, out RoutingSnapshot? snapshot, out Caller caller)) return Task.CompletedTask;
        bool isProtobuf = IsProtobuf(context.Request.ContentType);
        if (Read(body, isProtobuf, snapshot, caller, out ReportIntake intake) is { } fault)
        {
            Reply.Problem(context, ProblemKind.InvalidRequest, null, [fault]);
        }
        else if (!desk.TryPost(in intake))
        {
            desk.Shed(in intake);
            context.Response.Headers.RetryAfter = "1";
            Reply.Problem(context, ProblemKind.NotReady, ReportIntake.TooFast);
        }
        else if (isProtobuf)
        {
            SendProtobuf(context, in intake);
        }
        else
        {
            SendJson(context, in intake);
        }
        return Task.CompletedTask;
    }

    private WireProblem? Read(ReadOnlySpan<byte> body, bool isProtobuf, RoutingSnapshot snapshot, Caller caller, out ReportIntake intake)
    {
        if (isProtobuf)
        {
            var message = new ReportRequestReader(body, desk.Names);
            return desk.Read(ref message, snapshot, caller, out intake);
        }
        var batch = new ReportBatchReader(body, desk.Names);
        return desk.Read(ref batch, snapshot, caller, out intake);
    }

    private void SendJson(HttpContext context, in ReportIntake intake)
    {
        PeerRoll roll = desk.Roll;
        var buffer = new ArrayBufferWriter<byte>(256);
        ReportAnswerWriter.Write(
            buffer, intake.Accepted, intake.Rejected, desk.IntervalMs, roll.Epoch, roll.Weights.AsSpan(), intake.Sites,
            CollectionsMarshal.AsSpan(intake.News?.Parents), CollectionsMarshal.AsSpan(intake.News?.WarmUps));
        Reply.Bytes(context, StatusCodes.Status200OK, buffer.WrittenSpan);
    }

    private void SendProtobuf(HttpContext context, in ReportIntake intake)
    {
        PeerRoll roll = desk.Roll;
        HttpResponse response = context.Response;
        ReadOnlySpan<UpstreamEntry> upstream = CollectionsMarshal.AsSpan(intake.News?.Parents);
        ReadOnlySpan<WarmUpEntry> warmUps = CollectionsMarshal.AsSpan(intake.News?.WarmUps);
        Span<byte> room = response.BodyWriter.GetSpan(ReportResponseWriter.MaxLength(intake.Rejected, roll.Weights.Length, intake.Sites, upstream, warmUps));
        int length = ReportResponseWriter.Write(
            room, intake.Accepted, intake.Rejected, desk.IntervalMs, roll.Epoch, roll.Weights.AsSpan(), intake.Sites, upstream, warmUps);
        response.ContentType = Protobuf;
        response.ContentLength = length;
        response.BodyWriter.Advance(length);
    }

    private static bool IsProtobuf(ReadOnlySpan<char> contentType)
    {
        int end = contentType.IndexOf(';');
        ReadOnlySpan<char> type = (end < 0 ? contentType : contentType[..end]).Trim();
        return type.Equals(Protobuf, StringComparison.OrdinalIgnoreCase) || type.Equals(RegisteredProtobuf, StringComparison.OrdinalIgnoreCase);
    }
}
