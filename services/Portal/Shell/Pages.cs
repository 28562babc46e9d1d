using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using SkillStation.Platform.Data;
using SkillStation.Portal.Parts;
using SkillStation.Portal.Session;

namespace SkillStation.Portal.Shell;

/// <summary>Marks an endpoint that people see, as against the services' APIs in the same process.</summary>
internal sealed class IsPage;

/// <summary>What happens around every page: headers, who the visitor is, whether the page is for them, and a page for everything that goes wrong.</summary>
internal static class Pages
{
    private const string Policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // Belong to the services and the machinery, in one process with the pages.
    private static readonly string[] NotOurs = ["/api", "/openapi", "/docs", "/hangfire", "/health", "/clock", "/connect", "/.well-known"];

    public static void UsePages(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint() is { } endpoint ? endpoint.Metadata.GetMetadata<IsPage>() is null : !IsForPeople(context.Request))
        {
            await next(context);
            return;
        }

        AddHeaders(context);
        try
        {
            await Visit(context, next);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Show(context, e.StatusCode);
        }
        catch (Exception e) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            Log.Failed(context.RequestServices.GetRequiredService<ILogger<PortalModule>>(), e.GetType().Name, context.GetEndpoint()?.DisplayName ?? "", e);
            await Show(context, e.IsOutage() ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError);
        }
    });

    private static async Task Visit(HttpContext context, RequestDelegate next)
    {
        await RecognizeVisitor.In(context);
        var visitor = context.Features.GetRequiredFeature<Visitor>();
        if (HttpMethods.IsPost(context.Request.Method) && !context.RequestServices.GetRequiredService<PostLimit>().Allows(context))
        {
            await Show(context, StatusCodes.Status429TooManyRequests);
            return;
        }

        if (context.GetEndpoint()?.Metadata.GetMetadata<ForAttribute>() is { } page && !page.Admits(visitor))
        {
            await TurnAway(context, visitor);
            return;
        }

        if (HttpMethods.IsPost(context.Request.Method) && !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            await TryAgain(context);
            return;
        }

        await Form.Prepare(context);
        await next(context);
        if (HttpMethods.IsPost(context.Request.Method) && context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest })
        {
            context.Response.Clear();   // the form that was sent is not on the page any more, since another tab was faster: show how things stand
            SeeOther(context, context.Request.Path + context.Request.QueryString);
        }
        else if (context.Response is { HasStarted: false, ContentType: null, StatusCode: >= 400 and var status })   // a page that says so itself has a type
        {
            await Show(context, status);
        }
    }

    // Nobody is logged in: log in first and come back, with what was typed. Somebody is, but not one for this page: say so.
    private static async Task TurnAway(HttpContext context, Visitor visitor)
    {
        if (visitor.IsSignedIn)
        {
            await Show(context, StatusCodes.Status403Forbidden);
            return;
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            await KeptForms.Keep(context);
        }

        var back = Uri.EscapeDataString(context.Request.Path + context.Request.QueryString);
        SeeOther(context, $"/login?back={back}" + (RecognizeVisitor.HadSession(context) ? "&ended=1" : ""));
    }

    // The form was open for too long, or in a browser without cookies. What was typed is kept, but nothing is done with it unasked; from another site not even that.
    private static async Task TryAgain(HttpContext context)
    {
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
        {
            await Show(context, StatusCodes.Status400BadRequest);
            return;
        }

        await KeptForms.Keep(context);
        SeeOther(context, context.Request.Path + context.Request.QueryString);
    }

    private static void SeeOther(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }

    /// <summary>The page that says what went wrong, in a scope of its own: the one of the request may have rendered already.</summary>
    private static async Task Show(HttpContext context, int status)
    {
        var before = context.RequestServices;
        await using var scope = before.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        try
        {
            context.Response.Clear();
            if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            {
                context.Response.Headers.RetryAfter = "60";
            }

            var page = new RazorComponentResult<App>(new Dictionary<string, object?> { [nameof(App.Problem)] = status }) { StatusCode = status };
            await page.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = before;
        }
    }

    private static bool IsForPeople(HttpRequest request) =>
        !NotOurs.Any(p => request.Path.StartsWithSegments(p, StringComparison.Ordinal)) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static void AddHeaders(HttpContext context) => context.Response.OnStarting(() =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Signed in: nothing stays in the browser, since counters share one. Otherwise going back finds the page as it was left.
        headers.CacheControl = context.Features.Get<Visitor>()?.IsSignedIn == true ? "no-store" : "private, no-cache";
        headers.Remove("Pragma");

        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return Task.CompletedTask;
    });
}

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} on {Page}")]
    public static partial void Failed(ILogger logger, string kind, string page, Exception exception);
}
