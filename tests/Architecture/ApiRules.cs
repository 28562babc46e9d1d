using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using SkillStation.Embedded;
using SkillStation.Platform;
using SkillStation.Platform.Data;
using SkillStation.Platform.Http;
using Swashbuckle.AspNetCore.Swagger;

namespace SkillStation.Architecture.Tests;

/// <summary>The whole city, started once.</summary>
public sealed class RunningCity : IAsyncLifetime
{
    private readonly string dataDir = Directory.CreateTempSubdirectory("skillstation-test-").FullName;

    public WebApplication App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = City.Build(dataDir, "http://127.0.0.1:0", ["--Scheduler:Sweeps", "false", "--Logging:LogLevel:Default", "None"]);
        await App.PrepareAsync();
        await App.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(dataDir, recursive: true);
    }
}

public sealed class ApiRules(RunningCity city) : IClassFixture<RunningCity>
{
    private readonly WebApplication app = city.App;

    [Theory]
    [InlineData("Requests")]
    [InlineData("Dispatch")]
    [InlineData("Acceptance")]
    [InlineData("Scheduler")]
    public async Task The_API_document_is_the_one_checked_in(string service)
    {
        var document = app.Services.GetRequiredService<ISwaggerProvider>().GetSwagger(service.ToLowerInvariant());

        Golden.Same($"services/{service}/openapi.json", (await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_0)).ReplaceLineEndings("\n") + "\n");
    }

    [Fact]
    public void Every_operation_says_what_it_does_and_is_named_for_its_file()
    {
        var operations = City.Modules.SelectMany(m => app.Services.GetRequiredService<ISwaggerProvider>().GetSwagger(m.Name).Paths
            .SelectMany(p => p.Value.Operations!.Select(o => (Service: m.GetType().Assembly.GetName().Name!.Split('.')[^1], Path: p.Key, Operation: o.Value)))).ToList();

        Assert.NotEmpty(operations);
        Assert.Empty(operations.Where(o => string.IsNullOrWhiteSpace(o.Operation.Summary)).Select(o => o.Path));
        Assert.Empty(operations
            .Where(o => !Directory.EnumerateFiles(Path.Combine(Source.Root, "services", o.Service), o.Operation.OperationId + ".cs", SearchOption.AllDirectories).Any())
            .Select(o => $"{o.Service}: {o.Operation.OperationId}"));
    }

    [Fact]
    public void Every_body_is_public_and_so_is_validated()
    {
        var given = app.Services.GetRequiredService<IServiceProviderIsService>();
        var bodies = Handlers().SelectMany(h => h.Method.GetParameters()).Select(p => p.ParameterType)
            .Where(t => t.Namespace?.StartsWith("SkillStation.", StringComparison.Ordinal) == true && t is { IsClass: true, IsAbstract: false } && !given.IsService(t))
            .Distinct().ToList();

        Assert.NotEmpty(bodies);
        Assert.Empty(bodies.Where(t => !t.IsVisible).Select(t => t.Name));
    }

    [Fact]
    public void Every_POST_that_creates_takes_an_idempotency_key()
    {
        var creating = Handlers().Where(h => h.Method.ReturnType.ToString().Contains("HttpResults.Created`1", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(creating);
        Assert.Empty(creating.Where(h => h.Endpoint.Metadata.GetMetadata<TakesIdempotencyKey>() is null).Select(h => h.Endpoint.DisplayName));
    }

    [Fact]
    public void No_model_has_a_change_without_a_migration()
    {
        var contexts = Source.ServiceAssemblies.SelectMany(a => a.GetTypes()).Where(t => t is { IsAbstract: false } && typeof(ModuleDb).IsAssignableFrom(t)).ToList();

        Assert.Equal(2 * Source.Services.Count, contexts.Count);
        foreach (var context in contexts)
        {
            var design = context.Assembly.GetTypes().Single(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GenericTypeArguments.Contains(context)));
            using var db = (DbContext)design.GetMethod("CreateDbContext")!.Invoke(Activator.CreateInstance(design, nonPublic: true), [Array.Empty<string>()])!;
            Assert.False(db.Database.HasPendingModelChanges(), context.Name);
        }
    }

    private List<(RouteEndpoint Endpoint, MethodInfo Method)> Handlers()
    {
        var handlers = app.Services.GetServices<EndpointDataSource>().Concat(((IEndpointRouteBuilder)app).DataSources).SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => (e, e.Metadata.GetMetadata<MethodInfo>()))
            .Where(h => h.Item2 is not null && h.e.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal))
            .Select(h => (h.e, h.Item2!)).ToList();
        Assert.NotEmpty(handlers);
        return handlers;
    }
}
