using Microsoft.EntityFrameworkCore;
using SkillStation.Platform;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;
using SkillStation.Requests.Data;

namespace SkillStation.Requests;

/// <summary>居民点单: what residents do, in the order in which they do it.</summary>
public sealed class RequestsModule : IServiceModule
{
    public string Name => "requests";

    public string Title => "Requests 居民点单";

    public void AddServices(WebApplicationBuilder builder)
    {
        builder.AddModuleDb<RequestsDb, SqliteRequestsDb, SqlServerRequestsDb>(Name);
        builder.Services.AddValidation();
    }

    public void MapEndpoints(RouteGroupBuilder api)
    {
        var residents = api.MapGroup("/residents").WithTags("Residents");
        RegisterResidentEndpoint.Map(residents);
        GetResidentEndpoint.Map(residents);
    }

    public void AddConsumers(ConsumerList consumers)
    {
    }

    public async Task Prepare(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<RequestsDb>();
        if (!await db.Courses.AnyAsync(ct))
        {
            LoadCatalogue.Into(db, services.GetRequiredService<TimeProvider>().GetUtcNow());
            await db.SaveChangesAsync(ct);
        }
    }
}
