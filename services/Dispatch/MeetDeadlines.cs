using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Scheduler;
using SkillStation.Dispatch.Data;

namespace SkillStation.Dispatch;

/// <summary>What happens here when a clock has run out. Each case looks at the state first, since the news may be late.</summary>
internal sealed class MeetDeadlinesConsumer(DispatchDb db, TimeProvider clock) : IConsumer<DeadlineReached>
{
    public async Task Consume(ConsumeContext<DeadlineReached> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        if (news.Stage != DeadlineStages.Due)
        {
            return;
        }

        if (await db.Deadlines.AnyAsync(d => d.SubjectId == news.SubjectId && d.Kind == news.Kind && d.DueAt > news.DueAt.ToUniversalTime(), ct))
        {
            return;   // the clock was set again since
        }

        await (news.Kind switch
        {
            DeadlineKinds.Triage => Triage.Due(db, news.SubjectId, clock, ct),
            DeadlineKinds.PoolClose => Widening.Due(db, news.SubjectId, clock, ct),
            DeadlineKinds.PoolWidenedClose => Widening.LastDue(db, news.SubjectId, clock, ct),
            DeadlineKinds.PoolDispatch => Escalation.Due(db, news.SubjectId, clock, ct),
            DeadlineKinds.ForcedDecision => Escalation.LastDue(db, news.SubjectId, clock, ct),
            _ => Task.CompletedTask,
        });
    }
}
