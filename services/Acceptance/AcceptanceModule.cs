using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Platform;
using SkillStation.Platform.Bus;
using SkillStation.Platform.Data;

namespace SkillStation.Acceptance;

/// <summary>机构接单: what institutions and the district do with an offer, from the answer to the credential, in that order.</summary>
public sealed class AcceptanceModule : IServiceModule
{
    public string Name => "acceptance";

    public string Title => "Acceptance 机构接单";

    public void AddServices(WebApplicationBuilder builder)
    {
        builder.AddModuleDb<AcceptanceDb, SqliteAcceptanceDb, SqlServerAcceptanceDb>(Name);
        builder.Services.AddValidation();
    }

    public void MapEndpoints(RouteGroupBuilder api)
    {
        var institutions = api.MapGroup("/institutions").WithTags("Institutions");
        ListInstitutionsEndpoint.Map(institutions);
        GetInstitutionEndpoint.Map(institutions);

        var offers = api.MapGroup("/institutions").WithTags("Offers");
        ListOffersEndpoint.Map(offers);
        GetOfferEndpoint.Map(offers);
        AcceptOfferEndpoint.Map(offers);
        DeclineOfferEndpoint.Map(offers);
        ReturnOfferEndpoint.Map(offers);

        var classes = api.MapGroup("/institutions").WithTags("Classes");
        ListClassesEndpoint.Map(classes);
        GetClassEndpoint.Map(classes);
        ScheduleClassEndpoint.Map(classes);
        CancelClassEndpoint.Map(classes);
        GetSessionEndpoint.Map(classes);
        MarkAttendanceEndpoint.Map(classes);
        CloseSessionEndpoint.Map(classes);
        ShowCheckInCodeEndpoint.Map(classes);
        RecordResultsEndpoint.Map(classes);

        var learners = api.MapGroup("/residents/{residentId:guid}").WithTags("Learners");
        GetLearnerClassEndpoint.Map(learners);
        CheckInEndpoint.Map(learners);

        var districts = api.MapGroup("/districts").WithTags("Filings");
        ListFilingsEndpoint.Map(districts);
        ApproveFilingEndpoint.Map(districts);
        ReturnFilingEndpoint.Map(districts);
        RefuseFilingEndpoint.Map(districts);
        RevokeCredentialEndpoint.Map(districts);

        CheckCredentialEndpoint.Map(api.MapGroup("/credentials").WithTags("Credentials"));
    }

    public void AddConsumers(ConsumerList consumers) => consumers
        .Add<RecordCourseConsumer>()
        .Add<RecordStationConsumer>()
        .Add<RecordDueTimeConsumer>()
        .Add<ReceiveOfferConsumer>()
        .Add<RevokeOfferConsumer>()
        .Add<RecordSeatAnswerConsumer>()
        .Add<RecordWithdrawalConsumer>()
        .Add<MeetDeadlinesConsumer>();

    public async Task Prepare(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<AcceptanceDb>();
        if (!await db.Institutions.AnyAsync(ct))
        {
            LoadInstitutions.Into(db, services.GetRequiredService<TimeProvider>().GetUtcNow());
            await db.SaveChangesAsync(ct);
        }
    }
}
