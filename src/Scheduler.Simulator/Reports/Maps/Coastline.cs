using System.Globalization;
using System.Text;

namespace Scheduler.Simulator.Reports.Maps;

/// <summary>The coastlines of the world as a path, from Natural Earth: <c>Assets/README.md</c>.</summary>
internal static class Coastline
{
    private const double UnitsOfADegree = 10;

    /// <summary>The path, in the units of <see cref="EqualEarth"/>.</summary>
    public static string Path()
    {
        var path = new StringBuilder(40_000);
        foreach (string ring in Asset.Read("coastline.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries)) Append(path, ring);
        return path.ToString();
    }

    private static void Append(StringBuilder path, string ring)
    {
        int longitude = 0, latitude = 0, lastX = 0, lastY = 0;
        char command = 'M';
        foreach (string step in ring.Split(' '))
        {
            int comma = step.IndexOf(',', StringComparison.Ordinal);
            longitude += int.Parse(step.AsSpan(0, comma), CultureInfo.InvariantCulture);
            latitude += int.Parse(step.AsSpan(comma + 1), CultureInfo.InvariantCulture);
            (double x, double y) = EqualEarth.Project(latitude / UnitsOfADegree, longitude / UnitsOfADegree);
            (int atX, int atY) = ((int)Math.Round(x), (int)Math.Round(y));
            if (command != 'M' && atX == lastX && atY == lastY) continue; // nearer to the pole a step may be shorter than a unit
            // After the first point steps are relative: they are short numbers, and the minus divides them.
            path.Append(CultureInfo.InvariantCulture, $"{command}{atX - (command == 'M' ? 0 : lastX)},{atY - (command == 'M' ? 0 : lastY)}");
            (lastX, lastY) = (atX, atY);
            command = 'l';
        }
        path.Append('z');
    }
}
