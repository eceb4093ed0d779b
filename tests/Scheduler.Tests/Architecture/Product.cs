using System.Reflection;

namespace Scheduler.Tests.Architecture;

/// <summary>The assemblies of <c>src</c>.</summary>
internal static class Product
{
    /// <summary>Each, by name.</summary>
    public static IReadOnlyDictionary<string, Assembly> Assemblies { get; } = new[]
    {
        "Scheduler.Core", "Scheduler.State", "Scheduler.Storage", "Scheduler.Protocol", "Scheduler.Client", "Scheduler.Simulator", "scheduler",
        "Scheduler.Server",
    }.ToDictionary(name => name, Assembly.Load);

    /// <summary>Every type that people wrote, nested ones too.</summary>
    public static IEnumerable<Type> Types => Assemblies.Values.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.Name.Contains('<'));
}
