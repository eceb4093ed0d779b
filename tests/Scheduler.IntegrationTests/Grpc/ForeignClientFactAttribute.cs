using Scheduler.IntegrationTests.Deploy;

namespace Scheduler.IntegrationTests.Grpc;

/// <summary>A test that calls with grpc-js, which <c>npm ci</c> puts beside its script; check.sh does it.</summary>
internal sealed class ForeignClientFactAttribute : FactAttribute
{
    public ForeignClientFactAttribute()
    {
        string? packages = Environment.GetEnvironmentVariable("SCHEDULER_GRPC_CLIENTS");
        if (packages is null && Checkout.Root is not null) packages = Checkout.PathOf("tests/Scheduler.IntegrationTests/Grpc/Clients");
        if (Checkout.Root is null || !Directory.Exists(Path.Combine(packages!, "node_modules/@grpc")))
            Skip = "grpc-js is not installed: npm ci in tests/Scheduler.IntegrationTests/Grpc/Clients, or SCHEDULER_GRPC_CLIENTS names where it is";
        else if (Tool.OnPath("node") is null) Skip = "node is not on the path";
    }
}
