using Scheduler.Server.OperatorConsole.Live;

namespace Scheduler.Server.OperatorConsole.Maps;

/// <summary>A site as it is drawn.</summary>
/// <param name="Index">Its place in the list of sites.</param>
/// <param name="Row">It.</param>
/// <param name="X">To the right.</param>
/// <param name="Y">Downwards.</param>
/// <param name="Radius">Half its width; its area goes with its capacity.</param>
internal sealed record SiteDot(int Index, SiteRow Row, double X, double Y, double Radius)
{
    /// <summary>Its classes: colour by utilisation, shape by standing. The script gives the same.</summary>
    public string Css => $"site {Scheduler.Simulator.Reports.Maps.LoadClass.Of(Row.Site.Utilisation).Css} st{Row.StateCode}{(Row.Drain is null ? "" : " draining")}";
}
