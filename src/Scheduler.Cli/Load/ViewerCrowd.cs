using Scheduler.Core.Sessions;

namespace Scheduler.Cli.Load;

/// <summary>
/// N viewers who come, beat and leave: what each of them does next, and what an answer makes of him. Knows no socket and no clock.
/// </summary>
/// <remarks>
/// A seat is never empty for long: who leaves is followed by a new viewer elsewhere in the world, so that N of them play at any time. As a player's SDK
/// does, a viewer beats up to a fifth early, waits out <c>Retry-After</c>, moves when he is told to, and opens anew with his old token when the
/// scheduler no longer knows him. Times are in ms from the start.
/// </remarks>
internal sealed class ViewerCrowd
{
    private const double Jitter = 0.2;
    private const float DefaultHeartbeatS = 30;
    private const int DefaultRetryMs = 1_000;
    private const int LongestToken = 512;

    private readonly LoadOptions _options;
    private readonly IViewerAddresses _addresses;
    private readonly StreamPopularity _streams;
    private readonly Audience _audience;
    private readonly LoadTally _tally;
    private readonly TimingWheel _wheel;
    private readonly Random _random;
    private readonly Viewer[] _viewers;

    /// <summary>A crowd of which nobody has come yet.</summary>
    public ViewerCrowd(LoadOptions options, IViewerAddresses addresses, Audience audience, LoadTally tally, TimingWheel wheel)
    {
        (_options, _addresses, _audience, _tally, _wheel) = (options, addresses, audience, tally, wheel);
        _random = new Random(options.Seed);
        _streams = new StreamPopularity(options.Streams);
        _viewers = new Viewer[options.Viewers];
        for (int i = 0; i < _viewers.Length; i++)
            _wheel.Set(i, (long)(options.Ramp.TotalMilliseconds * i / _viewers.Length));
    }

    /// <summary>True once the play is over: who is due says goodbye, and nobody follows him.</summary>
    public bool IsOver { get; set; }

    /// <summary>Writes a viewer's next request.</summary>
    /// <param name="index">The viewer, who is due.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="requests">Requests to the scheduler that he asks.</param>
    /// <param name="to">At least <see cref="RequestTemplates.LongestRequest"/> bytes.</param>
    /// <param name="operation">What the request asks.</param>
    /// <param name="length">Its length.</param>
    /// <returns>False when he has nothing to say any more.</returns>
    public bool TryWriteNext(int index, long nowMs, RequestTemplates requests, Span<byte> to, out LoadOperation operation, out int length)
    {
        ref Viewer viewer = ref _viewers[index];
        operation = LoadOperation.Open;
        length = 0;
        if (viewer.Seat is not { } seat)
        {
            if (IsOver) return false;
            if (!viewer.Returns) Arrive(ref viewer, nowMs);
            length = requests.WriteOpen(
                to,
                _streams.Name(viewer.Stream),
                _options.NamesAddresses ? viewer.Address.AsSpan(0, viewer.AddressLength) : default,
                StreamPopularity.Kbps(viewer.Stream),
                viewer.Returns ? viewer.Token.AsSpan(0, viewer.TokenLength) : default);
            return true;
        }

        ReadOnlySpan<byte> token = viewer.Token.AsSpan(0, viewer.TokenLength);
        if (IsOver || nowMs >= viewer.LeavesAtMs)
        {
            operation = LoadOperation.Close;
            length = requests.WriteClose(to, token);
        }
        else if (_options.FailureShare > 0 && _random.NextDouble() < _options.FailureShare)
        {
            operation = LoadOperation.Failover;
            Span<byte> node = stackalloc byte[128];
            length = requests.WriteFailover(to, token, node[.._audience.CopyNodeName(seat.Node, node)]);
        }
        else
        {
            operation = LoadOperation.Beat;
            length = requests.WriteBeat(to, token);
        }
        return true;
    }

