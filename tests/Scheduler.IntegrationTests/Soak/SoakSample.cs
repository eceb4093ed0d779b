using System.Globalization;
using System.Text.RegularExpressions;

namespace Scheduler.IntegrationTests.Soak;

/// <summary>What a server process holds at one moment.</summary>
/// <param name="AtS">Since the load began, s.</param>
/// <param name="HeapMb">Managed heap after its last collection.</param>
/// <param name="ResidentMb">Resident memory.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Sessions">Live sessions.</param>
/// <param name="Calls">Calls made until then.</param>
internal sealed partial record SoakSample(double AtS, double HeapMb, double ResidentMb, int Handles, int Threads, long Sessions, long Calls)
{
    public const string Header = "    s  heap MB  resident MB  handles  threads  sessions     calls";

    public static async Task<SoakSample> TakeAsync(HttpClient http, int process, double atS, long calls)
    {
        string metrics = await http.GetStringAsync("metrics");
        string status = await File.ReadAllTextAsync($"/proc/{process}/status");
        return new SoakSample(
            atS,
            Metric(metrics, "scheduler_heap_bytes") / 1e6,
            Metric(metrics, "scheduler_resident_bytes") / 1e6,
            Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count(),
            int.Parse(Threads_().Match(status).Groups[1].Value, CultureInfo.InvariantCulture),
            (long)Metric(metrics, "scheduler_sessions"),
            calls);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{AtS,5:0}  {HeapMb,7:0.0}  {ResidentMb,11:0.0}  {Handles,7}  {Threads,7}  {Sessions,8}  {Calls,8}");

    private static double Metric(string text, string name)
    {
        int start = text.IndexOf($"\n{name} ", StringComparison.Ordinal) + name.Length + 2;
        return double.Parse(text.AsSpan(start, text.IndexOf('\n', start) - start), CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Threads:\s+([0-9]+)")]
    private static partial Regex Threads_();
}
