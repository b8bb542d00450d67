using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using XilinIngest.Indicators;

namespace XilinIngest.Hosting;

/// <summary>
/// Validates query parameters before they are bound. A missing, unknown, malformed or out-of-range parameter is refused by name, with
/// reason and remedy. Otherwise a misspelt filter would return an empty result.
/// </summary>
internal static class QueryParameterValidation
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var route = context.GetEndpoint() as RouteEndpoint;
        var asked = route?.Metadata.OfType<IParameterBindingMetadata>()
            .Where(IsQueryParameter).Where(parameter => route.RoutePattern.GetParameter(parameter.Name) is null).ToList() ?? [];
        return route?.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true
            && FindFault(context.Request.Query, asked) is { } fault
            ? Results.Problem(fault.Detail, statusCode: StatusCodes.Status400BadRequest,
                extensions: new Dictionary<string, object?> { ["parameter"] = fault.Parameter }).ExecuteAsync(context)
            : next(context);
    }

    // Other parameters are services, the request or its body.
    private static bool IsQueryParameter(IParameterBindingMetadata parameter) =>
        UnderlyingType(parameter) is var type && (type == typeof(string) || type == typeof(int) || type == typeof(long));

    private static Type UnderlyingType(IParameterBindingMetadata parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) ?? parameter.ParameterInfo.ParameterType;

    private static QueryParameterFault? FindFault(IQueryCollection query, List<IParameterBindingMetadata> asked)
    {
        foreach (var parameter in asked)
        {
            var sent = query[parameter.Name];
            var isMissing = StringValues.IsNullOrEmpty(sent);
            if (isMissing && !parameter.IsOptional)
            {
                return new(parameter.Name,
                    $"缺少参数 {parameter.Name}。请在地址中写明：{ExpectedFormat(parameter).Zh}。 / Parameter {parameter.Name} is missing. Give it in "
                    + $"the address: {ExpectedFormat(parameter).En}.");
            }

            if (query.ContainsKey(parameter.Name) && (isMissing || sent.Count > 1 || !IsValid(parameter, sent.ToString())))
            {
                var (zh, en) = ExpectedFormat(parameter);
                return new(parameter.Name,
                    $"参数 {parameter.Name} 的值 {QuotedInput.Truncate(sent)} 不能接受。应为{zh}。 / Parameter {parameter.Name} cannot "
                    + $"be {QuotedInput.Truncate(sent)}. Needed: {en}.");
            }
        }

        var names = asked.Select(parameter => parameter.Name).ToList();
        return query.Keys.FirstOrDefault(key => !names.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? new(unknown, names.Count == 0
                ? $"不认识的参数 {QuotedInput.Truncate(unknown)}：此地址不带参数。 / Unknown parameter {QuotedInput.Truncate(unknown)}: there "
                    + "are none here."
                : $"不认识的参数 {QuotedInput.Truncate(unknown)}。请检查拼写；可用的有 {string.Join("、", names)}。 / Unknown "
                    + $"parameter {QuotedInput.Truncate(unknown)}. Check the spelling; there are {string.Join(", ", names)}.")
            : null;
    }

    private static bool IsValid(IParameterBindingMetadata parameter, string text) => parameter.Name switch
    {
        "unit" or "parent" or "within" => UnitCode.TryParse(text, out _),
        "period" => Period.TryParse(text, out _),
        _ when FindAttribute<AllowedValuesAttribute>(parameter) is { } allowed => allowed.Values.Contains(text),
        _ when UnderlyingType(parameter) == typeof(string) => true,
        _ => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= Bounds(parameter).Least && number <= Bounds(parameter).Most,
    };

    private static (string Zh, string En) ExpectedFormat(IParameterBindingMetadata parameter) => parameter.Name switch
    {
        "unit" or "parent" or "within" =>
            ("12 位区划代码或 18 位统一社会信用代码，如 320404004000", "a 12-digit division code or an 18-character credit code, such as 320404004000"),
        "period" => ("年-月，如 2022-07", "year-month, such as 2022-07"),
        "indicator" => ("指标代码，见 /api/indicators", "an indicator's code, which /api/indicators lists"),
        _ when FindAttribute<AllowedValuesAttribute>(parameter) is { } allowed =>
            ($" {string.Join("、", allowed.Values)} 之一", $"one of {string.Join(", ", allowed.Values)}"),
        _ when UnderlyingType(parameter) == typeof(string) => ("文本", "a text"),
        _ when FindAttribute<RangeAttribute>(parameter) is not null && Bounds(parameter) is var (least, most)
            && most is not (int.MaxValue or long.MaxValue) => ($"整数 {least} 至 {most}", $"a whole number from {least} to {most}"),
        _ when FindAttribute<RangeAttribute>(parameter) is not null =>
            ($"不小于 {Bounds(parameter).Least} 的整数", $"a whole number, {Bounds(parameter).Least} or more"),
        _ => ("整数", "a whole number"),
    };

    private static (long Least, long Most) Bounds(IParameterBindingMetadata parameter)
    {
        var (least, most) = UnderlyingType(parameter) == typeof(int) ? (int.MinValue, int.MaxValue) : (long.MinValue, long.MaxValue);
        return FindAttribute<RangeAttribute>(parameter) is { } range ? (Within(range.Minimum), Within(range.Maximum)) : (least, most);

        // A long bound is written as a double. The double nearest to the largest long exceeds it by one.
        long Within(object bound) =>
            Convert.ToDouble(bound, CultureInfo.InvariantCulture) is var value && value >= most
                ? most : value <= least ? least : (long)value;
    }

    private static T? FindAttribute<T>(IParameterBindingMetadata parameter)
        where T : Attribute => (T?)Attribute.GetCustomAttribute(parameter.ParameterInfo, typeof(T));

    private sealed record QueryParameterFault(string Parameter, string Detail);
}
