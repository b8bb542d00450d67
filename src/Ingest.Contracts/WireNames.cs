using System.Text.Json;

namespace XilinIngest.Contracts;

/// <summary>The wire text of an enum's member, for uses outside JSON: a database column, a query parameter, a style.</summary>
public static class WireNames
{
    /// <summary>The text of a member.</summary>
    /// <param name="value">The member.</param>
    public static string ToWireName<TEnum>(this TEnum value)
        where TEnum : struct, Enum
    {
        foreach (var (member, name) in Names<TEnum>.All)
        {
            if (EqualityComparer<TEnum>.Default.Equals(member, value))
            {
                return name;
            }
        }

        return Convert(value);
    }

    /// <summary>The member with a text; null if there is none.</summary>
    /// <param name="name">The text.</param>
    public static TEnum? Parse<TEnum>(string? name)
        where TEnum : struct, Enum
    {
        foreach (var (member, text) in Names<TEnum>.All)
        {
            if (text == name)
            {
                return member;
            }
        }

        return null;
    }

    private static string Convert<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static class Names<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly (TEnum Member, string Name)[] All =
            Array.ConvertAll(Enum.GetValues<TEnum>(), value => (value, Convert(value)));
    }
}
