using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Scheduler.Core.Capacity;
using Scheduler.Protocol.Peers;

namespace Scheduler.Tests.Protocol.Peers;

/// <summary>What is written is read back; any other bytes give a value within its ranges or a refusal, and never take more memory than a small multiple of their length.</summary>
public sealed class FrameCodecTests
{
    private const int BytesPerByte = 64;

    [Fact]
    public void Reports_are_read_back_as_they_were_written() => ForAll(random =>
    {
        RelayedReport[] reports = [.. Enumerable.Range(0, random.Next(20)).Select(_ => AnyReport(random))];
        var output = new ArrayBufferWriter<byte>();
        foreach (RelayedReport relayed in reports)
        {
            NodeReport report = relayed.Report;
            int before = output.WrittenCount;
            ReportsFrame.Append(new PayloadWriter(output), relayed.Node, relayed.AgeMs, in report);
            Assert.InRange(output.WrittenCount - before, 1, ReportsFrame.MaxReport);
        }
        var input = new PayloadReader(output.WrittenSpan);
        foreach (RelayedReport wrote in reports)
        {
            Assert.True(ReportsFrame.TryReadNext(ref input, out RelayedReport read));
            NodeReport report = wrote.Report;
            var beside = new PayloadReader(Written(output => FlowsFrame.Append(output, wrote.Node, in report)));
            Assert.True(FlowsFrame.Has(in report));
            Assert.True(FlowsFrame.TryReadNext(ref beside, out ReportFlows flows));
            Assert.Equal(wrote.Node, flows.Node);
            Assert.True(beside.IsDone);
            NodeReport other = read.Report with { Sequence = read.Report.Sequence ^ 1 };
            Assert.Equal(other, flows.Into(in other));
            Assert.Equal(Told(wrote), Told(read with { Report = flows.Into(read.Report) }));
        }
        Assert.False(ReportsFrame.TryReadNext(ref input, out _));
        Assert.True(input.IsDone);
    });

    [Fact]
    public void Starts_are_read_back_as_they_were_written() => ForAll(random =>
    {
        NumberedStart[] starts = [.. Enumerable.Range(0, random.Next(20)).Select(_ =>
            new NumberedStart(random.Next(), random.NextInt64(), random.NextInt64(), new StartedLoad((byte)random.Next(64), random.NextInt64())))];
        var output = new ArrayBufferWriter<byte>();
        foreach (NumberedStart start in starts)
        {
            int before = output.WrittenCount;
            StartsFrame.Append(new PayloadWriter(output), start.Number, start.Incarnation, start.Sequence, start.Started);
            Assert.InRange(output.WrittenCount - before, 1, StartsFrame.MaxEntry);
        }
        var input = new PayloadReader(output.WrittenSpan);
        foreach (NumberedStart wrote in starts)
        {
            Assert.True(StartsFrame.TryReadNext(ref input, out NumberedStart read));
            Assert.Equal(wrote, read);
        }
        Assert.False(StartsFrame.TryReadNext(ref input, out _));
        Assert.True(input.IsDone);
    });

    [Fact]
    public void A_start_of_no_period_is_refused()
    {
        var input = new PayloadReader([1, 1, 1, 64, 1]);
        Assert.False(StartsFrame.TryReadNext(ref input, out _));
        Assert.True(input.Failed);
    }

    [Fact]
    public void The_longest_report_fits_its_bound()
    {
        var report = new NodeReport(
            long.MaxValue, long.MaxValue, long.MinValue, long.MaxValue, long.MaxValue, int.MaxValue, NodeState.Down, 1,
            [.. Enumerable.Repeat(new ReportedLimit(double.MaxValue, double.MaxValue), 16)],
            [.. Enumerable.Repeat(new StreamLoad(ulong.MaxValue, int.MaxValue, long.MaxValue) { IngressKbps = long.MaxValue - 1, SinceUnixMs = long.MinValue }, 64)],
            [.. Enumerable.Repeat(new ReplicaLoad(255, int.MaxValue, long.MaxValue) { Grant = new EscrowGrant(long.MaxValue, int.MaxValue, long.MaxValue, int.MaxValue) }, 255)])
        {
            IngressKbps = long.MaxValue,
            Pulls = [.. Enumerable.Repeat(new ReportedPull(ulong.MaxValue, long.MaxValue, int.MaxValue), 64)],
        };
        var output = new ArrayBufferWriter<byte>();
        ReportsFrame.Append(new PayloadWriter(output), int.MaxValue, long.MaxValue, in report);
        Assert.InRange(output.WrittenCount, 1, ReportsFrame.MaxReport);
        Assert.InRange(Written(flows => FlowsFrame.Append(flows, int.MaxValue, in report)).Length, 1, FlowsFrame.MaxEntry);
    }

