using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Scheduler;
using SkillStation.Scheduler.Data;

namespace SkillStation.Scheduler;

/// <summary>Each minute: tells of every deadline that has reached a stage, in the order in which they were due. Any number of sweeps may run side by side.</summary>
internal static class SweepDeadlines
{
    private const int PageSize = 500;

    /// <summary>How many stages were told.</summary>
    public static async Task<int> Run(SchedulerDb db, DateTimeOffset now, bool forgive, CancellationToken ct)
    {
        await ForgiveOutage.Run(db, now, forgive, ct);
        var told = 0;
        while (await db.Deadlines.Where(d => d.NextStageAt <= now).OrderBy(d => d.DueAt).ThenBy(d => d.Seq).Take(PageSize).ToListAsync(ct) is { Count: > 0 } page)
        {
            var stages = 0;
            foreach (var deadline in page)
            {
                foreach (var stage in deadline.Reach(now, ClockTable.SilenceAnswers(deadline.Kind)))
                {
                    stages++;
                    db.Publish(deadline.SubjectId, new DeadlineReached
                    {
                        DeadlineId = deadline.Id,
                        Kind = deadline.Kind,
                        SubjectId = deadline.SubjectId,
                        Stage = stage.ToString(),
                        DueAt = deadline.DueAt,
                        At = now,
                    });
                }
            }

            told += await db.SaveOrForget(ct) ? stages : 0;
        }

        return told;
    }
}
