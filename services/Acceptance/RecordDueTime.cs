using MassTransit;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts;
using SkillStation.Contracts.Scheduler;

namespace SkillStation.Acceptance;

/// <summary>Keeps until when, for the clocks that this service's pages show.</summary>
internal sealed class RecordDueTimeConsumer(AcceptanceDb db) : IConsumer<DeadlineSet>
{
    public async Task Consume(ConsumeContext<DeadlineSet> context)
    {
        var news = context.Message;
        if (news.Kind is DeadlineKinds.OfferAnswer or DeadlineKinds.ClassScheduling or DeadlineKinds.FilingDecision
            or DeadlineKinds.SeatAnswer or DeadlineKinds.SessionSheet or DeadlineKinds.Assessment)
        {
            var due = await db.DueTimes.FindAsync([news.Kind, news.SubjectId], context.CancellationToken)
                ?? db.DueTimes.Add(new DueTime { Kind = news.Kind, SubjectId = news.SubjectId }).Entity;
            due.Take(news);
        }
    }
}
