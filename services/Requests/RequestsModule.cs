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
        SetConsentEndpoint.Map(residents);

        ListNearbyStationsEndpoint.Map(api);
        var courses = api.MapGroup("/courses").WithTags("Courses");
        ListCoursesEndpoint.Map(courses);
        GetCourseEndpoint.Map(courses);

        var requests = api.MapGroup("/residents/{residentId:guid}/requests").WithTags("Requests");
        SubmitRequestEndpoint.Map(requests);
        ListRequestsEndpoint.Map(requests);
        GetRequestEndpoint.Map(requests);
        AmendRequestEndpoint.Map(requests);
        WithdrawRequestEndpoint.Map(requests);
        ConfirmSeatEndpoint.Map(requests);
        DeclineSeatEndpoint.Map(requests);
        RateTrainingEndpoint.Map(requests);
    }

    public void AddConsumers(ConsumerList consumers) => consumers
        .Add<RecordStationsConsumer>()
        .Add<RecordTriageConsumer>()
        .Add<RecordPoolingConsumer>()
        .Add<RecordPoolsConsumer>()
        .Add<RecordClassesConsumer>()
        .Add<RecordSeatsConsumer>()
        .Add<RecordLearningConsumer>()
        .Add<RecordPlacementConsumer>()
        .Add<RecordDeadlinesConsumer>()
        .Add<MeetDeadlinesConsumer>();

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
