using System.Net.Security;

namespace Scheduler.Server.Http.Tls;

/// <summary>The certificate that new connections are served with.</summary>
/// <param name="Context">The certificate, its key, its intermediates, and the authorities that clients are asked for; ready for many handshakes.</param>
/// <param name="EndsAt">First instant at which it is no longer in force.</param>
internal sealed record ServerCertificate(SslStreamCertificateContext Context, DateTimeOffset EndsAt);
