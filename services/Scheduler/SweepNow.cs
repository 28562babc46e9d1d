using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SkillStation.Scheduler.Data;

namespace SkillStation.Scheduler;

/// <summary>Asks for the sweeps at once.</summary>
/// <param name="ForgiveOutage">False when a gap since the last sweep is no outage, because somebody moved the clock.</param>
public sealed record SweepNow(bool ForgiveOutage = true);

/// <summary>What the sweeps did.</summary>
/// <param name="StagesReached">Stages of deadlines that were told.</param>
/// <param name="FollowUpsOpened">Follow-ups whose day has come.</param>
/// <param name="FollowUpsMissed">Follow-ups whose window ended without an answer.</param>
/// <param name="CasesClosed">Cases decided.</param>
/// <param name="OutageForgiven">Length of the outage that deadlines were moved by; null when there was none.</param>
public sealed record SweepView(int StagesReached, int FollowUpsOpened, int FollowUpsMissed, int CasesClosed, TimeSpan? OutageForgiven);

internal static partial class SweepNowEndpoint
{
    public static void Map(RouteGroupBuilder sweeps) => sweeps.MapPost("", Handle).WithName("SweepNow");

    /// <summary>Runs the sweeps now instead of within the minute.</summary>
    private static async Task<Ok<SweepView>> Handle(SweepNow body, SchedulerDb db, TimeProvider clock, IOptions<SchedulerOptions> options, ILogger<SweepNow> log, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var forgive = body.ForgiveOutage && options.Value.ForgiveOutages;
        var outage = await ForgiveOutage.Run(db, now, forgive, ct);
        var stages = await SweepDeadlines.Run(db, now, forgive, ct);
        var followUps = await SweepFollowUps.Run(db, now, forgive, ct);
        Log.Swept(log, stages, followUps.Opened, followUps.Missed);
        return TypedResults.Ok(new SweepView(stages, followUps.Opened, followUps.Missed, followUps.CasesClosed, outage));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Swept on request: {Stages} stages, {Opened} follow-ups opened, {Missed} missed")]
        public static partial void Swept(ILogger logger, int stages, int opened, int missed);
    }
}
