using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Scheduler.Server.Grpc;

/// <summary>Marks the connections to the address of gRPC: nothing else is served there, so that who may reach it reaches no other interface.</summary>
internal sealed class GrpcOnly
{
    private static readonly GrpcOnly Mark = new();

    /// <summary>Sets up the connections to such an address.</summary>
    public static void Take(ListenOptions connections)
    {
        connections.Protocols = HttpProtocols.Http2;
        connections.Use(next => connection =>
        {
            connection.Features.Set(Mark);
            return next(connection);
        });
    }
}