    /// <summary>Takes the answer to a viewer's request, and sets his timer.</summary>
    public void Answered(int index, LoadOperation operation, in HttpResponse response, ReadOnlySpan<byte> body, long nowMs)
    {
        ref Viewer viewer = ref _viewers[index];
        if (operation == LoadOperation.Close)
        {
            Depart(ref viewer, index, nowMs);
            return;
        }
        if (response.Status is < 200 or > 299)
        {
            bool isForgotten = operation != LoadOperation.Open && response.Status is (401 or 403 or 404 or 410);
            if (isForgotten)
            {
                StandUp(ref viewer);
                viewer.Returns = true;
                _tally.Reopened++;
                WakeIn(index, nowMs, 0);
            }
            else
            {
                WakeIn(index, nowMs, Patience(response.RetryAfterS));
            }
            return;
        }
        if (!PlayerAnswer.TryRead(body, out PlayerAnswer answer) || !TryTake(ref viewer, operation, in answer))
        {
            _tally.Unreadable++;
            WakeIn(index, nowMs, DefaultRetryMs);
            return;
        }
        double beatMs = viewer.HeartbeatS * 1_000 * (1 - (Jitter * _random.NextDouble()));
        _wheel.Set(index, nowMs + Math.Max(1, Math.Min((long)beatMs, viewer.LeavesAtMs - nowMs)));
    }

    /// <summary>Takes note that a request got no answer, and sets the viewer's timer.</summary>
    public void Broken(int index, LoadOperation operation, long nowMs)
    {
        ref Viewer viewer = ref _viewers[index];
        _tally.Broken++;
        if (operation == LoadOperation.Close) Depart(ref viewer, index, nowMs);
        else WakeIn(index, nowMs, Patience(null));
    }

    private void Arrive(ref Viewer viewer, long nowMs)
    {
        viewer.Address ??= new byte[IViewerAddresses.LongestText];
        viewer.AddressLength = _addresses.Draw(_random, viewer.Address);
        viewer.Stream = _streams.Draw(_random);
        viewer.HeartbeatS = DefaultHeartbeatS;
        viewer.LeavesAtMs = nowMs + Math.Max(1, (long)(-Math.Log(1 - _random.NextDouble()) * _options.SessionMean.TotalMilliseconds));
    }

    private bool TryTake(ref Viewer viewer, LoadOperation operation, in PlayerAnswer answer)
    {
        bool isSeated = operation == LoadOperation.Beat && !answer.IsMove;
        if (!isSeated)
        {
            if (answer.Node.IsEmpty || answer.Site.IsEmpty || (answer.Token.IsEmpty && operation == LoadOperation.Open)) return false;
            if (!_audience.TryNode(answer.Node, out int node) || !_audience.TrySite(answer.Site, out int site)) return false;
            StandUp(ref viewer);
            var seat = new Seat(node, site, StreamPopularity.Kbps(viewer.Stream), Ticket.TryPeek(answer.Ticket, out TicketClaims ticket) ? ticket : null);
            viewer.Seat = seat;
            viewer.Returns = false;
            _audience.Join(in seat);
            _tally.Playing++;
        }
        if (operation == LoadOperation.Open) _tally.Decided(answer.Decision);
        else if (operation == LoadOperation.Failover) _tally.Failovers++;
        else if (answer.IsMove) _tally.Moves++;
        if (answer.HeartbeatS is >= 0.1 and <= 3_600) viewer.HeartbeatS = (float)answer.HeartbeatS.Value;
        if (answer.Token.Length is > 0 and <= LongestToken)
        {
            if (viewer.Token is null || viewer.Token.Length < answer.Token.Length) viewer.Token = new byte[answer.Token.Length];
            answer.Token.CopyTo(viewer.Token);
            viewer.TokenLength = answer.Token.Length;
        }
        return true;
    }

    private void Depart(ref Viewer viewer, int index, long nowMs)
    {
        StandUp(ref viewer);
        viewer.Returns = false;
        if (!IsOver) WakeIn(index, nowMs, 0);
    }

    private void StandUp(ref Viewer viewer)
    {
        if (viewer.Seat is not { } seat) return;
        _audience.Leave(in seat);
        viewer.Seat = null;
        _tally.Playing--;
    }

    private void WakeIn(int index, long nowMs, double ms) => _wheel.Set(index, nowMs + Math.Max(1, (long)(ms * (1 + (Jitter * _random.NextDouble())))));

    // Capped, so that a scheduler that says "an hour" does not end the load; a player would do the same after asking another one.
    private static double Patience(int? retryAfterS) => retryAfterS is { } s ? Math.Clamp(s, 0.1, 30) * 1_000 : DefaultRetryMs;

    private struct Viewer
    {
        public byte[]? Address;
        public byte[]? Token;
        public Seat? Seat;
        public long LeavesAtMs;
        public int AddressLength;
        public int TokenLength;
        public int Stream;
        public float HeartbeatS;
        public bool Returns;
    }
}
