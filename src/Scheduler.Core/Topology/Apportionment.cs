namespace Scheduler.Core.Topology;

/// <summary>Divides a whole number of things among weights.</summary>
internal static class Apportionment
{
    /// <summary>At least one to each, the rest by weight (largest remainder; of equal ones, the first).</summary>
    /// <param name="total">What is divided; at least one for each weight.</param>
    /// <param name="weights">Each over 0.</param>
    /// <returns>One share a weight, summing to <paramref name="total"/>.</returns>
    public static int[] Share(int total, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (double weight in weights) sum += weight;

        int rest = total - weights.Length, given = 0;
        var shares = new int[weights.Length];
        var order = new int[weights.Length];
        var remainders = new double[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            double exact = weights[i] / sum * rest;
            shares[i] = 1 + (int)exact;
            given += shares[i];
            order[i] = i;
            remainders[i] = (int)exact - exact;
        }
        Array.Sort(order, (a, b) => remainders[a].CompareTo(remainders[b]) is int sign and not 0 ? sign : a.CompareTo(b));
        for (int i = 0; given < total; i = (i + 1) % order.Length, given++) shares[order[i]]++;
        return shares;
    }
}
