using Scheduler.Server.Endpoints.Players;

namespace Scheduler.Server.Endpoints.Steering;

/// <summary>Who is steered, in the terms of a snapshot.</summary>
/// <param name="Place">Where he is.</param>
/// <param name="StreamClass">Number of his stream's class.</param>
internal readonly record struct SteeredViewer(ViewerPlace Place, int StreamClass);
