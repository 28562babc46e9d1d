using MassTransit;
using SkillStation.Acceptance.Data;
using SkillStation.Contracts;
using SkillStation.Contracts.Scheduler;

namespace SkillStation.Acceptance;

/// <summary>A clock has run out: what is still open then is settled. Each use case looks at the state again, for the news may be late.</summary>
internal sealed class MeetDeadlinesConsumer(AcceptanceDb db, TimeProvider clock) : IConsumer<DeadlineReached>
{
    public Task Consume(ConsumeContext<DeadlineReached> context)
    {
        var (news, now, ct) = (context.Message, clock.GetUtcNow(), context.CancellationToken);
        return (news.Stage, news.Kind) switch
        {
            (DeadlineStages.Due, DeadlineKinds.OfferAnswer) => LapseOffer.Due(db, news.SubjectId, now, ct),
            (DeadlineStages.Due, DeadlineKinds.ClassScheduling) => GiveBackClass.Due(db, news.SubjectId, now, ct),
            (DeadlineStages.Due, DeadlineKinds.FilingDecision) => EscalateFiling.Due(db, news.SubjectId, now, ct),
            (DeadlineStages.Due, DeadlineKinds.SessionSheet) => CloseSessionEndpoint.Due(db, news.SubjectId, now, ct),
            (DeadlineStages.Due, DeadlineKinds.Assessment) => FlagAssessment.Due(db, news.SubjectId, now, ct),
            _ => Task.CompletedTask,
        };
    }
}
