using Google.Protobuf;

namespace Scheduler.Client.Grpc;

/// <summary>A method of a service.</summary>
/// <typeparam name="TRequest">Type of what is sent.</typeparam>
/// <typeparam name="TResponse">Type of what is answered.</typeparam>
/// <param name="Path">Full name of the service, a slash, name of the method; without a leading slash.</param>
/// <param name="Parser">Reads answers.</param>
public sealed record GrpcMethod<TRequest, TResponse>(string Path, MessageParser<TResponse> Parser)
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>;
