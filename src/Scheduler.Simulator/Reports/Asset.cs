using System.Reflection;

namespace Scheduler.Simulator.Reports;

/// <summary>The files of <c>Assets</c>, which are inside the program.</summary>
internal static class Asset
{
    /// <summary>Reads one as text.</summary>
    /// <exception cref="FileNotFoundException">There is none of that name.</exception>
    public static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"report.{name}")
            ?? throw new FileNotFoundException($"the program has no part \"{name}\"", name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
