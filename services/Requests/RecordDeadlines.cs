using MassTransit;
using SkillStation.Contracts;
using SkillStation.Contracts.Scheduler;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>Keeps until when each thing must be done, to be shown.</summary>
internal sealed class RecordDeadlinesConsumer(RequestsDb db) : IConsumer<DeadlineSet>
{
    public async Task Consume(ConsumeContext<DeadlineSet> context)
    {
        var news = context.Message;
        if (news.Kind == DeadlineKinds.SessionSheet)
        {
            return;   // no resident waits for that, and there are many
        }

        var deadline = await db.Deadlines.FindAsync([news.SubjectId, news.Kind], context.CancellationToken)
            ?? db.Deadlines.Add(new DeadlineCopy { SubjectId = news.SubjectId, Kind = news.Kind }).Entity;
        deadline.Take(news);
    }
}
