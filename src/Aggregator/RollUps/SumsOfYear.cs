using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.RollUps;

/// <summary>The sums of a node's twelve months for one indicator, and how many units of each month count as approved.</summary>
internal sealed class SumsOfYear
{
    private static readonly SumsOfYear Nothing = new();

    private readonly Sums[] _months = new Sums[12];
    private readonly int[] _approved = new int[12];

    /// <summary>The sums of a month.</summary>
    public ref Sums this[int month] => ref _months[month - 1];

    /// <summary>The units of a month that count as approved.</summary>
    public ref int ApprovedIn(int month) => ref _approved[month - 1];

    /// <summary>Whether there is nothing in any month.</summary>
    public bool IsEmpty => FirstDifference(Nothing) is null;

    public void Add(SumsOfYear other)
    {
        for (var month = 1; month <= 12; month++)
        {
            this[month].Add(other[month]);
            ApprovedIn(month) += other.ApprovedIn(month);
        }
    }

    public void Subtract(SumsOfYear other)
    {
        for (var month = 1; month <= 12; month++)
        {
            this[month].Subtract(other[month]);
            ApprovedIn(month) -= other.ApprovedIn(month);
        }
    }

    /// <summary>The first month that another year has otherwise; null: there is none.</summary>
    public int? FirstDifference(SumsOfYear other)
    {
        for (var month = 1; month <= 12; month++)
        {
            if (this[month] != other[month] || ApprovedIn(month) != other.ApprovedIn(month))
            {
                return month;
            }
        }

        return null;
    }
}
