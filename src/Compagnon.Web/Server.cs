using System.Text.Encodings.Web;
using System.Text.Unicode;
using Compagnon.App;
using Compagnon.App.Jobs;
using Compagnon.App.Messages.Sending;
using Compagnon.App.Operations;
using Compagnon.App.Privacy;
using Compagnon.Web.Access;
using Compagnon.Web.Day;
using Compagnon.Web.Demonstration;
using Compagnon.Web.Design;
using Compagnon.Web.Experience;
using Compagnon.Web.Forms;
using Compagnon.Web.Frame;
using Compagnon.Web.Patient;
using Compagnon.Web.Words;

namespace Compagnon.Web;

/// <summary>Puts the web server together. What each part does stands in its own file; the order here is what matters.</summary>
public static class Server
{
    public static WebApplication Build(string[] args, Installation installation, Mode mode)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = PublishedRoot(args) });
        // lets a build that isn't published find its wwwroot outside Development too
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(o => o.AddServerHeader = false);
        // otherwise Development reads style and script from the sources at each request, uncompressed: say true to work on them
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= "false";
        AddLogging(builder.Logging);
        // nothing leaves the demonstration: its letters are shown on a page
        if (!mode.IsDemonstration && builder.Configuration.GetSection("Compagnon:Smtp").Get<MailSettings>() is { } mail) builder.Services.AddSingleton(mail);
        AddProgramme(builder.Services, installation, mode);
        // the demonstration is opened by http://localhost alone
        var secureOnly = !builder.Environment.IsDevelopment() && !mode.IsDemonstration;
        AddPages(builder.Services, secureOnly);
        builder.Services.AddAccess(secureOnly);
        var app = builder.Build();
        Use(app);
        Map(app);
        return app;
    }

    /// <summary>A published program may be started from any folder: its pages' files lie beside it.</summary>
    private static string? PublishedRoot(string[] args) =>
        !args.Any(a => a.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase)) && Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null;

    private static void AddLogging(ILoggingBuilder logging)
    {
        // at Information it writes whole addresses with their query
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        // the command says in the user's language where it is open, or why it is not
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }

    private static void AddProgramme(IServiceCollection services, Installation installation, Mode mode)
    {
        services.AddSingleton(new ErasureList(installation.Files.Erased));
        services.AddCompagnon(installation.Database, installation.Keys, installation.Head).AddSingleton(mode);
        services.AddHostedService(p => p.GetRequiredService<JobRunner>());
        services.AddHealthChecks().AddCheck<DatabaseAnswers>("base");
    }

    private static void AddPages(IServiceCollection services, bool secureOnly)
    {
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddLanguages();
        services.AddPageCompression();
        // otherwise every accent costs six bytes
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddAntiforgery(o =>
        {
            // or it contradicts frame-ancestors 'none'
            o.SuppressXFrameOptionsHeader = true;
            o.Cookie.Name = "jeton";
            AccessPipeline.Harden(o.Cookie, secureOnly);
        });
        services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(365));
        services.AddSingleton<Turns>();
        services.AddScoped<FrameModel>();
        services.AddScoped<Formats>();
        services.AddScoped<Day.DayWords>();
        services.AddScoped<Files.FileWords>();
        services.AddScoped<Matching.MatchWords>();
        services.AddScoped<Experience.ExperienceWords>();
        services.AddScoped<Patient.Questions.PatientWords>();
        services.AddSingleton<EnumWords>();
        services.AddScoped<Referrals.StepWords>();
        services.AddScoped<CardWords>();
    }

    private static void Use(WebApplication app)
    {
        app.UseResponseCompression();
        app.UseRequestLocalization();
        if (!app.Environment.IsDevelopment() && !app.Services.GetRequiredService<Mode>().IsDemonstration) app.UseHsts();
        // a scope of their own: otherwise the exception of the first rendering escapes from the second
        app.UseExceptionHandler("/erreur", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/introuvable", "?code={0}", createScopeForStatusCodePages: true);
        // after both: the error page clears headers and passes here again
        app.UseMiddleware<StrictHeaders>();
        app.UseRouting();
        app.UseMiddleware<ToldOnce>();
        app.UseAccess();
        app.UseAntiforgery();
        app.UseRefusedTokens();
        app.UseMiddleware<SentOnce>();
        app.UseGoneForms();
        app.UseGuide();
    }

    private static void Map(WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapLanguages();
        app.MapAccess();
        app.MapCourier();
        app.MapExperience();
        app.MapOverview();
        app.MapCopy();
        // says only whether the database answers; HEAD on a page is 404, so probes ask here
        app.MapHealthChecks("/sante").AllowAnonymous();
        app.MapRazorComponents<Document>().WithStaticAssets();
        // without an endpoint the fallback policy would send every wrong address to the sign-in page
        app.MapFallback(() => Results.NotFound()).AllowAnonymous();
    }
}
