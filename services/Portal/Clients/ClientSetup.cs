using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SkillStation.Portal.Session;

namespace SkillStation.Portal.Clients;

internal static class ClientSetup
{
    public static void AddClients(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Addresses>();
        builder.Services.AddTransient<WithToken>();
        Add<RequestsClient>(builder, "Requests");
        Add<DispatchClient>(builder, "Dispatch");
        Add<AcceptanceClient>(builder, "Acceptance");
        Add<SchedulerClient>(builder, "Scheduler");
    }

    private static void Add<TClient>(WebApplicationBuilder builder, string service) where TClient : class => builder.Services
        .AddHttpClient<TClient>((services, http) =>
        {
            http.BaseAddress = services.GetRequiredService<Addresses>().Of(service);
            http.Timeout = services.GetRequiredService<IOptions<PortalOptions>>().Value.CallsTake;
        })
        .AddHttpMessageHandler<WithToken>();
}

/// <summary>Where the services are: Services:Requests and so on; where that says nothing, in this process.</summary>
internal sealed class Addresses(IConfiguration configuration, IServer server)
{
    public Uri Of(string service)
    {
        if (configuration["Services:" + service] is { Length: > 0 } given)
        {
            return new Uri(given);
        }

        var own = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        foreach (var any in (string[])["//[::]:", "//0.0.0.0:", "//*:", "//+:"])
        {
            own = own.Replace(any, "//localhost:", StringComparison.Ordinal);
        }

        return new Uri(own);
    }
}

/// <summary>Adds the visitor's token to a call. The browser never sees it.</summary>
internal sealed class WithToken(IHttpContextAccessor accessor) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (accessor.HttpContext?.Features.Get<Visitor>()?.AccessToken is { Length: > 0 } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
