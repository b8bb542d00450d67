using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>Whom to ask about a unit. Personal data, so each row is shown only to those who work with the unit.</summary>
internal static class ContactsApi
{
    public static void MapContacts(this IEndpointRouteBuilder routes) => routes.MapGet("/api/contacts", List)
        .WithTags("Catalogue 目录").WithSummary("Whom to ask about a unit and those below it, in a month (联系人).").RequireAnyRightFiltered();

    private static IResult List(
        CatalogueSource catalogues, ContactSource contacts, TimeProvider clock, Caller caller, string unit, string period)
    {
        var catalogue = catalogues.Current;
        if (QueryResolver.FindUnit(catalogue, unit) is not { } asked)
        {
            return QueryResolver.UnknownUnit(unit);
        }

        if (!Period.TryParse(period, out var month))
        {
            return QueryResolver.InvalidPeriod(period);
        }

        // The people are those of today, so whoever may see them is decided by where the units are today, not in the month that is asked.
        var units = catalogue.Units;
        var today = Period.Containing(clock.GetUtcNow());
        return Results.Json(
            contacts.Current.Where(contact => units.TryFind(contact.Unit.Value, out var of) && IsAtOrBelow(of, asked, month, units)
                && caller.MaySeeContactsOf(of, today, units)).Select(ToResponse),
            ApiJson.Options);
    }

    private static bool IsAtOrBelow(Unit unit, Unit asked, Period month, UnitTree units) =>
        unit == asked || units.AncestorsOf(unit, month).Contains(asked);

    private static UnitContact ToResponse(Contact contact) => new(contact.Unit.Value, contact.Role.ToWireName(), contact.Name,
        contact.Telephone.Length == 0 ? null : contact.Telephone, contact.Mail.Length == 0 ? null : contact.Mail);
}
