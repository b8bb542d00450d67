using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Shell;

/// <summary>
/// Validates the query parameters before a page is created. A parameter that should be a number and is not is refused by name, because
/// the framework would answer with a server error. An invalid month or unit is a 400 as well, but the page itself explains the fault.
/// </summary>
internal static class PageQueryValidation
{
    // The parameters that every page accepts: see MainLayout and PageContext.
    private static readonly Dictionary<string, Func<string, bool>> CommonParameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["unit"] = text => UnitCode.TryParse(text, out _),
        ["of"] = text => UnitCode.TryParse(text, out _),
        ["period"] = text => Period.TryParse(text, out _),
        ["seconds"] = IsWhole,
        ["version"] = IsWhole,
    };

    public static Task Run(HttpContext context, RequestDelegate next)
    {
        var page = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        var faults = page is null ? [] : FaultsIn(page, context.Request.Query).ToList();
        if (faults.Count == 0)
        {
            return next(context);
        }

        // One that the page can show does not excuse another that it cannot.
        if (faults.Find(fault => !fault.CanBeShown) is { } refused)
        {
            return Results.Problem(refused.Text, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return next(context);
    }

    private static IEnumerable<ParameterFault> FaultsIn(Type page, IQueryCollection query)
    {
        var typed = page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(property => (property, Asked: property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()))
            .Where(parameter => parameter.Asked is not null)
            .ToDictionary(parameter => parameter.Asked!.Name ?? parameter.property.Name, parameter => parameter.property.PropertyType,
                StringComparer.OrdinalIgnoreCase);
        foreach (var (name, sent) in query)
        {
            var isGood = sent.Count <= 1 && sent.ToString() is var text
                && (text.Length == 0 ? !typed.TryGetValue(name, out var empty) || Converts(empty, text)
                    : (!typed.TryGetValue(name, out var type) || Converts(type, text))
                    && (!CommonParameters.TryGetValue(name, out var parses) || parses(text)));
            if (!isGood && (typed.ContainsKey(name) || CommonParameters.ContainsKey(name)))
            {
                var isText = sent.Count <= 1 && (!typed.TryGetValue(name, out var asked) || asked == typeof(string));
                yield return new(
                    $"参数 {Truncate(name)} 的值 {Truncate(sent.ToString())} 不能接受。请检查地址，或从首页重新进入。 / Parameter {Truncate(name)} cannot "
                    + $"be {Truncate(sent.ToString())}. Check the address, or begin again at the first page.", isText);
            }
        }
    }

    private static bool Converts(Type type, string text)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string) || (text.Length == 0 && plain != type)
            || TypeDescriptor.GetConverter(plain).IsValid(text.Trim()) && IsWhole(text);
    }

    private static bool IsWhole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private static string Truncate(string text) => $"“{(text.Length > 40 ? text[..40] + "…" : text)}”";

    private sealed record ParameterFault(string Text, bool CanBeShown);
}
