using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Scheduler;
using SkillStation.Platform;
using SkillStation.Platform.Bus;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>Somebody completed a course: where work was the goal, and they agreed to be asked, the station follows them for half a year.</summary>
internal sealed partial class OpenPlacementCaseConsumer(SchedulerDb db, Rulebook rulebook, TimeProvider clock, ILogger<OpenPlacementCaseConsumer> log) : IConsumer<LearnerCompleted>
{
    public async Task Consume(ConsumeContext<LearnerCompleted> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        if (message.FollowUp == FollowUpRules.Never || await db.Cases.AnyAsync(c => c.RequestId == message.RequestId, ct))
        {
            return;
        }

        var journey = await db.Journeys.AsNoTracking().SingleOrDefaultAsync(j => j.RequestId == message.RequestId, ct);
        if (journey?.SubmittedAt is not { } submittedAt)
        {
            throw new NotYetKnownException("request", message.RequestId);
        }

        if (message.FollowUp == FollowUpRules.IfGoalIsWork && !Goals.IsWork(journey.Goal!))
        {
            return;
        }

        var consent = await db.Consents.FindAsync([message.ResidentId], ct) ?? db.Consents.Add(new ContactConsent(message.ResidentId)).Entity;
        consent.Touch();
        if (!(consent.At > submittedAt ? consent.Granted : journey.MayContact))
        {
            return;
        }

        var (now, day) = (clock.GetUtcNow(), message.At.LocalDate());
        var placement = PlacementCase.Open(
            db.NewId(),
            message.RequestId,
            message.ResidentId,
            journey.StationCode ?? message.StationCode,   // the resident's own station follows, wherever the class was
            message.CourseCode,
            message.InstitutionCode,
            message.At,
            now,
            rulebook.PointsOn(day).Select(p => new FollowUpTask(db.NewId(), p.PointDays, day.AddDays(p.PointDays), day.AddDays(p.PointDays + p.WindowDays), p.Channel)));
        db.Cases.Add(placement);
        db.Publish(placement.Id, new CaseOpened { CaseId = placement.Id, RequestId = placement.RequestId, StationCode = placement.StationCode, At = now });
        Log.Opened(log, placement.Id, placement.RequestId);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Placement case {CaseId} opened for request {RequestId}")]
        public static partial void Opened(ILogger logger, Guid caseId, Guid requestId);
    }
}
