namespace Scheduler.IntegrationTests.Postgres;

/// <summary>The tests that share a server and leave it as it is.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
