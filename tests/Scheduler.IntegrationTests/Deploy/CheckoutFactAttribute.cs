namespace Scheduler.IntegrationTests.Deploy;

/// <summary>A fact about the files of <c>deploy</c>: skipped where the tests run without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CheckoutFactAttribute : FactAttribute
{
    /// <summary>Skips the test where there is no checkout.</summary>
    public CheckoutFactAttribute()
    {
        if (Checkout.Root is null) Skip = "the tests run without their sources: no Scheduler.sln at or above them";
    }
}
