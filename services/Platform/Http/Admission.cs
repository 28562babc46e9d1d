using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SkillStation.Platform.Http;

/// <summary>
/// Section "Admission": how many calls each service takes on at once. A few more wait their turn; the rest are told at once to come back, because
/// a line that grows without end answers nobody in time.
/// </summary>
public sealed class AdmissionOptions
{
    public const string Section = "Admission";

    /// <summary>Calls that may change something. They meet at the database, which writes one after the other, so more at once is not faster.</summary>
    [Range(1, int.MaxValue)]
    public int Writes { get; set; } = 8;

    [Range(0, int.MaxValue)]
    public int WaitingWrites { get; set; } = 16;

    [Range(1, int.MaxValue)]
    public int Reads { get; set; } = 32;

    [Range(0, int.MaxValue)]
    public int WaitingReads { get; set; } = 64;
}

internal static class Admission
{
    private const string Policy = "admission";

    public static void AddAdmission(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AdmissionOptions>().BindConfiguration(AdmissionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection(AdmissionOptions.Section).Get<AdmissionOptions>() ?? new AdmissionOptions();
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.OnRejected = (rejected, _) => new(Problems.SayBusy(rejected.HttpContext));
            limiter.AddPolicy(Policy, http => RateLimitPartition.GetConcurrencyLimiter(
                (http.GetEndpoint()?.Metadata.GetMetadata<IEndpointGroupNameMetadata>()?.EndpointGroupName, Reads: HttpMethods.IsGet(http.Request.Method)),
                line => line.Reads ? Line(options.Reads, options.WaitingReads) : Line(options.Writes, options.WaitingWrites)));
        });
    }

    /// <summary>Each service has its own lines, in one process too. What is no part of the API, such as health, never waits.</summary>
    public static RouteGroupBuilder Admitted(this RouteGroupBuilder api) => api.RequireRateLimiting(Policy);

    private static ConcurrencyLimiterOptions Line(int atOnce, int waiting) => new() { PermitLimit = atOnce, QueueLimit = waiting };
}
