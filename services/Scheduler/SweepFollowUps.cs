using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Scheduler;
using SkillStation.Platform;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>What a sweep of the follow-ups did.</summary>
internal readonly record struct FollowUpsSwept(int Opened, int Missed, int CasesClosed);

/// <summary>Each minute: opens the follow-ups whose day has come, gives up those whose window is over, and decides cases after their last point.</summary>
internal static class SweepFollowUps
{
    private const int PageSize = 200;

    public static async Task<FollowUpsSwept> Run(SchedulerDb db, DateTimeOffset now, bool forgive, CancellationToken ct)
    {
        await ForgiveOutage.Run(db, now, forgive, ct);
        var today = now.LocalDate();
        var swept = default(FollowUpsSwept);
        while (await db.Cases.Include(c => c.Tasks).Where(c => c.NextOn <= today).OrderBy(c => c.NextOn).ThenBy(c => c.CompletedAt).Take(PageSize).ToListAsync(ct) is { Count: > 0 } page)
        {
            var before = swept;
            foreach (var placement in page)
            {
                if (placement.Advance(today, now).Step is { } step)
                {
                    db.Tell(placement, step, now);
                    swept = new(swept.Opened + step.Opened.Count, swept.Missed + step.Missed.Count, swept.CasesClosed + (step.Closed is null ? 0 : 1));
                }
            }

            swept = await db.SaveOrForget(ct) ? swept : before;
        }

        return swept;
    }

    /// <summary>Publishes what a step of a case brought about.</summary>
    public static void Tell(this SchedulerDb db, PlacementCase placement, CaseStep step, DateTimeOffset now)
    {
        foreach (var task in step.Opened)
        {
            db.Publish(placement.Id, new FollowUpDue
            {
                CaseId = placement.Id,
                RequestId = placement.RequestId,
                StationCode = placement.StationCode,
                Point = task.Point,
                WindowEnds = task.WindowEnds,
                At = now,
            });
        }

        if (step.PlacedAt is { } placed)
        {
            db.Publish(placement.Id, new LearnerPlaced
            {
                CaseId = placement.Id,
                RequestId = placement.RequestId,
                Point = placed.Point,
                Outcome = placed.Outcome!.Value.ToString(),
                Evidence = placed.Evidence!.Value.ToString(),
                At = now,
            });
        }

        if (step.Closed == CaseResult.Sustained)
        {
            db.Publish(placement.Id, new PlacementSustained { CaseId = placement.Id, RequestId = placement.RequestId, At = now });
        }

        if (step.Closed is { } result)
        {
            db.Publish(placement.Id, new CaseClosed { CaseId = placement.Id, RequestId = placement.RequestId, Result = result.ToString(), At = now });
        }
    }
}
