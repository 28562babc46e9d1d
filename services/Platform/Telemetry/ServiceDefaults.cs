using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SkillStation.Platform.Telemetry;

/// <summary>Health, traces, metrics and logs, alike for every service.</summary>
internal static class ServiceDefaults
{
    public static void AddServiceDefaults(this WebApplicationBuilder builder, IReadOnlyList<IServiceModule> modules)
    {
        builder.Services.AddHealthChecks();
        // A database's own words repeat the values that were in the way, which may be personal; so whoever would print them is silent,
        // and FaultObserver and the answers say which kind of failure it was.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        builder.Logging.AddFilter("MassTransit.ReceiveTransport", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Hangfire", LogLevel.Warning);

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(modules.Count == 1 ? "skillstation-" + modules[0].Name : "skillstation"))
            .WithTracing(t => t.AddSource("SkillStation.*", "MassTransit").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .WithMetrics(m => m.AddMeter("SkillStation.*", "MassTransit").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation());
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
    }
}
