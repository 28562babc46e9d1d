using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Scheduler;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch;

/// <summary>Keeps until when the station's own subjects have time, for showing it.</summary>
internal sealed class RecordDeadlineConsumer(DispatchDb db) : IConsumer<DeadlineSet>
{
    public async Task Consume(ConsumeContext<DeadlineSet> context)
    {
        var news = context.Message;
        if (news.Kind is not (DeadlineKinds.Triage or DeadlineKinds.Information or DeadlineKinds.PoolClose or DeadlineKinds.PoolWidenedClose or DeadlineKinds.PoolDispatch
            or DeadlineKinds.OfferAnswer or DeadlineKinds.ForcedDecision or DeadlineKinds.ClassScheduling))
        {
            return;
        }

        var deadline = await db.Deadlines.SingleOrDefaultAsync(d => d.SubjectId == news.SubjectId && d.Kind == news.Kind, context.CancellationToken);
        if (deadline is null)
        {
            db.Deadlines.Add(new DeadlineCopy { Kind = news.Kind, SubjectId = news.SubjectId, DueAt = news.DueAt.ToUniversalTime(), At = news.At.ToUniversalTime() });
        }
        else if (news.At > deadline.At)
        {
            (deadline.DueAt, deadline.At) = (news.DueAt.ToUniversalTime(), news.At.ToUniversalTime());
        }
    }
}
