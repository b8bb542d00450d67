using System.Reflection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http.HttpResults;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.DataEntry;
using XilinIngest.Dashboard.Embedding;
using XilinIngest.Dashboard.Export;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.Shell;
using XilinIngest.Dashboard.SignIn;
using XilinIngest.Dashboard.Status;
using XilinIngest.Dashboard.Submissions;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard;

/// <summary>Registers the pages, in a process of their own or in the process of the services.</summary>
internal static class DashboardRegistration
{
    // A browser sends what was typed twice, each character as up to six bytes; the longest field is that of a report's text.
    private const long MaxMessageBytes = 2 * 6 * ReportTextRequest.MaxLength + 4_000;

    /// <param name="builder">The host.</param>
    /// <param name="addresses">The addresses of the services.</param>
    /// <param name="letterhead">What stands on a printed report besides its figures.</param>
    /// <param name="embed">Whose pages may show charts in a frame.</param>
    /// <param name="key">The key of the pages; null: the services run in this process and know its key.</param>
    public static WebApplicationBuilder AddDashboard(
        this WebApplicationBuilder builder, Func<IServiceProvider, ServiceAddresses> addresses, ReportLetterhead letterhead,
        EmbedOrigins embed, Func<string?>? key = null)
    {
        // Until the program is published, the static files of packages are in the folders where the packages were restored.
        builder.WebHost.UseStaticWebAssets();

        // A program that is not published would get a catch-all route, which serves files that were edited since the build. A wrong method
        // could then not be distinguished from an unknown path.
        builder.WebHost.UseSetting("ReloadStaticAssetsAtRuntime", "false");
        builder.Services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = MaxMessageBytes);

        // Only pages: compression is not worth the time for what the services in this process fetch, and it would delay the live feed.
        builder.Services.AddResponseCompression(compression => compression.MimeTypes = ["text/html"]);
        builder.Services.AddAntiforgery(antiforgery => antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);

        // Before that of the framework, which writes JSON for whoever accepts anything, and so for every browser.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, RefusedRequest>());
        builder.Services.AddSingleton(addresses);
        builder.Services.AddSingleton(letterhead);
        builder.Services.AddSingleton(embed);
        builder.Services.AddSingleton<LiveFeed>();
        builder.Services.AddHostedService(services => services.GetRequiredService<LiveFeed>());
        builder.Services.AddHostedService<LedgerPoller>();
        builder.Services.AddSingleton(
            services => new ServiceTransport(key is null ? services.GetRequiredService<AccessKeyRegistry>().OwnKey : key(),
                services.GetRequiredService<ServiceAddresses>()));
        builder.Services.AddSingleton<HealthReader>();
        builder.Services.AddSingleton<ResponseCache>();
        builder.Services.AddSingleton<CatalogueViews>();
        builder.Services.AddScoped<ServiceClient>();
        builder.Services.AddScoped<CurrentCaller>();
        builder.Services.AddScoped<BrowserConnection>();
        builder.Services.AddScoped<CircuitHandler>(services => services.GetRequiredService<BrowserConnection>());
        builder.Services.AddScoped<AuthenticationStateProvider, CallerRevalidation>();
        return builder;
    }

    /// <param name="app">The application.</param>
    /// <param name="program">The assembly of the program; its build lists the static files.</param>
    public static void MapDashboard(this WebApplication app, Assembly program)
    {
        app.UseResponseCompression();
        var frames = app.Services.GetRequiredService<EmbedOrigins>().All;
        app.Use((context, next) =>
        {
            if (!PageSecurityPolicy.IsApiReference(context.Request.Path))
            {
                PageSecurityPolicy.Apply(context, context.Request.Path.Equals(EmbedApi.Path) ? frames : []);
            }

            return next(context);
        });
        app.Use(PageQueryValidation.Run);
        app.UseAntiforgery();
        app.Use(RefuseForeignForms);
        app.Use(UnknownAddress.Run);
        app.MapGroup("")
            .AllowPublic()
            .MapStaticAssets(Path.Combine(AppContext.BaseDirectory, $"{program.GetName().Name}.staticwebassets.endpoints.json"));
        app.MapGet("/language", ChooseLanguage).ExcludeFromDescription().AllowPublic();
        app.MapGet("/theme", ChooseTheme).ExcludeFromDescription().AllowPublic();
        app.MapSignIn();
        app.MapEmbeds();
        app.MapExports();
        app.MapIndicatorExports();
        app.MapFormDownload();
        app.MapSubmissionExports();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequirePageSignIn().Add(AcceptGetAlone);
    }

    // A form that no page of ours has made. Reading it would end as a fault of the server.
    private static Task RefuseForeignForms(HttpContext context, RequestDelegate next) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? Results.Problem(
                "表单已过期，或不是从本站页面提交的。请返回页面重新提交。 / The form has expired, or is not of a page of this site. Go back and submit it again.",
                statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context)
            : next(context);

    // The framework also accepts a form that is posted to a page, but no page has such a form.
    private static void AcceptGetAlone(EndpointBuilder route)
    {
        if (route.Metadata.OfType<ComponentTypeMetadata>().Any())
        {
            route.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get]));
        }
    }

    private static RedirectHttpResult ChooseLanguage(HttpContext context, string? to, string? back) =>
        KeepChoice(context, Lang.Cookie, to == "en" ? "en" : "zh", back);

    private static RedirectHttpResult ChooseTheme(HttpContext context, string? to, string? back) =>
        KeepChoice(context, PageTheme.Cookie, to == PageTheme.Dark ? PageTheme.Dark : PageTheme.Light, back);

    private static RedirectHttpResult KeepChoice(HttpContext context, string cookie, string choice, string? back)
    {
        context.Response.Cookies.Append(cookie, choice,
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        return TypedResults.LocalRedirect(RedirectHttpResult.IsLocalUrl(back) ? back! : "/");
    }
}
