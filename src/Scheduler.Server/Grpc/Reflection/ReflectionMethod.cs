using Google.Protobuf;
using Google.Protobuf.Reflection;
using Scheduler.Protocol.Grpc;
using Scheduler.Protocol.Grpc.Messages.ReflectionV1;
using Scheduler.State;

namespace Scheduler.Server.Grpc.Reflection;

/// <summary>
/// <c>grpc.reflection.v1.ServerReflection/ServerReflectionInfo</c>, and the same of v1alpha, whose messages have the same bytes: what can be called, for tools.
/// </summary>
internal sealed class ReflectionMethod(ServedFiles files, GrpcLane lane, GrpcStreams streams, SchedulerClock clock, ILogger<ReflectionMethod> log) : StreamMethod(streams, clock.Time, log)
{
    /// <inheritdoc/>
    protected override async Task<GrpcStatus?> ServeAsync(StreamCall call)
    {
        while (true)
        {
            MessageRead read = await call.ReadAsync();
            if (read.End is { } end) return end;
            ServerReflectionRequest request;
            try
            {
                request = ServerReflectionRequest.Parser.ParseFrom(read.Message.Span);
            }
            catch (InvalidProtocolBufferException)
            {
                return new GrpcStatus(GrpcStatusCode.Internal, "the message is not a ServerReflectionRequest");
            }
            await call.SendAsync(Answer(request));
        }
    }

    private ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse { Service = { lane.Services.Select(name => new ServiceResponse { Name = name }) } };
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                Tell(response, files.Named(request.FileByFilename), request.FileByFilename);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                Tell(response, files.Declaring(request.FileContainingSymbol), request.FileContainingSymbol);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType when files.Declaring(request.AllExtensionNumbersOfType) is not null:
                response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = request.AllExtensionNumbersOfType }; // there are none
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.None:
                response.ErrorResponse = new ErrorResponse { ErrorCode = (int)GrpcStatusCode.InvalidArgument, ErrorMessage = "nothing is asked" };
                break;
            default:
                Tell(response, null, "extension");
                break;
        }
        return response;
    }

    private static void Tell(ServerReflectionResponse response, FileDescriptor? file, string asked)
    {
        if (file is null) response.ErrorResponse = new ErrorResponse { ErrorCode = (int)GrpcStatusCode.NotFound, ErrorMessage = $"there is no {asked}" };
        else response.FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { ServedFiles.WithImports(file).Select(one => one.SerializedData) } };
    }
}
