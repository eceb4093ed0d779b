namespace Scheduler.Cli.Bench;

/// <summary>A group of measurements that run in process.</summary>
public interface IBench
{
    /// <summary>Name to call it by: <c>scheduler bench NAME</c>.</summary>
    string Name { get; }

    /// <summary>Runs its cases one after the other; each result comes as soon as it is there.</summary>
    /// <exception cref="FileNotFoundException">A file that it measures with is not there.</exception>
    IEnumerable<BenchResult> Run();
}
