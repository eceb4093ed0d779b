using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Scheduler.Core.Dispatch;

/// <summary>Has memory brought near while other work is done. A hint: it changes no result, and on processors without it nothing happens.</summary>
internal static class MemoryFetch
{
    private const int LineBytes = 64;
    private const int MostLines = 8;

    /// <summary>Begins to fetch the first lines of a span; at most 8 of them.</summary>
    /// <param name="values">What will be read or written soon.</param>
    public static unsafe void Begin<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!Sse.IsSupported) return;
        ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(values));
        nint bytes = Math.Min(values.Length * sizeof(T), MostLines * LineBytes);
        // An address that moves on with the collector is a wrong hint and no more.
        for (nint at = 0; at < bytes; at += LineBytes) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, at)));
        if (bytes > 0) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, bytes - 1))); // the line that a span without alignment ends in
    }
}
