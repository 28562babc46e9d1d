using Microsoft.EntityFrameworkCore;
using SkillStation.Platform;
using SkillStation.Platform.Data;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>
/// Set off by each sweep, before it looks at what is due: when nothing was swept for a while, that time was an outage of ours.
/// What was due in it is due later by its length, so nobody is made to answer for it. The outage and every move are recorded.
/// </summary>
internal static class ForgiveOutage
{
    private const int PageSize = 500;
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);

    public static async Task<TimeSpan?> Run(SchedulerDb db, DateTimeOffset now, bool forgive, CancellationToken ct)
    {
        await Beat(db, now, forgive, ct);
        var outages = await db.Outages.AsNoTracking().Where(o => o.AppliedAt == null).ToListAsync(ct);
        foreach (var outage in outages)
        {
            await MoveDeadlines(db, outage, now, ct);
            await MoveWindows(db, outage, ct);
            (await db.Outages.SingleAsync(o => o.Id == outage.Id, ct)).AppliedAt = now;
            await db.SaveChangesAsync(ct);
            db.ChangeTracker.Clear();
        }

        return outages.Count == 0 ? null : outages.Max(o => o.Length);
    }

    // The heartbeat moves in the save that records the gap, so of two sweeps after an outage one records it.
    private static async Task Beat(SchedulerDb db, DateTimeOffset now, bool forgive, CancellationToken ct)
    {
        var heartbeat = await db.Heartbeats.SingleOrDefaultAsync(ct);
        if (heartbeat is null)
        {
            db.Heartbeats.Add(new Heartbeat(now));
        }
        else if (now > heartbeat.At)
        {
            if (forgive && now - heartbeat.At > Shortest)
            {
                db.Outages.Add(new Outage(db.NewId(), heartbeat.At, now));
            }

            heartbeat.Beat(now);
        }

        await db.SaveOrForget(ct);
    }

    // Each page leaves the gap with its save; so this ends, and can be broken off and begun again.
    private static async Task MoveDeadlines(SchedulerDb db, Outage outage, DateTimeOffset now, CancellationToken ct)
    {
        while (await db.Deadlines
            .Where(d => d.State == DeadlineState.Running && d.DueAt > outage.StartedAt && d.DueAt <= outage.EndedAt)
            .OrderBy(d => d.Seq).Take(PageSize).ToListAsync(ct) is { Count: > 0 } page)
        {
            foreach (var deadline in page.Where(d => d.Extend(outage.Length) is null))
            {
                db.Publish(deadline.SubjectId, deadline.ToSet(now));
            }

            await db.SaveOrForget(ct);
        }
    }

    private static async Task MoveWindows(SchedulerDb db, Outage outage, CancellationToken ct)
    {
        var (from, to) = (outage.StartedAt.LocalDate(), outage.EndedAt.LocalDate());
        while (await db.Cases.Include(c => c.Tasks)
            .Where(c => c.NextOn != null && c.Tasks.Any(t => (t.State == FollowUpState.Waiting || t.State == FollowUpState.Due) && t.WindowEnds >= from && t.WindowEnds < to))
            .OrderBy(c => c.NextOn).Take(PageSize).ToListAsync(ct) is { Count: > 0 } page)
        {
            foreach (var placement in page)
            {
                placement.ExtendWindows(from, to);
            }

            await db.SaveOrForget(ct);
        }
    }

    /// <summary>Saves and forgets what was read. False when somebody else changed a row in the meantime: then nothing was saved, and one reads again.</summary>
    public static async Task<bool> SaveOrForget(this SchedulerDb db, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsUniqueViolation("Heartbeats"))
        {
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }
}
