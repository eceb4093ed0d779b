namespace Scheduler.Core.Policies;

/// <summary>How large a policy may be. A request looks through all stream rules, and every class has candidates of its own.</summary>
public static class PolicyLimits
{
    /// <summary>Most fences.</summary>
    public const int Fences = 64;

    /// <summary>Most classes of streams.</summary>
    public const int Classes = 32;

    /// <summary>Most stream rules of all classes together: one of each pattern and tenant.</summary>
    public const int StreamRules = 256;

    /// <summary>Most prefix overrides.</summary>
    public const int Overrides = 10_000;

    /// <summary>Longest id of a fence, class or tenant, characters.</summary>
    public const int IdLength = 32;

    /// <summary>Most runs of any characters in one pattern.</summary>
    public const int Stars = 4;
}
