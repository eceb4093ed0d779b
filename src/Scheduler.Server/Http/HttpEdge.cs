using Scheduler.Server.Grpc;
using Scheduler.Server.Hosting;
using Scheduler.Server.Http.Proxies;
using Scheduler.Server.Http.Tls;

namespace Scheduler.Server.Http;

/// <summary>The outermost part of the server: where it listens, how connections are taken, and whose word on the viewer's address is believed.</summary>
internal static class HttpEdge
{
    /// <summary>Sets up the addresses, TLS and the trusted proxies.</summary>
    /// <param name="builder">The application to be.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="urls">The addresses that the options name.</param>
    /// <param name="grpc">The addresses of gRPC.</param>
    /// <param name="time">The calendar.</param>
    /// <exception cref="StartupException">The TLS files cannot be used.</exception>
    public static void Listen(this WebApplicationBuilder builder, HttpOptions options, IReadOnlyList<ListenUrl> urls, IReadOnlyList<ListenUrl> grpc, TimeProvider time)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton(options).AddSingleton<ReporterGate>();
        if (options.Tls.Certificate is not null)
        {
            services.AddSingleton(provider => new TlsFiles(options.Tls, time, provider.GetRequiredService<ILogger<TlsFiles>>()));
            services.AddHostedService<TlsFilesWatch>();
        }
        RequestLines.KeepOutOfLogs(services);
        // Scheduler:Http:Url alone decides: addresses that the environment gives to the framework are overridden, which it tells as a warning.
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            var listening = new TlsListening(kestrel.ApplicationServices.GetService<TlsFiles>, time);
            listening.Listen(kestrel, urls);
            listening.Listen(kestrel, grpc, GrpcOnly.Take);
        });
    }

    /// <summary>Reads the TLS files, and puts the search for the viewer's address before whatever asks for it.</summary>
    /// <param name="app">The application.</param>
    /// <exception cref="StartupException">The TLS files cannot be used.</exception>
    public static void UseHttpEdge(this WebApplication app)
    {
        app.Services.GetService<TlsFiles>()?.Load();
        HttpOptions options = app.Services.GetRequiredService<HttpOptions>();
        if (TrustedProxies.TryParse(options.TrustedProxies, out TrustedProxies? proxies, out _) && !proxies.IsEmpty) app.UseMiddleware<ViewerAddress>(proxies);
    }
}
