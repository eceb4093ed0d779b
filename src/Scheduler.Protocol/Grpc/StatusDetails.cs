using System.Collections.Immutable;
using System.Text;
using Scheduler.Protocol.Grpc.Protobuf;
using Scheduler.Protocol.V1.Problems;

namespace Scheduler.Protocol.Grpc;

/// <summary>
/// What <c>grpc-status-details-bin</c> says: a <c>google.rpc.Status</c> with <c>ErrorInfo</c> (the kind of problem), <c>BadRequest</c> (the fields at fault) and
/// <c>RetryInfo</c> (when to ask again), by their published numbers.
/// </summary>
/// <param name="Reason">The kind of problem, by <see cref="ProblemStatus.ReasonOf"/>; null when the sender is not ours.</param>
/// <param name="Errors">Fields at fault.</param>
/// <param name="RetryAfter">When to ask again; null when it was not said.</param>
public sealed record StatusDetails(string? Reason, ImmutableArray<WireProblem> Errors, TimeSpan? RetryAfter)
{
    private const string TypeUrls = "type.googleapis.com/google.rpc.";
    private const string ErrorInfo = TypeUrls + "ErrorInfo", BadRequest = TypeUrls + "BadRequest", RetryInfo = TypeUrls + "RetryInfo";
    private const int CodeField = 1, MessageField = 2, DetailsField = 3; // of Status
    private const int UrlField = 1, ValueField = 2; // of Any
    private const int MaxErrors = 16;

    /// <summary>Writes the details of a status. Beyond 16 fields at fault, and 256 characters each, nothing is told: headers have a limit.</summary>
    /// <param name="status">The status.</param>
    /// <param name="reason">The kind of problem.</param>
    /// <param name="errors">Fields at fault.</param>
    /// <param name="retryAfterS">When to ask again, s; null when it is not known.</param>
    public static byte[] Write(GrpcStatus status, string reason, ReadOnlySpan<WireProblem> errors, int? retryAfterS)
    {
        if (errors.Length > MaxErrors) errors = errors[..MaxErrors];
        int length = 512 + Encoding.UTF8.GetMaxByteCount(reason.Length + (status.Message?.Length ?? 0));
        foreach (WireProblem error in errors) length += Encoding.UTF8.GetMaxByteCount(error.Field.Length + error.Reason.Length) + (3 * ProtobufOutput.MaxHead);
        byte[] bytes = new byte[length];
        var output = new ProtobufOutput(bytes);
        output.Number(CodeField, (int)status.Code);
        output.Text(MessageField, status.Message ?? "");
        int any = Begin(ref output, ErrorInfo, out int value);
        output.Text(1, reason);
        output.Text(2, ProblemStatus.Domain);
        End(ref output, any, value);
        if (!errors.IsEmpty)
        {
            any = Begin(ref output, BadRequest, out value);
            foreach (WireProblem error in errors)
            {
                int violation = output.Open(1);
                output.Text(1, Cut(error.Field));
                output.Text(2, Cut(error.Reason));
                output.Close(violation);
            }
            End(ref output, any, value);
        }
        if (retryAfterS is { } seconds)
        {
            any = Begin(ref output, RetryInfo, out value);
            int delay = output.Open(1);
            output.Number(1, seconds);
            output.Close(delay);
            End(ref output, any, value);
        }
        return bytes.AsSpan(0, output.Written).ToArray();
    }

    /// <summary>Reads details; what is not known is passed over.</summary>
    /// <param name="message">A <c>google.rpc.Status</c>.</param>
    /// <returns>Null when it is none.</returns>
    public static StatusDetails? Read(ReadOnlySpan<byte> message)
    {
        string? reason = null;
        TimeSpan? retryAfter = null;
        var errors = ImmutableArray.CreateBuilder<WireProblem>();
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field != DetailsField || !reader.Is(WireType.Bytes))
            {
                reader.Skip();
                continue;
            }
            switch (ReadAny(reader.Bytes(), out ReadOnlySpan<byte> value))
            {
                case ErrorInfo:
                    reason = ReadText(value, 1);
                    break;
                case BadRequest:
                    ReadViolations(value, errors);
                    break;
                case RetryInfo:
                    retryAfter = ReadDelay(value);
                    break;
            }
        }
        return reader.IsBroken ? null : new StatusDetails(reason, errors.ToImmutable(), retryAfter);
    }

    private static int Begin(ref ProtobufOutput output, string url, out int value)
    {
        int any = output.Open(DetailsField);
        output.Text(UrlField, url);
        value = output.Open(ValueField);
        return any;
    }

    private static void End(ref ProtobufOutput output, int any, int value)
    {
        output.Close(value);
        output.Close(any);
    }

    private static string Cut(string text) => text.Length <= 256 ? text : text[..256];

    /// <summary>Reads a <c>google.protobuf.Any</c>; gives its type.</summary>
    private static string ReadAny(ReadOnlySpan<byte> any, out ReadOnlySpan<byte> value)
    {
        string url = "";
        value = default;
        var reader = new ProtobufReader(any);
        while (reader.Next())
        {
            if (reader.Field == UrlField && reader.Is(WireType.Bytes)) url = Encoding.UTF8.GetString(reader.Bytes());
            else if (reader.Field == ValueField && reader.Is(WireType.Bytes)) value = reader.Bytes();
            else reader.Skip();
        }
        return url;
    }

    private static string? ReadText(ReadOnlySpan<byte> message, int field)
    {
        string? text = null;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == field && reader.Is(WireType.Bytes)) text = Encoding.UTF8.GetString(reader.Bytes());
            else reader.Skip();
        }
        return text;
    }

    private static void ReadViolations(ReadOnlySpan<byte> message, ImmutableArray<WireProblem>.Builder errors)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field != 1 || !reader.Is(WireType.Bytes))
            {
                reader.Skip();
                continue;
            }
            ReadOnlySpan<byte> violation = reader.Bytes();
            errors.Add(new WireProblem(ReadText(violation, 1) ?? "", ReadText(violation, 2) ?? ""));
        }
    }

    private static TimeSpan? ReadDelay(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field != 1 || !reader.Is(WireType.Bytes))
            {
                reader.Skip();
                continue;
            }
            long seconds = 0, nanoseconds = 0;
            var duration = new ProtobufReader(reader.Bytes());
            while (duration.Next())
            {
                if (duration.Field == 1 && duration.Is(WireType.Varint)) seconds = duration.Int64();
                else if (duration.Field == 2 && duration.Is(WireType.Varint)) nanoseconds = duration.Int64();
                else duration.Skip();
            }
            const long LongestS = 86_400;
            return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, LongestS)) + new TimeSpan(Math.Clamp(nanoseconds, 0, 999_999_999) / TimeSpan.NanosecondsPerTick);
        }
        return null;
    }
}
