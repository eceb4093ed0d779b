using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Server.Hosting;
using Scheduler.Server.Http.Tls;
using Scheduler.Tests.Server.Hosting;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Server.Http.Tls;

public sealed class TlsFilesWatchTests
{
    [Fact]
    public async Task New_files_are_picked_up_when_the_interval_has_passed()
    {
        using var scratch = new ScratchDirectory();
        using var authority = new TestAuthority("root");
        using X509Certificate2 first = authority.Issue("first"), second = authority.Issue("second", toDays: 2);
        string certificate = scratch.File("tls.crt"), key = scratch.File("tls.key");
        TestAuthority.Write(certificate, key, first);
        var clock = new VirtualClock(TimeProvider.System.GetUtcNow());
        var files = new TlsFiles(new TlsOptions { Certificate = certificate, Key = key }, clock, NullLogger<TlsFiles>.Instance);
        files.Load();
        ServerCertificate loaded = files.Certificate!;
        using var watch = new TlsFilesWatch(files, clock);
        await watch.StartAsync(default);
        await clock.ArmedAsync(due => due <= TlsFilesWatch.Interval);

        clock.Advance(TlsFilesWatch.Interval);
        Assert.Same(loaded, files.Certificate); // the same content is not read into another certificate
        TestAuthority.Write(certificate, key, second);
        clock.Advance(TlsFilesWatch.Interval);
        await LiveScheduler.UntilAsync(() => Task.FromResult(files.Certificate!.EndsAt > loaded.EndsAt), "picked up");
        await watch.StopAsync(default);
    }
}
