namespace Scheduler.Core.Planning;

/// <summary>A sum that carries its own rounding error along (Neumaier 1974): exact to about one unit in the last place, however many terms.</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    public readonly double Value => _sum + _lost;

    public void Add(double term)
    {
        double sum = _sum + term;
        _lost += Math.Abs(_sum) >= Math.Abs(term) ? _sum - sum + term : term - sum + _sum;
        _sum = sum;
    }
}