    [Fact]
    public void A_report_of_viewers_alone_has_no_flows()
    {
        NodeReport report = new(1, 1, null, 1, 1, 1, NodeState.Serving, null, [], [new StreamLoad(1, 1, 1)], []);
        Assert.False(FlowsFrame.Has(in report));
        Assert.True(FlowsFrame.Has(report with { Streams = [new StreamLoad(1, 0, 0) { IngressKbps = 0 }] }));
        Assert.True(FlowsFrame.Has(report with { Pulls = [new ReportedPull(1, 1, 1)] }));
    }

    [Fact]
    public void Amounts_prices_calls_and_answers_are_read_back_as_they_were_written() => ForAll(random =>
    {
        NumberedAmount[] nodes = Amounts(random), cells = Amounts(random);
        bool first = random.Next(2) == 0;
        Assert.True(IncrementsFrame.TryRead(Written(output => IncrementsFrame.Write(output, first, nodes)), out bool readFirst, out NumberedAmount[] readNodes));
        Assert.Equal(first, readFirst);
        Assert.Equal(nodes, readNodes);

        ClassAmounts[] classes = [new("film", cells), new("news", [])];
        Assert.True(DemandFrame.TryRead(
            Written(output => DemandFrame.Write(output, cells, nodes, classes)), out NumberedAmount[] readCells, out NumberedAmount[] readSites, out ClassAmounts[] readClasses));
        Assert.Equal(["film", "news"], readClasses.Select(part => part.Class));
        Assert.Equal(cells, readClasses[0].Cells);
        Assert.Empty(readClasses[1].Cells);
        Assert.Equal(cells, readCells);
        Assert.Equal(nodes, readSites);

        NumberedPrice[] prices = [.. nodes.Select(node => new NumberedPrice(node.Number, random.NextSingle() * 1e6f))];
        long fence = random.NextInt64(), age = random.NextInt64();
        Assert.True(PricesFrame.TryRead(Written(output => PricesFrame.Write(output, fence, age, prices)), out long readFence, out long readAge, out NumberedPrice[] readPrices));
        Assert.Equal((fence, age), (readFence, readAge));
        Assert.Equal(prices, readPrices);

        byte[] body = new byte[random.Next(CallFrame.MaxBody + 1)];
        random.NextBytes(body);
        Assert.True(CallFrame.TryRead(Written(output => new CallFrame(age, SessionCall.Failover, (ulong)fence, "tenant", body).Write(output)), out CallFrame call));
        Assert.Equal((age, SessionCall.Failover, (ulong)fence, "tenant"), (call.Id, call.Kind, call.Network, call.Tenant));
        Assert.True(call.Body.SequenceEqual(body));

        Assert.True(AnswerFrame.TryRead(Written(output => new AnswerFrame(age, 503, "application/problem+json", "5", body).Write(output)), out AnswerFrame answer));
        Assert.Equal((age, 503, "application/problem+json", "5"), (answer.Id, answer.Status, answer.ContentType, answer.RetryAfter));
        Assert.True(answer.Body.SequenceEqual(body));
    });

