using SkillStation.Platform;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>The one clock: deadlines, placement after the course, and the figures.</summary>
public sealed class SchedulerModule : IServiceModule
{
    public string Name => "scheduler";

    public string Title => "Scheduler 时限与就业回访";

    public void AddServices(WebApplicationBuilder builder)
    {
        builder.AddModuleDb<SchedulerDb, SqliteSchedulerDb, SqlServerSchedulerDb>(Name);
        builder.Services.AddValidation();
        builder.Services.AddOptions<SchedulerOptions>().BindConfiguration(SchedulerOptions.Section);
        builder.Services.AddSingleton<Rulebook>();
        builder.Services.AddScoped<ClockKeeper>();
        builder.AddJobs(Name);
    }

    public void MapEndpoints(RouteGroupBuilder api)
    {
        var deadlines = api.MapGroup("/deadlines").WithTags("Deadlines");
        ListDeadlinesEndpoint.Map(deadlines);
        ListOverdueDeadlinesEndpoint.Map(deadlines);
        SweepNowEndpoint.Map(api.MapGroup("/sweeps").WithTags("Deadlines"));

        var calendar = api.MapGroup("/calendar").WithTags("Calendar");
        GetCalendarYearEndpoint.Map(calendar);
        AddWorkingDaysEndpoint.Map(calendar);

        var cases = api.MapGroup("").WithTags("Placement");
        ListFollowUpsEndpoint.Map(cases);
        AnswerFollowUpEndpoint.Map(cases);
        var links = api.MapGroup("/follow-ups").WithTags("Placement");
        GetFollowUpEndpoint.Map(links);
        AnswerOwnFollowUpEndpoint.Map(links);
        GetPlacementCaseEndpoint.Map(cases);
        RecordReferralEndpoint.Map(cases);

        var indicators = api.MapGroup("/indicators").WithTags("Indicators");
        GetIndicatorsEndpoint.Map(indicators);
        ListIndicatorSnapshotsEndpoint.Map(indicators);
    }

    public void AddConsumers(ConsumerList consumers) => consumers
        .Add<KeepRequestClocksConsumer>()
        .Add<KeepPoolClocksConsumer>()
        .Add<KeepOfferClocksConsumer>()
        .Add<KeepSeatClocksConsumer>()
        .Add<KeepClassClocksConsumer>()
        .Add<RecordJourneyConsumer>()
        .Add<RecordStationConsumer>()
        .Add<RecordCourseConsumer>()
        .Add<RecordConsentConsumer>()
        .Add<OpenPlacementCaseConsumer>();

    public async Task Prepare(IServiceProvider services, CancellationToken ct)
    {
        await LoadModelCity.Into(services.GetRequiredService<SchedulerDb>(), ct);
        services.PrepareJobTables(Name);
    }

    public async Task Begin(IServiceProvider services, CancellationToken ct)
    {
        await LoadModelCity.Into(services.GetRequiredService<Rulebook>(), services.GetRequiredService<SchedulerDb>(), ct);
        services.ListJobs();
    }

    public void Use(WebApplication app) => app.UseJobsDashboard(Title);
}
