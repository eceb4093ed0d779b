using Scheduler.State.Ports;
using Scheduler.Storage;
using Scheduler.Tests.Storage;

namespace Scheduler.IntegrationTests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresStoreTests(PostgresFixture postgres) : StoreConformance
{
    /// <summary>Few: each append is some ways to the server and back.</summary>
    protected override int Sequences => 4;

    protected override Stores Open() => StoreAddress.Open(postgres.Server.PatientUrl(postgres.Server.CreateDatabase()));
}
