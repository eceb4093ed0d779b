using System.Reflection;
using System.Xml.Linq;

namespace Scheduler.Tests.Architecture;

/// <summary>Who may know whom. What is not in the table is not allowed, in code and in project files.</summary>
public sealed class DependencyTests
{
    /// <summary>What each assembly may reference beside the base class library. Packages are named by the beginning of their assemblies' names.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Scheduler.Core"] = [],
        ["Scheduler.State"] = ["Scheduler.Core"],
        ["Scheduler.Storage"] = ["Scheduler.Core", "Scheduler.State", "Dapper", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "Npgsql"],
        ["Scheduler.Protocol"] = ["Scheduler.Core", "Google.Protobuf", "YamlDotNet"],
        ["Scheduler.Client"] = ["Scheduler.Core", "Scheduler.Protocol", "Google.Protobuf"],
        ["Scheduler.Simulator"] = ["Scheduler.Core", "Scheduler.State", "Scheduler.Protocol"],
        ["scheduler"] = ["Scheduler.Core", "Scheduler.State", "Scheduler.Storage", "Scheduler.Protocol", "Scheduler.Client", "Scheduler.Simulator", "System.CommandLine", "Spectre.Console"],
        ["Scheduler.Server"] =
        [
            "Scheduler.Core", "Scheduler.State", "Scheduler.Storage", "Scheduler.Protocol", "Scheduler.Simulator", "Google.Protobuf",
            "Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.Net.Http.Headers", "Microsoft.OpenApi", "OpenTelemetry",
        ],
    };

    /// <summary>Packages that only the build uses: nothing of them is in an assembly.</summary>
    private static readonly HashSet<string> BuildOnly = ["Grpc.Tools", "Microsoft.CodeAnalysis.BannedApiAnalyzers"];

    [Fact]
    public void Every_assembly_references_only_what_it_may()
    {
        string[] strays = [.. Product.Assemblies.SelectMany(assembly => assembly.Value.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(reference => !IsBaseLibrary(reference) && !IsAllowed(assembly.Key, reference))
            .Select(reference => $"{assembly.Key} -> {reference}"))];
        Findings.None(strays);
    }

    [Fact]
    public void Only_the_server_knows_asp_net() => Assert.Equal(["Scheduler.Server"], WhoReferences("Microsoft.AspNetCore"));

    [Fact]
    public void Only_storage_knows_the_databases()
    {
        Assert.Equal(["Scheduler.Storage"], WhoReferences("Microsoft.Data.Sqlite"));
        Assert.Equal(["Scheduler.Storage"], WhoReferences("Npgsql"));
    }

    [Fact]
    public void The_core_references_the_base_library_alone() =>
        Assert.All(Product.Assemblies["Scheduler.Core"].GetReferencedAssemblies(), reference => Assert.True(IsBaseLibrary(reference.Name!), reference.Name));

    [Fact]
    public void The_core_holds_no_thread_lock_or_task_in_its_signatures()
    {
        Type[] foreign = [typeof(Task), typeof(Task<>), typeof(ValueTask), typeof(ValueTask<>), typeof(Thread), typeof(TimeProvider), typeof(Lock), typeof(SemaphoreSlim)];
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        string[] found = [.. Product.Assemblies["Scheduler.Core"].GetTypes().SelectMany(type =>
            type.GetFields(All).Select(field => (Member: $"{type}.{field.Name}", Type: field.FieldType))
                .Concat(type.GetMethods(All).Select(method => (Member: $"{type}.{method.Name}", Type: method.ReturnType)))
                .Where(member => foreign.Contains(member.Type.IsGenericType ? member.Type.GetGenericTypeDefinition() : member.Type))
                .Select(member => $"{member.Member}: {member.Type.Name}"))];
        Findings.None(found);
    }

    [CheckoutFact]
    public void Every_project_file_references_only_what_its_assembly_may()
    {
        var strays = new List<string>();
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Checkout.Root!, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            XElement project = XDocument.Load(path).Root!;
            string assembly = project.Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(path);
            IEnumerable<string> projects = project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
            IEnumerable<string> packages = project.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value);
            strays.AddRange(projects.Concat(packages)
                .Where(reference => !BuildOnly.Contains(reference) && !IsAllowed(assembly, reference))
                .Select(reference => $"{assembly} -> {reference}"));
        }
        Findings.None(strays);
    }

    private static string[] WhoReferences(string package) => [.. Product.Assemblies
        .Where(assembly => assembly.Value.GetReferencedAssemblies().Any(reference => IsOf(package, reference.Name!)))
        .Select(assembly => assembly.Key)
        .Order()];

    private static bool IsAllowed(string assembly, string reference) =>
        Allowed.TryGetValue(assembly, out string[]? allowed) && allowed.Any(package => IsOf(package, reference));

    private static bool IsOf(string package, string assembly) =>
        assembly == package || assembly.StartsWith(package + ".", StringComparison.Ordinal);

    /// <summary>The shared framework is told from packages of similar names by where it lies.</summary>
    private static bool IsBaseLibrary(string reference) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, reference + ".dll"));
}