    [Fact]
    public void Any_bytes_are_read_or_refused_within_bounded_memory() => ForAll(random =>
    {
        byte[] bytes = Hostile(random);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var input = new PayloadReader(bytes);
        while (ReportsFrame.TryReadNext(ref input, out RelayedReport relayed))
        {
            Assert.True(relayed.Node >= 0 && relayed.AgeMs >= 0 && relayed.Report.CapacityKbps >= 0 && relayed.Report.EgressKbps >= 0 && relayed.Report.Sessions >= 0);
            Assert.True(relayed.Report.CpuRatio is null or (>= 0 and <= 1));
            Assert.True(relayed.Report.State <= NodeState.Down);
        }
        var flowing = new PayloadReader(bytes);
        while (FlowsFrame.TryReadNext(ref flowing, out ReportFlows flows)) Assert.True(flows.Node >= 0 && flows.IngressKbps >= 0);
        IncrementsFrame.TryRead(bytes, out _, out NumberedAmount[] nodes);
        Assert.All(nodes, node => Assert.True(node.Number >= 0 && node.Kbps >= 0));
        DemandFrame.TryRead(bytes, out _, out _, out _);
        if (PricesFrame.TryRead(bytes, out long fence, out _, out NumberedPrice[] prices))
        {
            Assert.True(fence >= 0);
            Assert.All(prices, price => Assert.True(price.Site >= 0 && price.AskedMs >= 0 && float.IsFinite(price.AskedMs)));
        }
        if (CallFrame.TryRead(bytes, out CallFrame call)) Assert.True(call.Kind <= SessionCall.Close && call.Body.Length <= CallFrame.MaxBody);
        if (AnswerFrame.TryRead(bytes, out AnswerFrame answer)) Assert.InRange(answer.Status, 100, 599);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 + (BytesPerByte * bytes.Length));
    });

    [Fact]
    public void A_count_that_the_bytes_cannot_hold_makes_no_room_for_it()
    {
        byte[] bytes = Written(output =>
        {
            output.Byte(0);
            output.Whole(int.MaxValue);
        });
        Assert.False(IncrementsFrame.TryRead(bytes, out _, out NumberedAmount[] nodes));
        Assert.Empty(nodes);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(FrameHeader.MaxPayload + 1)]
    public void A_header_with_a_length_that_no_frame_has_is_refused(int length)
    {
        byte[] bytes = new byte[FrameHeader.Length];
        new FrameHeader(length, FrameType.Ping, 1, 2).Write(bytes);
        Assert.False(FrameHeader.TryRead(bytes, out _));
    }

    [Fact]
    public void A_hello_is_read_back_and_one_of_another_version_is_not()
    {
        byte[] bytes = new PeerHello(7, 12, new byte[PeerHello.NonceLength]).ToBytes();
        Assert.True(PeerHello.TryRead(bytes, out PeerHello hello));
        Assert.Equal((7, 12L), (hello.Replica, hello.Start));
        bytes[3]++;
        Assert.False(PeerHello.TryRead(bytes, out _));
        Assert.False(PeerHello.TryRead(bytes.AsSpan(1), out _));
    }

    private static void ForAll(Action<Random> holds) => Prop.ForAll(Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(), seed =>
    {
        holds(new Random(seed));
        return true;
    }).QuickCheckThrowOnFailure();

    private delegate void Write(PayloadWriter output);

    private static byte[] Written(Write write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(new PayloadWriter(output));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Noise, or a good frame with some bytes changed or cut: what comes near to being right finds more than what is plainly wrong.</summary>
    private static byte[] Hostile(Random random)
    {
        byte[] bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        if (random.Next(3) == 0) return bytes;
        RelayedReport any = AnyReport(random);
        NodeReport report = any.Report;
        bytes = random.Next(4) switch
        {
            3 => Written(output => FlowsFrame.Append(output, any.Node, in report)),
            0 => Written(output => ReportsFrame.Append(output, any.Node, any.AgeMs, in report)),
            1 => Written(output => IncrementsFrame.Write(output, true, Amounts(random))),
            _ => Written(output => PricesFrame.Write(output, 1, 1, [new NumberedPrice(1, 2)])),
        };
        for (int i = random.Next(4); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes[..random.Next(bytes.Length + 1)];
    }

    private static NumberedAmount[] Amounts(Random random) =>
        [.. Enumerable.Range(0, random.Next(50)).Select(_ => new NumberedAmount(random.Next(), random.NextInt64()))];

    private static RelayedReport AnyReport(Random random) => new(random.Next(), random.NextInt64(), new NodeReport(
        random.NextInt64(), random.NextInt64(), random.Next(2) == 0 ? null : random.NextInt64(), random.NextInt64(), random.NextInt64(), random.Next(),
        (NodeState)random.Next(3), random.Next(2) == 0 ? null : random.NextDouble(),
        [.. Enumerable.Range(0, random.Next(3)).Select(_ => new ReportedLimit(1 + random.NextDouble(), random.NextDouble()))],
        [.. Enumerable.Range(0, random.Next(5)).Select(_ => new StreamLoad((ulong)random.NextInt64(), random.Next(), random.NextInt64())
        {
            IngressKbps = random.Next(2) == 0 ? null : random.NextInt64(),
        }).Select(load => load with { SinceUnixMs = load.IngressKbps is null || random.Next(2) == 0 ? null : random.NextInt64() })],
        [.. Enumerable.Range(0, random.Next(4)).Select(_ => new ReplicaLoad(random.Next(256), random.Next(), random.NextInt64())
        {
            Grant = random.Next(2) == 0 ? null : new EscrowGrant(random.NextInt64(), random.Next(), random.NextInt64(), random.Next()),
        })])
    {
        IngressKbps = random.NextInt64(),
        Pulls = [.. Enumerable.Range(0, random.Next(5)).Select(_ => new ReportedPull((ulong)random.NextInt64(), random.NextInt64(), random.Next()))],
    });

    private static string Told(RelayedReport relayed) => System.Text.Json.JsonSerializer.Serialize(relayed);
}
