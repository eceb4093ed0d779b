using System.Net;

namespace Scheduler.Client.Grpc;

/// <summary>The body of a call: bytes that are written while the answer comes already.</summary>
internal sealed class MessageContent : HttpContent
{
    private readonly TaskCompletionSource<Stream> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where the bytes go; comes when the connection is there, and fails when there is none.</summary>
    public Task<Stream> Opened => _opened.Task;

    /// <summary>No more bytes come.</summary>
    public void Complete() => _over.TrySetResult();

    /// <summary>The call is over before a connection was there.</summary>
    public void Abandon()
    {
        _opened.TrySetCanceled();
        _over.TrySetResult();
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken); // the headers go at once, whenever the first message comes
        _opened.TrySetResult(stream);
        await _over.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
