using System.Globalization;

namespace Scheduler.Client.Edges;

/// <summary>
/// A machine under Linux: what its network interface carries by <c>/proc/net/dev</c>, and how busy it is by <c>/proc/stat</c> and <c>/proc/meminfo</c>. Rates are means between two looks,
/// smoothed over five seconds, because a viewer's player fetches in bursts.
/// </summary>
public sealed class LinuxHost : IHostMeter
{
    private const double SmoothingS = 5;

    private readonly TimeProvider _time;
    private readonly string _proc;
    private readonly string _sys;
    private (long At, long Sent, long Received)? _traffic;
    private (long Busy, long All)? _cpu;
    private double? _egress;
    private double? _ingress;

    /// <summary>A machine.</summary>
    /// <param name="time">Clock of the rates.</param>
    /// <param name="interface">Name of the network interface that viewers are served through; null for that of the default route.</param>
    /// <param name="root">Where <c>proc</c> and <c>sys</c> are mounted; another place than <c>/</c> where a container sees its host's.</param>
    /// <exception cref="IOException">There is no such interface, or no default route.</exception>
    public LinuxHost(TimeProvider time, string? @interface = null, string root = "/")
    {
        ArgumentNullException.ThrowIfNull(time);
        (_time, _proc, _sys) = (time, Path.Combine(root, "proc"), Path.Combine(root, "sys"));
        Interface = @interface ?? DefaultRoute() ?? throw new IOException("There is no default route: name the interface that viewers are served through.");
        if (Traffic() is null) throw new IOException($"There is no network interface {Interface}.");
    }

    /// <summary>The interface that is measured.</summary>
    public string Interface { get; }

    /// <summary>What the interface can send as its driver says, bit/s; null where it does not say, as that of a virtual machine.</summary>
    public long? LinkBps =>
        Read(Path.Combine(_sys, "class/net", Interface, "speed")) is { } text && long.TryParse(text.Trim(), CultureInfo.InvariantCulture, out long mbps) && mbps > 0 ? mbps * 1_000_000 : null;

    /// <inheritdoc/>
    public HostMeasurement Measure()
    {
        MeasureTraffic();
        return new HostMeasurement((long?)_egress, (long?)_ingress, Cpu(), Memory());
    }

    private void MeasureTraffic()
    {
        if (Traffic() is not { } now) return;
        long at = _time.GetTimestamp();
        if (_traffic is { } before && _time.GetElapsedTime(before.At, at) is { TotalSeconds: > 0.05 and var seconds })
        {
            double weight = _egress is null ? 1 : 1 - Math.Exp(-seconds / SmoothingS);
            // A counter that went back began anew: nothing is known of the time between.
            if (now.Sent >= before.Sent) _egress = Smooth(_egress, (now.Sent - before.Sent) * 8 / seconds, weight);
            if (now.Received >= before.Received) _ingress = Smooth(_ingress, (now.Received - before.Received) * 8 / seconds, weight);
        }
        else if (_traffic is not null)
        {
            return; // too short a time to tell
        }
        _traffic = (at, now.Sent, now.Received);
    }

    private static double Smooth(double? before, double now, double weight) => before is { } old ? old + ((now - old) * weight) : now;

    private (long Sent, long Received)? Traffic()
    {
        foreach (string line in Lines("net/dev"))
        {
            // "  eth0: 1296 9 0 0 0 0 0 0 1296 9 ...": bytes received first, bytes sent ninth.
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || !line.AsSpan(0, colon).Trim().SequenceEqual(Interface)) continue;
            string[] fields = Fields(line[(colon + 1)..]);
            if (fields.Length > 8 && Whole(fields[8]) is { } sent && Whole(fields[0]) is { } received) return (sent, received);
        }
        return null;
    }

    private string? DefaultRoute()
    {
        foreach (string line in Lines("net/route"))
            if (Fields(line) is [var name, "00000000", ..]) return name;
        return null;
    }

    private double? Cpu()
    {
        // "cpu user nice system idle iowait irq softirq steal guest guest_nice", in ticks; guests are in user already.
        foreach (string line in Lines("stat"))
        {
            if (Fields(line) is not ["cpu", .. var ticks] || ticks.Length < 5) continue;
            long all = 0;
            for (int i = 0; i < Math.Min(8, ticks.Length); i++) all += Whole(ticks[i]) ?? 0;
            long busy = all - (Whole(ticks[3]) ?? 0) - (Whole(ticks[4]) ?? 0);
            (long Busy, long All)? before = _cpu;
            _cpu = (busy, all);
            return before is { } old && all > old.All ? Math.Clamp((busy - old.Busy) / (double)(all - old.All), 0, 1) : null;
        }
        return null;
    }

    private double? Memory()
    {
        long? total = null, available = null;
        foreach (string line in Lines("meminfo"))
        {
            if (Fields(line) is ["MemTotal:", var all, ..]) total = Whole(all);
            else if (Fields(line) is ["MemAvailable:", var free, ..]) available = Whole(free);
            if (total is > 0 and { } t && available is { } a) return Math.Clamp(1 - (a / (double)t), 0, 1);
        }
        return null;
    }

    private IEnumerable<string> Lines(string file) => Read(Path.Combine(_proc, file))?.Split('\n') ?? [];

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null; // not on this machine: the report goes without it
        }
    }

    private static string[] Fields(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static long? Whole(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
}
