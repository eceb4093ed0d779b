using System.Globalization;
using Scheduler.State.Ports;
using Scheduler.Storage;
using Scheduler.Tests.Storage;

namespace Scheduler.IntegrationTests.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresClusterTests(PostgresFixture postgres) : ClusterConformance
{
    private string _database = "";

    protected override Stores Open()
    {
        _database = postgres.Server.CreateDatabase();
        return StoreAddress.Open(postgres.Server.PatientUrl(_database));
    }

    /// <summary>The server's clock cannot be set: what it has told is set back instead.</summary>
    protected override void Pass(TimeSpan time)
    {
        string past = string.Create(CultureInfo.InvariantCulture, $"INTERVAL '{time.TotalMicroseconds} microseconds'");
        postgres.Server.Execute(_database, $"UPDATE members SET heard_at = heard_at - {past}; UPDATE lease SET until = until - {past}");
    }
}
