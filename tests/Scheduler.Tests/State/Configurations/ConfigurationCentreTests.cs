using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Drains;
using Scheduler.Core.Topology;
using Scheduler.Server.Persistence;
using Scheduler.State;
using Scheduler.State.Ports;
using Scheduler.Storage.Memory;
using Scheduler.Tests.Server.Admin;

namespace Scheduler.Tests.State.Configurations;

public sealed class ConfigurationCentreTests
{
    private static readonly ChangeOrder ByMe = new("me", "because");

    private readonly StoppedClock _clock = new();
    private readonly Stores _stores = MemoryStores.Create();
    private readonly FaultyRevisionStore _revisions;
    private readonly List<Scheduler.State.Configuration> _applied = [];
    private readonly ConfigurationCentre _centre;

    public ConfigurationCentreTests()
    {
        _revisions = new FaultyRevisionStore(_stores.Revisions);
        _centre = NewCentre(_applied);
    }

    [Fact]
    public async Task An_empty_store_loads_as_the_empty_configuration_and_applies_nothing()
    {
        Assert.Equal(0, (await _centre.LoadAsync(default)).Revision);
        Assert.Empty(_applied);
    }

    [Fact]
    public async Task A_change_is_persisted_and_applied_before_it_is_answered()
    {
        var committed = Assert.IsType<ChangeResult.Committed>(await ReplaceFleet("lon1 lon1-01 Edge"));
        Assert.Equal(1, committed.Configuration.Revision);
        Assert.Same(committed.Configuration, _centre.Current);
        Assert.Same(committed.Configuration, Assert.Single(_applied));
        Revision stored = (await _stores.Revisions.ReadNewestAsync(default))!.Revision;
        Assert.Equal((1, "me", "because", RevisionKind.Fleet, StoppedClock.Start), (stored.Number, stored.Author, stored.Reason, stored.Kind, stored.At));
    }

    [Fact]
    public async Task Another_centre_on_the_same_store_loads_the_same_configuration()
    {
        await ReplaceFleet("lon1 lon1-01 Edge", "ams ams-01 Origin");
        await _centre.ChangeAsync(
            present => new ConfigurationEdit.Replace(
                RevisionKind.Node, Overrides: [new NodeOverride("lon1-01", false, 0.5)], Drains: [DrainOf("d-2", TimeSpan.FromHours(1))]),
            ByMe,
            default);

        var applied = new List<Scheduler.State.Configuration>();
        Scheduler.State.Configuration loaded = await NewCentre(applied).LoadAsync(default);
        Assert.Same(loaded, Assert.Single(applied));
        Assert.Equal(2, loaded.Revision);
        Assert.Equal(_centre.Current.Fleet.Nodes.Select(node => node.Id), loaded.Fleet.Nodes.Select(node => node.Id));
        Assert.Equal(_centre.Current.Overrides, loaded.Overrides.AsEnumerable());
        Assert.Equal(_centre.Current.Drains, loaded.Drains.AsEnumerable());
        Assert.Equal(_centre.Current.Numbers.Nodes, loaded.Numbers.Nodes.AsEnumerable());
    }

    [Fact]
    public async Task A_refused_change_changes_nothing()
    {
        ConfigurationRefusal refusal = ConfigurationRefusal.Of(ConfigurationRefusalKind.Conflict, "target", "no");
        var refused = Assert.IsType<ChangeResult.Refused>(await _centre.ChangeAsync(_ => new ConfigurationEdit.Refuse(refusal), ByMe, default));
        Assert.Same(refusal, refused.Refusal);
        Assert.Empty(_applied);
        Assert.Null(await _stores.Revisions.ReadNewestAsync(default));
    }

    [Fact]
    public async Task A_change_upon_another_revision_is_lost_and_changes_nothing()
    {
        await ReplaceFleet("lon1 lon1-01 Edge");
        ChangeResult result = await _centre.ChangeAsync(Fleet("ams ams-01 Edge"), ByMe with { IfMatch = 0 }, default);
        Assert.Equal(1, Assert.IsType<ChangeResult.Lost>(result).Newest.Revision);
        Assert.Equal("lon1-01", Assert.Single(_centre.Current.Fleet.Nodes).Id);
    }

