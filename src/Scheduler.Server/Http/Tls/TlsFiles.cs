using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Scheduler.Server.Hosting;

namespace Scheduler.Server.Http.Tls;

/// <summary>
/// The files of <see cref="TlsOptions"/>: read at the start, and again when their content changes. Files that cannot be used are told once and change
/// nothing: the certificate and the authorities that were there before stay, each for itself.
/// </summary>
internal sealed partial class TlsFiles(TlsOptions options, TimeProvider time, ILogger<TlsFiles> log)
{
    private (string Certificate, string Key) _pair;
    private string? _authoritiesText;
    private string? _told;
    private volatile ServerCertificate? _certificate;
    private volatile CertificateAuthorities? _authorities;
    private volatile bool _isRefused;

    /// <summary>What new connections are served with; null before the first reading only.</summary>
    public ServerCertificate? Certificate => _certificate;

    /// <summary>Who issues reporters' certificates; null when reporters need none.</summary>
    public CertificateAuthorities? Authorities => _authorities;

    /// <summary>True while files cannot be used and what they held before is.</summary>
    public bool IsRefused => _isRefused;

    /// <summary>Reads the files for the first time.</summary>
    /// <exception cref="StartupException">They cannot be used.</exception>
    public void Load()
    {
        if (Read() is { } fault) throw new StartupException(fault);
    }

    /// <summary>Reads the files again; what has not changed is not looked at further. By one thread at a time.</summary>
    public void Refresh()
    {
        string? fault = Read();
        if (fault is not null && fault != _told) Refused(fault);
        _told = fault;
        _isRefused = fault is not null;
    }

    /// <returns>Why a file cannot be used, in words; null when all is well.</returns>
    private string? Read()
    {
        try
        {
            string? authoritiesFault = ReadAuthorities(out bool changed);
            string? pairFault = ReadPair(changed);
            return authoritiesFault ?? pairFault;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"Scheduler:Http:Tls: {fault.Message}";
        }
    }

    private string? ReadAuthorities(out bool changed)
    {
        changed = false;
        if (options.ReporterAuthorities is not { } path) return null;
        string text = File.ReadAllText(path);
        if (text == _authoritiesText) return null;
        if (!PemFiles.TryReadAuthorities(text, out CertificateAuthorities? authorities, out string? fault))
            return $"Scheduler:Http:Tls:ReporterAuthorities {path}: {fault}";
        (_authoritiesText, _authorities, changed) = (text, authorities, true);
        AuthoritiesLoaded(path, string.Join(", ", authorities.Roots.Select(root => root.Subject)));
        return null;
    }

    private string? ReadPair(bool mustRenew)
    {
        string path = options.Certificate!;
        string certificates = File.ReadAllText(path);
        (string, string) pair = (certificates, options.Key is null ? certificates : File.ReadAllText(options.Key));
        if (pair == _pair && !mustRenew) return null;
        if (!PemFiles.TryReadPair(pair.Item1, pair.Item2, out X509Certificate2? certificate, out X509Certificate2Collection intermediates, out string? fault))
            return $"Scheduler:Http:Tls:Certificate {path}: {fault}";
        var endsAt = new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        DateTimeOffset now = time.GetUtcNow();
        if (endsAt <= now)
        {
            // A certificate that has expired still serves those who do not mind better than none; but it never takes the place of a good one.
            if (_certificate is { } present && present.EndsAt > now) return $"Scheduler:Http:Tls:Certificate {path}: the new certificate expired at {endsAt:u}";
            Expired(path, endsAt);
        }
        _certificate = new ServerCertificate(ContextOf(certificate, intermediates), endsAt);
        _pair = pair;
        Loaded(path, certificate.Subject, intermediates.Count, endsAt);
        return null;
    }

    private SslStreamCertificateContext ContextOf(X509Certificate2 certificate, X509Certificate2Collection intermediates) => SslStreamCertificateContext.Create(
        certificate, intermediates, offline: true, _authorities is { } authorities ? SslCertificateTrust.CreateForX509Collection(authorities.Roots, sendTrustInHandshake: true) : null);

    [LoggerMessage(EventId = 140, Level = LogLevel.Information, Message = "New connections are served with the certificate {Path}: {Subject}, {Intermediates} intermediates, in force until {EndsAt:u}")]
    private partial void Loaded(string path, string subject, int intermediates, DateTimeOffset endsAt);

    [LoggerMessage(EventId = 141, Level = LogLevel.Error, Message = "TLS files cannot be used, what they held before stays: {Reason}")]
    private partial void Refused(string reason);

    [LoggerMessage(EventId = 142, Level = LogLevel.Error, Message = "The certificate {Path} expired at {EndsAt:u}: clients will refuse it")]
    private partial void Expired(string path, DateTimeOffset endsAt);

    [LoggerMessage(EventId = 143, Level = LogLevel.Information, Message = "Reporters need a certificate of the authorities in {Path}: {Subjects}")]
    private partial void AuthoritiesLoaded(string path, string subjects);
}
