using Microsoft.EntityFrameworkCore;
using SkillStation.Dispatch.Data;
using SkillStation.Platform;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;

namespace SkillStation.Dispatch;

/// <summary>站点派单: what a station does with the requests of its neighbourhood, in the order in which it does it.</summary>
public sealed class DispatchModule : IServiceModule
{
    public string Name => "dispatch";

    public string Title => "Dispatch 站点派单";

    public void AddServices(WebApplicationBuilder builder)
    {
        builder.AddModuleDb<DispatchDb, SqliteDispatchDb, SqlServerDispatchDb>(Name);
        builder.Services.AddValidation();
    }

    public void MapEndpoints(RouteGroupBuilder api)
    {
        var stations = api.MapGroup("/stations").WithTags("Stations");
        ListStationsEndpoint.Map(stations);
        GetStationEndpoint.Map(stations);

        var requests = api.MapGroup("/stations/{stationCode}/requests").WithTags("Triage");
        ListStationRequestsEndpoint.Map(requests);
        GetStationRequestEndpoint.Map(requests);
        AdmitRequestEndpoint.Map(requests);
        AskResidentEndpoint.Map(requests);
        RefuseRequestEndpoint.Map(requests);

        var pools = api.MapGroup("/stations/{stationCode}/pools").WithTags("Pools");
        ListPoolsEndpoint.Map(pools);
        GetPoolEndpoint.Map(pools);
        ListCandidatesEndpoint.Map(pools);
        DispatchPoolEndpoint.Map(pools);
        RevokeOfferEndpoint.Map(pools);

        var districts = api.MapGroup("/districts").WithTags("Districts");
        ListDistrictsEndpoint.Map(districts);
        ListEscalationsEndpoint.Map(districts);
        AssignPoolEndpoint.Map(districts);
        ClosePoolEndpoint.Map(districts);
        ListUnmetDemandEndpoint.Map(api.MapGroup("/unmet-demand").WithTags("Districts"));
    }

    public void AddConsumers(ConsumerList consumers) => consumers
        .Add<RecordCourseConsumer>()
        .Add<RecordInstitutionConsumer>()
        .Add<RecordQualificationConsumer>()
        .Add<RecordDeadlineConsumer>()
        .Add<TriageRequestConsumer>()
        .Add<RecordAmendmentConsumer>()
        .Add<RecordWithdrawalConsumer>()
        .Add<RecordAcceptanceConsumer>()
        .Add<RedispatchPoolConsumer>()
        .Add<ReturnRequestConsumer>()
        .Add<RecordClassStartConsumer>()
        .Add<RecordCancellationConsumer>()
        .Add<RecordCompletionConsumer>()
        .Add<RecordLearnerResultConsumer>()
        .Add<RecordRatingConsumer>()
        .Add<MeetDeadlinesConsumer>();

    public async Task Prepare(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<DispatchDb>();
        if (!await db.Stations.AnyAsync(ct))
        {
            LoadStations.Into(db, services.GetRequiredService<TimeProvider>().GetUtcNow());
            await db.SaveChangesAsync(ct);
        }
    }
}