    [Fact]
    public async Task A_change_that_changes_nothing_makes_no_revision()
    {
        await ReplaceFleet("lon1 lon1-01 Edge");
        Assert.Equal(1, Assert.IsType<ChangeResult.Committed>(await ReplaceFleet("lon1 lon1-01 Edge")).Configuration.Revision);
        Assert.Single(_applied);
    }

    [Fact]
    public async Task Numbers_are_never_reused_when_a_node_leaves_and_another_comes()
    {
        await ReplaceFleet("lon1 a Edge", "lon1 b Edge");
        await ReplaceFleet("lon1 b Edge", "lon1 c Edge");
        await ReplaceFleet("lon1 a Edge", "lon1 c Edge", "par1 d Edge");
        Assert.Equal([1, 3, 4], _centre.Current.Numbers.Nodes.AsEnumerable());
        Assert.Equal([1, 2], _centre.Current.Numbers.Sites.AsEnumerable());
    }

    [Fact]
    public async Task When_another_writer_was_first_the_change_is_made_upon_its_state()
    {
        ConfigurationCentre other = NewCentre([]);
        await ReplaceFleet("lon1 a Edge");
        await other.LoadAsync(default);
        await other.ChangeAsync(_ => new ConfigurationEdit.Replace(RevisionKind.Drain, Drains: [DrainOf("d-2", TimeSpan.FromHours(1))]), ByMe, default);

        var shown = new List<long>();
        ChangeResult result = await _centre.ChangeAsync(
            present =>
            {
                shown.Add(present.Revision);
                return new ConfigurationEdit.Replace(RevisionKind.Node, Overrides: [new NodeOverride("a", false, 1)]);
            },
            ByMe,
            default);

        Assert.Equal(3, Assert.IsType<ChangeResult.Committed>(result).Configuration.Revision);
        Assert.Equal([1, 2], shown);
        Assert.Equal("d-2", Assert.Single(_centre.Current.Drains).Id);
        Assert.Equal([1, 2, 3], _applied.Select(configuration => configuration.Revision));
    }

    [Fact]
    public async Task A_condition_on_a_revision_that_another_writer_made_is_met()
    {
        ConfigurationCentre other = NewCentre([]);
        await other.ChangeAsync(Fleet("lon1 a Edge"), ByMe, default);
        Assert.IsType<ChangeResult.Committed>(await _centre.ChangeAsync(Fleet("lon1 b Edge"), ByMe with { IfMatch = 1 }, default));
    }

    [Fact]
    public async Task The_same_request_acts_once_and_a_second_body_under_its_key_is_refused()
    {
        var mark = new RequestMark("me/x/1", "body-1");
        Assert.IsType<ChangeResult.Committed>(await _centre.ChangeAsync(Fleet("lon1 a Edge"), ByMe with { Request = mark }, default));
        ChangeResult again = await _centre.ChangeAsync(Fleet("lon1 b Edge"), ByMe with { Request = mark }, default);
        ChangeResult reused = await _centre.ChangeAsync(Fleet("lon1 b Edge"), ByMe with { Request = mark with { BodyHash = "body-2" } }, default);

        Assert.Equal(1, Assert.IsType<ChangeResult.Replayed>(again).Revision.Number);
        Assert.Equal(ConfigurationRefusalKind.RequestKeyReused, Assert.IsType<ChangeResult.Refused>(reused).Refusal.Kind);
        Assert.Equal(1, _centre.Current.Revision);
    }

