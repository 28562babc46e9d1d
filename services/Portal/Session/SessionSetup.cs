using SkillStation.Portal.Parts;

namespace SkillStation.Portal.Session;

internal static class SessionSetup
{
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<SessionStore>();
        builder.Services.AddScoped<RecognizeVisitor>();
        builder.Services.AddSingleton<SamplePeople>();
        builder.Services.AddSingleton<ISignIn>(s => s.GetRequiredService<SamplePeople>());

        // Of the request, not of the scope: the page that says what went wrong has a scope of its own.
        builder.Services.AddScoped(s => Current(s).Features.Get<Visitor>() ?? Visitor.Nobody);
        builder.Services.AddScoped(s => Form.Of(Current(s)));
    }

    private static HttpContext Current(IServiceProvider services) =>
        services.GetRequiredService<IHttpContextAccessor>().HttpContext ?? throw new InvalidOperationException("There is no request.");
}
