using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Scheduler.Server.Http.Tls;

/// <summary>Reads certificates, keys and authorities from PEM text. What cannot be used is told in words, without a byte of a key.</summary>
internal static class PemFiles
{
    private const string AuthorityUse = "X509v3 Basic Constraints";

    /// <summary>Reads a certificate with its private key and its intermediates.</summary>
    /// <param name="certificates">PEM; the first certificate is the server's.</param>
    /// <param name="key">PEM with the unencrypted key of the first certificate.</param>
    /// <param name="certificate">The certificate with its key.</param>
    /// <param name="intermediates">The others.</param>
    /// <param name="fault">Why not.</param>
    public static bool TryReadPair(
        string certificates, string key, [NotNullWhen(true)] out X509Certificate2? certificate, out X509Certificate2Collection intermediates,
        [NotNullWhen(false)] out string? fault)
    {
        (certificate, intermediates, fault) = (null, [], null);
        if (!certificates.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal)) fault = "the certificate's file holds no PEM certificate";
        else if (!key.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) fault = "the key's file holds no PEM private key";
        else if (key.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)) fault = "the key is encrypted: store it without a password, readable by the server only";
        if (fault is not null) return false;
        try
        {
            certificate = X509Certificate2.CreateFromPem(certificates, key);
            intermediates.ImportFromPem(certificates);
            intermediates[0].Dispose();
            intermediates.RemoveAt(0);
            return true;
        }
        catch (Exception broken) when (broken is CryptographicException or ArgumentException)
        {
            certificate?.Dispose();
            certificate = null;
            fault = $"the key and the first certificate are no pair, or one is broken: {broken.Message}";
            return false;
        }
    }

    /// <summary>Reads authorities.</summary>
    /// <param name="text">PEM.</param>
    /// <param name="authorities">At least one, of which one at least signed itself.</param>
    /// <param name="fault">Why not.</param>
    public static bool TryReadAuthorities(string text, [NotNullWhen(true)] out CertificateAuthorities? authorities, [NotNullWhen(false)] out string? fault)
    {
        (authorities, fault) = (null, null);
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(text);
        }
        catch (CryptographicException broken)
        {
            fault = $"a certificate is broken: {broken.Message}";
            return false;
        }
        if (all.FirstOrDefault(one => !IsAuthority(one)) is { } other) fault = $"{other.Subject} is no authority: its {AuthorityUse} do not say CA";
        else if (!all.Any(IsSelfSigned)) fault = all.Count == 0 ? "the file holds no PEM certificate" : "no authority in the file signed itself: add the root";
        if (fault is not null) return false;
        authorities = new CertificateAuthorities([.. all.Where(IsSelfSigned)], [.. all.Where(one => !IsSelfSigned(one))]);
        return true;
    }

    private static bool IsAuthority(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority);

    private static bool IsSelfSigned(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