    [Fact]
    public async Task A_failed_write_changes_nothing_and_the_next_change_succeeds()
    {
        _revisions.FailNextAppend = true;
        await Assert.ThrowsAsync<IOException>(() => ReplaceFleet("lon1 a Edge"));
        Assert.Equal(0, _centre.Current.Revision);
        Assert.Equal(1, Assert.IsType<ChangeResult.Committed>(await ReplaceFleet("lon1 a Edge")).Configuration.Revision);
    }

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_found_out_by_the_next_tick()
    {
        _revisions.LoseNextAnswer = true;
        await Assert.ThrowsAsync<IOException>(() => ReplaceFleet("lon1 a Edge"));
        Assert.Empty(_applied);

        Assert.Equal(0, await _centre.ExpireAsync(_clock.Now, default));
        Assert.Equal(1, Assert.Single(_applied).Revision);
    }

    [Fact]
    public async Task A_repeated_request_whose_answer_was_lost_acts_once()
    {
        ChangeOrder order = ByMe with { Request = new RequestMark("me/x/1", "body") };
        _revisions.LoseNextAnswer = true;
        await Assert.ThrowsAsync<IOException>(async () => await _centre.ChangeAsync(Fleet("lon1 a Edge"), order, default));
        Assert.IsType<ChangeResult.Replayed>(await _centre.ChangeAsync(Fleet("lon1 a Edge"), order, default));
        Assert.Equal(1, _centre.Current.Revision);
    }

    [Fact]
    public async Task A_repeated_request_that_another_centre_carried_out_is_applied_before_it_is_answered()
    {
        ChangeOrder order = ByMe with { Request = new RequestMark("me/x/1", "body") };
        await NewCentre([]).ChangeAsync(Fleet("lon1 a Edge"), order, default);
        Assert.IsType<ChangeResult.Replayed>(await _centre.ChangeAsync(Fleet("lon1 a Edge"), order, default));
        Assert.Equal(1, Assert.Single(_applied).Revision);

        var other = new List<Scheduler.State.Configuration>();
        Assert.Equal(1, (await NewCentre(other).FindAsync(order.Request!, default))!.Number);
        Assert.Equal(1, Assert.Single(other).Revision);
    }

    [Fact]
    public async Task Expired_drains_end_by_a_revision_of_the_scheduler()
    {
        await Drains(DrainOf("d-1", TimeSpan.FromHours(1)), DrainOf("d-2", TimeSpan.FromHours(2)), DrainOf("d-3", TimeSpan.FromHours(3)));

        Assert.Equal(0, await _centre.ExpireAsync(StoppedClock.Start.AddMinutes(59), default));
        Assert.Equal(1, await _centre.ExpireAsync(StoppedClock.Start.AddHours(1), default));
        Assert.Equal(["d-2", "d-3"], _centre.Current.Drains.Select(drain => drain.Id));
        Revision one = (await _stores.Revisions.ReadNewestAsync(default))!.Revision;
        Assert.Equal((ConfigurationCentre.SchedulerAuthor, "drain d-1 expired", RevisionKind.Expiry), (one.Author, one.Reason, one.Kind));

        Assert.Equal(2, await _centre.ExpireAsync(StoppedClock.Start.AddHours(9), default));
        Assert.Equal("drains d-2, d-3 expired", (await _stores.Revisions.ReadNewestAsync(default))!.Revision.Reason);
    }

    [Fact]
    public async Task While_no_drain_has_expired_a_tick_asks_no_store()
    {
        await Drains(DrainOf("d-1", TimeSpan.FromHours(1)));
        int reads = _revisions.Reads;
        Assert.Equal(0, await _centre.ExpireAsync(StoppedClock.Start, default));
        Assert.Equal(reads, _revisions.Reads);
        Assert.Equal(1, _centre.Current.Revision);
    }

    [Fact]
    public async Task Loading_what_is_in_force_already_reads_no_document()
    {
        await Drains(DrainOf("d-1", TimeSpan.FromHours(1)));
        int reads = _revisions.Reads, applied = _applied.Count;
        Assert.Equal(1, (await _centre.LoadAsync(default)).Revision);
        Assert.Equal(reads, _revisions.Reads);
        Assert.Equal(applied, _applied.Count);
    }

