using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Scheduler.Storage.Postgres;

/// <summary>
/// Reads what a configuration says of a PostgreSQL store: an URL such as <c>postgres://user:password@host/database</c>, or the driver's <c>Host=…;Username=…</c>. Problems name the
/// field and never repeat what stands there, since it may be a password.
/// </summary>
internal static class PostgresAddress
{
    /// <summary>Parameters of libpq's URLs whose names the driver does not know as they are.</summary>
    private static readonly Dictionary<string, string> UrlNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["application_name"] = "Application Name",
        ["connect_timeout"] = "Timeout",
        ["target_session_attrs"] = "Target Session Attributes",
        ["channel_binding"] = "Channel Binding",
    };

    /// <summary>True for what looks like one.</summary>
    public static bool IsOne(string address) => SchemeLength(address) > 0 || address.Contains("host=", StringComparison.OrdinalIgnoreCase)
        || address.Contains("server=", StringComparison.OrdinalIgnoreCase);

    /// <summary>The driver's settings: ours, what the address says, and what must not be otherwise.</summary>
    /// <exception cref="StoreException">The address cannot be read.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string address)
    {
        // A store that hangs must be noticed before who waits for an answer has given up; and a replica needs few connections.
        var settings = new NpgsqlConnectionStringBuilder
        {
            ApplicationName = "scheduler",
            Timeout = 3,
            CommandTimeout = 5,
            MaxPoolSize = 8,
            TcpKeepAlive = true,
            GssEncryptionMode = GssEncryptionMode.Disable, // it would be asked for first at every connection, and needs a library that an image may lack
        };
        foreach ((int index, (string name, string value)) in (SchemeLength(address) is > 0 and var length ? OfUrl(address[length..]) : OfPairs(address)).Index())
            Set(settings, index, name, value);
        if (string.IsNullOrWhiteSpace(settings.Host)) throw new StoreException("The store's connection string lacks its Host.");

        settings.Multiplexing = false; // transactions and LISTEN need a connection of their own
        settings.Enlist = false;
        settings.CancellationTimeout = -1; // one who hangs does not answer that either
        settings.PersistSecurityInfo = false;
        settings.IncludeErrorDetail = false; // it would repeat rows in messages
        settings.LogParameters = false;
        return settings;
    }

    /// <summary>Connections by these settings. Of several hosts the one that takes writes is used, and found again when another takes over.</summary>
    public static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings)
    {
        if (!settings.Host!.Contains(',', StringComparison.Ordinal)) return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        var hosts = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        hosts.Remove("Target Session Attributes");
        return new NpgsqlDataSourceBuilder(hosts.ConnectionString).BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
    }

    private static int SchemeLength(string address)
    {
        foreach (string scheme in (string[])["postgres://", "postgresql://"])
            if (address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return scheme.Length;
        return 0;
    }

    private static void Set(NpgsqlConnectionStringBuilder settings, int index, string name, string value)
    {
        // By its place: a name that nobody knows may be the rest of a password that was not quoted.
        if (!settings.ContainsKey(name)) throw new StoreException($"The store's connection string has a setting that does not exist, the one in place {index + 1}.");
        try
        {
            settings[name] = value;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException or OverflowException or NotSupportedException)
        {
            throw new StoreException($"The store's connection string has a {name} that cannot be used."); // without its cause, which may repeat the value
        }
    }

    private static IEnumerable<(string Name, string Value)> OfPairs(string address)
    {
        var pairs = new DbConnectionStringBuilder();
        try
        {
            pairs.ConnectionString = address;
        }
        catch (ArgumentException)
        {
            throw new StoreException("The store's connection string cannot be read: it must be Name=value pairs, separated by semicolons, a value with a semicolon in quotation marks.");
        }
        return pairs.Keys.Cast<string>().Select(name => (name, (string)pairs[name]));
    }

    private static IEnumerable<(string Name, string Value)> OfUrl(string url)
    {
        string[] parts = url.Split('?', 2);
        string[] place = parts[0].Split('/', 2);
        int at = place[0].LastIndexOf('@');
        if (at >= 0)
        {
            string[] user = place[0][..at].Split(':', 2);
            yield return ("Username", Uri.UnescapeDataString(user[0]));
            if (user.Length == 2) yield return ("Password", Uri.UnescapeDataString(user[1]));
        }
        foreach ((string, string) field in OfHosts(place[0][(at + 1)..])) yield return field;
        if (place.Length == 2 && place[1].Length > 0) yield return ("Database", Uri.UnescapeDataString(place[1]));
        foreach (string parameter in parts.Length == 2 ? parts[1].Split('&', StringSplitOptions.RemoveEmptyEntries) : [])
        {
            string[] pair = parameter.Split('=', 2);
            string name = Uri.UnescapeDataString(pair[0]), value = Uri.UnescapeDataString(pair.Length == 2 ? pair[1] : "");
            // libpq writes verify-full, the driver VerifyFull.
            bool isMode = name.Equals("sslmode", StringComparison.OrdinalIgnoreCase);
            yield return (UrlNames.GetValueOrDefault(name, name), isMode ? value.Replace("-", "", StringComparison.Ordinal) : value);
        }
    }

    private static IEnumerable<(string Name, string Value)> OfHosts(string hosts)
    {
        if (hosts.Contains(',', StringComparison.Ordinal))
        {
            yield return ("Host", Uri.UnescapeDataString(hosts));
            yield break;
        }
        int colon = hosts.LastIndexOf(':');
        bool hasPort = colon >= 0 && !hosts.EndsWith(']');
        yield return ("Host", Uri.UnescapeDataString(hasPort ? hosts[..colon] : hosts).Trim('[', ']'));
        if (hasPort) yield return ("Port", int.TryParse(hosts[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) ? $"{port}" : "");
    }
}
