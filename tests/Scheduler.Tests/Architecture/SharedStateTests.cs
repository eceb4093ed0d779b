using System.Reflection;
using Scheduler.Core.Capacity;
using Scheduler.Core.Sessions;

namespace Scheduler.Tests.Architecture;

/// <summary>What may change in place is listed here; all else that other types can see is immutable or guards its own state.</summary>
public sealed class SharedStateTests
{
    /// <summary>The types with public mutable fields, each with its reason.</summary>
    private static readonly Dictionary<Type, string> Mutable = new()
    {
        [typeof(NodeLedger)] = "32 bytes in one array that admissions change by compare-and-swap: Interlocked needs the field itself",
        [typeof(SiteLedger)] = "the same for a site, summed up by its single writer",
        [typeof(NodeSessions)] = "two counters a node in one array, changed by interlocked additions",
    };

    [Fact]
    public void Only_listed_types_have_public_mutable_fields()
    {
        Type[] found = [.. Product.Types
            .Where(type => type.IsVisible && !type.IsEnum)
            .Where(type => type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Any(field => !field.IsInitOnly && !field.IsLiteral))
            .OrderBy(type => type.Name)];
        Assert.Equal(Mutable.Keys.OrderBy(type => type.Name), found);
    }

    [Fact]
    public void No_type_has_a_mutable_static_field()
    {
        string[] found = [.. Product.Types
            .Where(type => type.Namespace?.StartsWith("Scheduler.Protocol.Grpc.Messages", StringComparison.Ordinal) != true) // protoc's
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && !field.Name.Contains('<') && !IsGenerated(field.DeclaringType!))
            .Select(field => $"{field.DeclaringType}.{field.Name}")];
        Findings.None(found);
    }

    private static bool IsGenerated(Type type) => type.GetCustomAttributesData()
        .Concat(type.DeclaringType?.GetCustomAttributesData() ?? [])
        .Any(attribute => attribute.AttributeType.Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute");
}
