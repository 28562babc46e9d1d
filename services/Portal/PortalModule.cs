using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using SkillStation.Platform;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;
using SkillStation.Portal.Clients;
using SkillStation.Portal.Data;
using SkillStation.Portal.Pages.Resident;
using SkillStation.Portal.Session;
using SkillStation.Portal.Shell;

namespace SkillStation.Portal;

/// <summary>The web pages. Everything that they show and do goes through the services' APIs over HTTP, in one process as in many.</summary>
public sealed class PortalModule : IServiceModule
{
    public string Name => "portal";

    public string Title => "Portal 网页";

    public void AddServices(WebApplicationBuilder builder)
    {
        builder.AddModuleDb<PortalDb, SqlitePortalDb, SqlServerPortalDb>(Name);
        builder.Services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);   // a stale form is answered by a page
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));   // else every Chinese character becomes &#x…;
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "form";
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.SuppressXFrameOptionsHeader = true;   // frame-ancestors says it
        });

        builder.Services.AddDataProtection().SetApplicationName("skillstation");
        builder.Services.AddSingleton<IPostConfigureOptions<KeyManagementOptions>, KeysInDatabase>();

        builder.Services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;   // forms' tokens are drawn anew for each page, so its length tells nothing
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Optimal);
        builder.Services.AddSingleton<Assets>();
        builder.Services.AddSingleton<PostLimit>();
        builder.AddSessions();
        builder.AddClients();
    }

    public void AddConsumers(ConsumerList consumers)
    {
    }

    public void MapEndpoints(RouteGroupBuilder api)
    {
    }

    public void Use(WebApplication app)
    {
        app.UseWhen(context => context.GetEndpoint()?.Metadata.GetMetadata<IsPage>() is not null, pages => pages.UseResponseCompression());
        app.UsePages();
        app.UseAntiforgery();
        app.MapAssets();
        app.MapPreferences();
        app.MapClassCalendar();
        app.MapRazorComponents<App>().WithMetadata(new IsPage());
    }
}
