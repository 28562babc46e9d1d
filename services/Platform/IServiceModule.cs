using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SkillStation.Platform.Bus;

namespace SkillStation.Platform;

/// <summary>One service: a program of its own, or a part of a process that holds several. The same code runs either way.</summary>
public interface IServiceModule
{
    /// <summary>Lower-case name: prefix of its queues, name of its database and of its API document.</summary>
    string Name { get; }

    /// <summary>What its API pages say on top.</summary>
    string Title { get; }

    /// <summary>Its database, options and validation.</summary>
    void AddServices(WebApplicationBuilder builder);

    /// <summary>Every consumer by name: a table of contents, since scanning skips internal types without a word.</summary>
    void AddConsumers(ConsumerList consumers);

    /// <summary>Its routes, below /api/v1.</summary>
    void MapEndpoints(RouteGroupBuilder api);

    /// <summary>Loads what the database must hold, after migration; in a step of its own where there are replicas. Must be safe to run again.</summary>
    Task Prepare(IServiceProvider services, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Runs at every start, before the first message or request: what this process keeps in memory.</summary>
    Task Begin(IServiceProvider services, CancellationToken ct) => Task.CompletedTask;

    /// <summary>For what is not an API: recurring jobs and their dashboard.</summary>
    void Use(WebApplication app) { }
}