    [Fact]
    public async Task A_change_under_a_stale_fence_is_lost_and_changes_nothing()
    {
        await Drains(DrainOf("d-1", TimeSpan.FromHours(1)));
        Assert.Equal(0, await _centre.ExpireAsync(StoppedClock.Start.AddHours(1), default, fence: 7)); // nobody holds a lease of this store
        Assert.Equal(1, (await _stores.Revisions.ReadNewestAsync(default))!.Revision.Number);
        Assert.Equal(1, await _centre.ExpireAsync(StoppedClock.Start.AddHours(1), default));
    }

    [Fact]
    public async Task Concurrent_changes_are_all_made_one_after_the_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(async () => await _centre.ChangeAsync(
            present => new ConfigurationEdit.Replace(RevisionKind.Node, Overrides: present.Overrides.Add(new NodeOverride($"n{i}", false, 1))), ByMe, default))));
        Assert.Equal(32, _centre.Current.Revision);
        Assert.Equal(32, _centre.Current.Overrides.Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 32).Select(i => (long)i), _applied.Select(configuration => configuration.Revision));
    }

    [Fact]
    public void After_any_sequence_of_changes_and_faults_memory_and_store_agree() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        steps =>
        {
            Stores stores = MemoryStores.Create();
            var faulty = new FaultyRevisionStore(stores.Revisions);
            using var centre = new ConfigurationCentre(faulty, stores.Numbers, new ConfigurationCodec(), _clock, _ => { });
            foreach (byte step in steps)
            {
                faulty.FailNextAppend = step % 4 == 1;
                faulty.LoseNextAnswer = step % 4 == 2;
                try
                {
                    centre.ChangeAsync(
                        present => new ConfigurationEdit.Replace(RevisionKind.Node, Overrides: [new NodeOverride("n", false, 1.0 / (1 + present.Revision))]),
                        ByMe,
                        default).AsTask().GetAwaiter().GetResult();
                }
                catch (IOException)
                {
                    // what the step was about
                }
            }

            centre.ExpireAsync(_clock.Now, default).AsTask().GetAwaiter().GetResult();
            return centre.Current.Revision == (stores.Revisions.ReadNewestAsync(default).AsTask().GetAwaiter().GetResult()?.Revision.Number ?? 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_stored_document_of_a_newer_version_is_refused_and_not_half_read()
    {
        var codec = new ConfigurationCodec();
        Assert.Throws<InvalidDataException>(() => codec.ReadDrains(Encoding.UTF8.GetBytes("""[{"id":"d-1","unheard_of":1}]""")));
        Assert.Throws<InvalidDataException>(() => codec.ReadOverrides(Encoding.UTF8.GetBytes("""[{"node":"a"}]""")));
        Assert.Throws<InvalidDataException>(() => codec.ReadFleet(Encoding.UTF8.GetBytes("nonsense")));
    }

    private static Drain DrainOf(string id, TimeSpan lifetime) => new(
        id, new DrainTarget(DrainTargetKind.Site, "lon1"), "rack work", "me", StoppedClock.Start, StoppedClock.Start + lifetime);

    private static Func<Scheduler.State.Configuration, ConfigurationEdit> Fleet(params string[] lines)
    {
        Fleet fleet = SmallFleet.Of(lines);
        return _ => new ConfigurationEdit.Replace(RevisionKind.Fleet, Fleet: fleet);
    }

    private ConfigurationCentre NewCentre(List<Scheduler.State.Configuration> applied)
        => new(_revisions, _stores.Numbers, new ConfigurationCodec(), _clock, applied.Add);

    private async Task<ChangeResult> ReplaceFleet(params string[] lines) => await _centre.ChangeAsync(Fleet(lines), ByMe, default);

    private async Task Drains(params ImmutableArray<Drain> drains)
        => await _centre.ChangeAsync(_ => new ConfigurationEdit.Replace(RevisionKind.Drain, Drains: drains), ByMe, default);
}
