using System.Collections.Immutable;
using System.Text;
using Scheduler.Server.Standby;
using Scheduler.State;
using Scheduler.State.Ports;
using Scheduler.Tests.Storage;

namespace Scheduler.Tests.Server.Standby;

/// <summary>What a replica may and may not start from.</summary>
public sealed class StandbyFileTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ScratchDirectory _scratch = new();
    private readonly StandbyFile _file;

    public StandbyFileTests() => _file = new StandbyFile(_scratch.File("data"));

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void What_is_written_comes_back_and_only_its_owner_can_read_it()
    {
        _file.Write(State());
        _file.Write(State());
        StandbyState read = Assert.IsType<StandbyReading.Sound>(_file.Read("replica-0", Noon)).State;
        Assert.Equal(("replica-0", 3, 41L, 17L, Noon), (read.Name, read.Number, read.Start, read.Configuration.Revision, read.Configuration.ConfirmedAt));
        Assert.Equal("""{"regions":["é"]}""", Encoding.UTF8.GetString(read.Configuration.Documents["fleet"].Content.Span));
        Assert.Equal(State().Configuration.Documents["fleet"].Hash, read.Configuration.Documents["fleet"].Hash);
        Assert.Equal(State().Numbers.OrderBy(number => number.Key), read.Numbers.OrderBy(number => number.Key));
        Assert.Equal(State().Peers.AsEnumerable(), read.Peers);
        ApiKey key = Assert.Single(read.Keys);
        Assert.Equal((ApiKeyKind.Reporter, "lon1 ams", "t1", "ann"), (key.Kind, string.Join(' ', key.Sites), key.Tenant, key.RevokedBy));
        Assert.True(key.Hash.Span.SequenceEqual(State().Keys[0].Hash.Span));
        Assert.True(Assert.Single(read.Secrets).Bytes.Span.SequenceEqual(State().Secrets[0].Bytes.Span));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file.Path));
        Assert.Single(Directory.GetFiles(_scratch.File("data")));
    }

    [Fact]
    public void A_file_that_is_not_there_is_no_fault_of_its_own() => Assert.Equal("is not there", Refusal());

    [Fact]
    public void Another_replicas_file_gives_no_number() => Assert.Contains("'replica-0'", RefusalOf(State(), name: "replica-1"), StringComparison.Ordinal);

    [Fact]
    public void A_number_that_may_be_anothers_by_now_is_not_taken()
    {
        Assert.Contains("24 hours", RefusalOf(State(), now: Noon + IMembership.Rest + TimeSpan.FromSeconds(1)), StringComparison.Ordinal);
        Assert.IsType<StandbyReading.Sound>(_file.Read("replica-0", Noon + IMembership.Rest));
    }

    [Fact]
    public void Cut_off_or_changed_anywhere_it_is_refused()
    {
        _file.Write(State());
        byte[] whole = File.ReadAllBytes(_file.Path);
        for (int at = 0; at < whole.Length; at += 5)
        {
            File.WriteAllBytes(_file.Path, whole[..at]);
            Assert.IsType<StandbyReading.Refused>(_file.Read("replica-0", Noon));
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            File.WriteAllBytes(_file.Path, changed);
            Assert.IsType<StandbyReading.Refused>(_file.Read("replica-0", Noon));
        }
    }

    [Theory]
    [InlineData("{\"format\":\"scheduler-standby\",\"version\":2,\"more\":1}\n{}\n", "another version")]
    [InlineData("{\"format\":\"scheduler-store\",\"version\":1}\n{}\n", "not a standby file")]
    [InlineData("[1]\n\n", "not a standby file")]
    [InlineData("\n", "cannot be read")]
    [InlineData("hello\n", "cannot be read")]
    public void Another_file_is_told_from_a_damaged_one(string content, string reason)
    {
        Directory.CreateDirectory(_scratch.File("data"));
        File.WriteAllText(_file.Path, content);
        Assert.Contains(reason, Refusal(), StringComparison.Ordinal);
    }

    private string Refusal() => Assert.IsType<StandbyReading.Refused>(_file.Read("replica-0", Noon)).Reason;

    private string RefusalOf(StandbyState state, string name = "replica-0", DateTimeOffset? now = null)
    {
        _file.Write(state);
        return Assert.IsType<StandbyReading.Refused>(_file.Read(name, now ?? Noon)).Reason;
    }

    private static StandbyState State() => new(
        "replica-0", 3, 41, [new Member(2, 7, new MemberDraft("replica-1", "http://r1:8082", "b", "1.0"), TimeSpan.Zero, HasLeft: true)],
        new StoredConfiguration(17, ImmutableSortedDictionary<string, Document>.Empty.Add("fleet", Document.Of("""{"regions":["é"]}"""u8.ToArray())), Noon),
        ImmutableDictionary<(NumberKind, string), int>.Empty.Add((NumberKind.Site, "lon1"), 1).Add((NumberKind.Node, "a"), 1).Add((NumberKind.Cell, "GB"), 9),
        [new ApiKey("abcdefghij", ApiKeyKind.Reporter, "a name", ["lon1", "ams"], Enumerable.Repeat((byte)5, 32).ToArray(), Noon, "ann", Noon, "ann", null) { Tenant = "t1" }],
        [new MasterSecret(2, Enumerable.Repeat((byte)7, 32).ToArray(), Noon)]);
}
