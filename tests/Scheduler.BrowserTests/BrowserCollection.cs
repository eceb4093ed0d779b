namespace Scheduler.BrowserTests;

/// <summary>The tests that share the browser; they run one after the other, since two cores carry no more.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
