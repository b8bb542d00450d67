namespace XilinIngest.Indicators;

/// <summary>What a person does for a unit.</summary>
public enum ContactRole
{
    /// <summary>填报人: enters the unit's figures, and is chased for them.</summary>
    Reporter,

    /// <summary>审核人: checks the unit's figures before they count.</summary>
    Reviewer,

    /// <summary>分管领导: answers for a unit that falls behind.</summary>
    Leader,

    /// <summary>责任科室: the department that follows a shortfall up.</summary>
    Department,
}

/// <summary>A person to be asked about a unit: a row of <c>contacts.csv</c>.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Role">What the person does for it.</param>
/// <param name="Name">The person's name, or the department's.</param>
/// <param name="Telephone">Digits, spaces and hyphens, with a leading plus where it is international; empty: none.</param>
/// <param name="Mail">An address; empty: none.</param>
public sealed record Contact(UnitCode Unit, ContactRole Role, string Name, string Telephone, string Mail)
{
    /// <summary>The name of the channel by which the person is reminded; empty: the rule's.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Without name, telephone and mail, so that none of them gets into a log.</summary>
    public override string ToString() => $"contact of {Unit} ({Role})";
}
