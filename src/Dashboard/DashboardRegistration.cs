using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Export;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.Shell;
using XilinIngest.Dashboard.SignIn;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard;

/// <summary>Registers the pages, in a process of their own or in one with the services.</summary>
internal static class DashboardRegistration
{
    /// <param name="builder">The host.</param>
    /// <param name="addresses">Where the services are.</param>
    /// <param name="key">What they are asked with; null: the services are in this process, and know its own.</param>
    public static WebApplicationBuilder AddDashboard(
        this WebApplicationBuilder builder, Func<IServiceProvider, ServiceAddresses> addresses, Func<string?>? key = null)
    {
        // Files that packages bring lie where they were restored until the program is published.
        builder.WebHost.UseStaticWebAssets();

        // A program that is not published would otherwise get a route for every path, to serve files that were edited since the build. A
        // wrong method would then not be told from an unknown path.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();

        // Pages alone: what is fetched by the services in this process is not worth the time, and the live feed must not wait for a block.
        builder.Services.AddResponseCompression(compression => compression.MimeTypes = ["text/html"]);
        builder.Services.AddAntiforgery(antiforgery => antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        builder.Services.AddSingleton(addresses);
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveFeed>());
        builder.Services.AddHostedService<LedgerPoller>();
        builder.Services.AddSingleton(
            services => new ServiceTransport(key is null ? services.GetRequiredService<AccessKeyRegistry>().OwnKey : key(),
                services.GetRequiredService<ServiceAddresses>()));
        builder.Services.AddSingleton<ResponseCache>();
        builder.Services.AddSingleton<CatalogueViews>();
        builder.Services.AddScoped<ServiceClient>();
        builder.Services.AddScoped<CurrentCaller>();
        builder.Services.AddScoped<AuthenticationStateProvider, CallerRevalidation>();
        return builder;
    }

    /// <param name="app">The application.</param>
    /// <param name="program">The program that it is: its build lists the files to be served.</param>
    public static void MapDashboard(this WebApplication app, Assembly program)
    {
        app.UseResponseCompression();
        app.Use((context, next) =>
        {
            if (!PageSecurityPolicy.IsApiReference(context.Request.Path))
            {
                PageSecurityPolicy.Apply(context);
            }

            return next(context);
        });
        app.Use(PageQueryValidation.Run);
        app.UseAntiforgery();
        app.MapGroup("")
            .AllowPublic()
            .MapStaticAssets(Path.Combine(AppContext.BaseDirectory, $"{program.GetName().Name}.staticwebassets.endpoints.json"));
        app.MapGet("/language", ChooseLanguage).ExcludeFromDescription().AllowPublic();
        app.MapSignIn();
        app.MapExports();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequirePageSignIn().Add(AcceptGetAlone);
    }

    // The framework also accepts forms that are posted to a page; no page has one.
    private static void AcceptGetAlone(EndpointBuilder route)
    {
        if (route.Metadata.OfType<ComponentTypeMetadata>().Any())
        {
            route.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get]));
        }
    }

    private static RedirectHttpResult ChooseLanguage(HttpContext context, string? to, string? back)
    {
        context.Response.Cookies.Append(Lang.Cookie, to == "en" ? "en" : "zh",
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        return TypedResults.LocalRedirect(RedirectHttpResult.IsLocalUrl(back) ? back! : "/");
    }
}
