using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Requests;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>A resident may stop the follow-up at any time; from then on nobody asks.</summary>
internal sealed class RecordConsentConsumer(SchedulerDb db, TimeProvider clock) : IConsumer<ConsentChanged>
{
    public async Task Consume(ConsumeContext<ConsentChanged> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        if (message.Purpose != ConsentPurposes.FollowUpContact)
        {
            return;
        }

        var consent = await db.Consents.FindAsync([message.ResidentId], ct) ?? db.Consents.Add(new ContactConsent(message.ResidentId)).Entity;
        if (!consent.Hear(message.Granted, message.At) || message.Granted)
        {
            return;
        }

        var now = clock.GetUtcNow();
        foreach (var placement in await db.Cases.Include(c => c.Tasks).Where(c => c.ResidentId == message.ResidentId && c.NextOn != null).ToListAsync(ct))
        {
            if (placement.CloseByRequest(now) is null)
            {
                db.Tell(placement, new CaseStep([], [], null, placement.Result), now);
            }
        }
    }
}
