namespace Scheduler.Server.Endpoints.Players;

/// <summary>Where a viewer is, in the terms of a snapshot.</summary>
/// <param name="Cell">Dense index of the cell.</param>
/// <param name="Row">Row of the candidate table.</param>
/// <param name="Network"><see cref="Core.Dispatch.ViewerHash.OfNetwork"/> of the address.</param>
internal readonly record struct ViewerPlace(int Cell, int Row, ulong Network);
