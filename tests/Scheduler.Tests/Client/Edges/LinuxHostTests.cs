using System.Globalization;
using Scheduler.Client.Edges;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Client.Edges;

public sealed class LinuxHostTests : IDisposable
{
    private readonly VirtualClock _clock = new();
    private readonly ScratchDirectory _root = new();

    public LinuxHostTests()
    {
        Write("proc/net/route", "Iface\tDestination\tGateway\nlo\t0000007F\t00000000\neth1\t00000000\t0100000A\n");
        Write("proc/meminfo", "MemTotal:       8000000 kB\nMemFree:         100000 kB\nMemAvailable:   6000000 kB\n");
        Write("sys/class/net/eth1/speed", "25000\n");
        Traffic(1_000, 500);
        Processor(busy: 0, idle: 0);
    }

    public void Dispose() => _root.Dispose();

    private LinuxHost Host(string? name = null) => new(_clock, name, _root.File("."));

    [Fact]
    public void Rates_are_read_from_the_counters_of_the_interface_of_the_default_route()
    {
        LinuxHost host = Host();
        Assert.Equal(("eth1", 25_000_000_000), (host.Interface, host.LinkBps));
        Assert.Equal((null, null), (host.Measure().EgressBps, host.Measure().IngressBps)); // one look tells no rate
        _clock.Advance(TimeSpan.FromSeconds(2));
        Traffic(1_000 + 2_500_000, 500 + 250_000);
        HostMeasurement measured = host.Measure();
        Assert.Equal((10_000_000, 1_000_000), (measured.EgressBps, measured.IngressBps));
    }

    [Fact]
    public void A_burst_is_smoothed_over_some_seconds()
    {
        LinuxHost host = Host();
        host.Measure();
        long sent = 1_000, least = long.MaxValue, most = 0;
        for (int i = 0; i < 60; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Traffic(sent += i % 4 == 0 ? 4_000_000 : 0, 500);
            long rate = host.Measure().EgressBps!.Value;
            if (i > 30) (least, most) = (Math.Min(least, rate), Math.Max(most, rate));
        }
        Assert.InRange(least, 4_000_000, 8_000_000);
        Assert.InRange(most, 8_000_000, 13_000_000);
    }

    [Fact]
    public void A_counter_that_begins_anew_is_no_rate()
    {
        LinuxHost host = Host();
        host.Measure();
        Step(1_000 + 1_250_000);
        Assert.Equal(10_000_000, host.Measure().EgressBps);
        Step(5);
        Assert.Equal(10_000_000, host.Measure().EgressBps);
        Step(5 + 1_250_000);
        Assert.Equal(10_000_000, host.Measure().EgressBps);
    }

    [Fact]
    public void Processors_and_memory_are_shares()
    {
        LinuxHost host = Host();
        Assert.Equal((null, 0.25), (host.Measure().Cpu, host.Measure().Memory));
        Processor(busy: 30, idle: 70);
        Assert.Equal(0.3, host.Measure().Cpu);
    }

    [Fact]
    public void What_a_machine_does_not_tell_is_left_out()
    {
        LinuxHost host = Host();
        foreach (string file in (string[])["proc/stat", "proc/meminfo", "sys/class/net/eth1/speed", "proc/net/dev"]) File.Delete(_root.File(file));
        Assert.Equal(default, host.Measure());
        Assert.Null(host.LinkBps);
    }

    [Fact]
    public void An_interface_that_is_not_there_is_told_at_once() => Assert.Contains("eth9", Assert.Throws<IOException>(() => Host("eth9")).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_a_default_route_the_interface_must_be_named()
    {
        Write("proc/net/route", "Iface\tDestination\n");
        Assert.Throws<IOException>(() => Host());
        Assert.Equal("eth1", Host("eth1").Interface);
    }

    private void Step(long sent)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        Traffic(sent, 500);
    }

    private void Traffic(long sent, long received) => Write(
        "proc/net/dev",
        "Inter-|   Receive                            |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets\n    lo: 9 9 0 0 0 0 0 0 9 9 0 0 0 0 0 0\n"
        + string.Create(CultureInfo.InvariantCulture, $"  eth1:{received} 9 0 0 0 0 0 0 {sent} 9 0 0 0 0 0 0\n"));

    private void Processor(int busy, int idle) => Write("proc/stat", string.Create(CultureInfo.InvariantCulture, $"cpu  {busy} 0 0 {idle} 0 0 0 0 0 0\ncpu0 1 1 1 1 1\n"));

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root.File(path))!);
        File.WriteAllText(_root.File(path), text);
    }
}
