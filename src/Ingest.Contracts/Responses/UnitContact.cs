namespace XilinIngest.Contracts.Responses;

/// <summary>
/// A person to be asked about a unit. Personal data: whoever has <c>read</c> or <c>admin</c> sees all, an office those of its own units, of
/// those below and of those above them.
/// </summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Role">
/// <c>reporter</c> (填报人), <c>reviewer</c> (审核人), <c>leader</c> (分管领导) or <c>department</c> (责任科室).
/// </param>
/// <param name="Name">The name, at most 40 characters.</param>
/// <param name="Telephone">Digits, spaces and hyphens, with a leading plus where it is international; null if there is none.</param>
/// <param name="Mail">An address; null if there is none.</param>
public sealed record UnitContact(string Unit, string Role, string Name, string? Telephone, string? Mail)
{
    /// <summary>Without name, telephone and mail, so that none of them gets into a log.</summary>
    public override string ToString() => $"{Role} of {Unit}";
}
