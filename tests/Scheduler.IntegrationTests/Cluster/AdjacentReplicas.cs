using Scheduler.IntegrationTests.Postgres;

namespace Scheduler.IntegrationTests.Cluster;

/// <summary>Two replicas of one database, each of its own build.</summary>
/// <param name="postgres">The server of their store.</param>
internal sealed class AdjacentReplicas(PostgresServer postgres) : IAsyncDisposable
{
    /// <summary>Key of every call.</summary>
    public const string AdminKey = "the-admin-key-of-these-tests";

    private readonly ScratchDirectory _scratch = new();
    private readonly List<ServerProcess> _replicas = [];

    /// <summary>Their database.</summary>
    public string Database { get; } = postgres.CreateDatabase();

    /// <summary>Version of its schema.</summary>
    public long Schema => (long)postgres.Execute(Database, "SELECT version FROM scheduler_schema")!;

    /// <summary>Does to the schema what a later version may do: adds something to every table.</summary>
    public void AddToSchema() => postgres.Execute(
        Database,
        """
        DO $$ DECLARE name TEXT; BEGIN
          FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN of_a_later_version TEXT', name); END LOOP;
        END $$;
        UPDATE scheduler_schema SET version = version + 1
        """);

    /// <summary>Starts a replica.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="program">Its Scheduler.Server.dll.</param>
    public async Task<ServerProcess> StartAsync(string name, string program)
    {
        ServerProcess replica = await ServerProcess.StartProgramAsync(program, DirectoryOf(name), Arguments(name));
        _replicas.Add(replica);
        return replica;
    }

    /// <summary>Starts a replica that is to be refused.</summary>
    /// <returns>What it said.</returns>
    public async Task<string> RefusedAsync(string name, string program)
    {
        await using ChildProcess replica = ServerProcess.LaunchProgram(program, DirectoryOf(name), Arguments(name));
        Assert.NotEqual(0, await replica.ExitAsync());
        return replica.Output;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServerProcess replica in _replicas) await replica.DisposeAsync();
        _scratch.Dispose();
    }

    private string DirectoryOf(string name) => Directory.CreateDirectory(_scratch.File(name)).FullName;

    private string[] Arguments(string name) =>
    [
        "--url", "http://127.0.0.1:0", "--store", postgres.Url(Database), $"--Scheduler:Security:AdminKey={AdminKey}", $"--Scheduler:Cluster:Name={name}",
        "--Scheduler:Cluster:Key=a-key-that-all-replicas-of-these-tests-share", "--Scheduler:Cluster:PeerUrl=http://127.0.0.1:0", "--Scheduler:Cluster:Replicas=2",
        $"--Scheduler:Cluster:StateDirectory={DirectoryOf(name)}", "--Scheduler:Cluster:LeaveS=1", "--Scheduler:Overload:TargetMs=0",
    ];
}
