using Npgsql;
using Scheduler.Storage;
using Scheduler.Storage.Postgres;

namespace Scheduler.Tests.Storage.Postgres;

public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("postgres://ann:s%20e%40c%3Ar@db.example:6432/sched?sslmode=verify-full&application_name=x")]
    [InlineData("POSTGRESQL://ann:s%20e%40c%3Ar@db.example:6432/sched?SslMode=VerifyFull&application_name=x")]
    [InlineData("Host=db.example;Port=6432;Username=ann;Password='s e@c:r';Database=sched;SSL Mode=VerifyFull;Application Name=x")]
    [InlineData("server=db.example;port=6432;user id=ann;pwd=s e@c:r;database=sched;sslmode=verifyfull;applicationname=x")]
    public void An_url_and_a_connection_string_say_the_same(string address)
    {
        NpgsqlConnectionStringBuilder read = PostgresAddress.Parse(address);
        Assert.Equal(
            ("db.example", 6432, "ann", "s e@c:r", "sched", SslMode.VerifyFull, "x"),
            (read.Host, read.Port, read.Username, read.Password, read.Database, read.SslMode, read.ApplicationName));
    }

    [Theory]
    [InlineData("postgres://db", "db", 5432)]
    [InlineData("postgres://db/", "db", 5432)]
    [InlineData("postgres://u@[::1]:6000/x", "::1", 6000)]
    [InlineData("postgres://u@[::1]/x", "::1", 5432)]
    [InlineData("postgres://%2Frun%2Fpg/x", "/run/pg", 5432)]
    [InlineData("postgres://u:p@a:1,b:2/x", "a:1,b:2", 5432)]
    public void Hosts_of_an_url_are_names_addresses_directories_and_lists(string address, string host, int port)
    {
        NpgsqlConnectionStringBuilder read = PostgresAddress.Parse(address);
        Assert.Equal((host, port), (read.Host, read.Port));
    }

    [Fact]
    public void Waits_are_short_and_the_pool_is_small_unless_the_address_says_otherwise()
    {
        NpgsqlConnectionStringBuilder read = PostgresAddress.Parse("Host=db");
        Assert.Equal((3, 5, 8, "scheduler"), (read.Timeout, read.CommandTimeout, read.MaxPoolSize, read.ApplicationName));
        read = PostgresAddress.Parse("Host=db;Timeout=9;Maximum Pool Size=3;Multiplexing=true;Include Error Detail=true");
        Assert.Equal((9, 5, 3), (read.Timeout, read.CommandTimeout, read.MaxPoolSize));
        Assert.False(read.Multiplexing);
        Assert.False(read.IncludeErrorDetail);
    }

    [Theory]
    [InlineData("Host=db;Password=a;hunter2=b", "place 3")]
    [InlineData("Host=db;Port=hunter2", "port")]
    [InlineData("Host=db;SSL Mode=hunter2", "ssl mode")]
    [InlineData("Host=db;Password=a;hunter2", "cannot be read")]
    [InlineData("Server=;Password=hunter2", "Host")]
    [InlineData("postgres://u:hunter2@/db", "Host")]
    [InlineData("postgres://u@db:hunter2/db", "Port")]
    [InlineData("postgres://u@db/db?x=hunter2", "place 4")]
    [InlineData("postgres://u:hunter2@db/db?sslmode=sometimes", "SSL Mode")]
    public void What_cannot_be_read_is_named_and_not_repeated(string address, string named)
    {
        StoreException refusal = Assert.Throws<StoreException>(() => StoreAddress.Open(address));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
    }
}
