using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Requests;

namespace SkillStation.Acceptance;

/// <summary>
/// A request is over: off the open offer, off the roster, out of the seat (which the next gets) or out of the running class. Noted in any case,
/// since the offer that it stands in may be heard of later.
/// </summary>
internal sealed class RecordWithdrawalConsumer(AcceptanceDb db, TimeProvider clock) : IConsumer<RequestWithdrawn>
{
    private static readonly EnrolmentState[] Active = [EnrolmentState.Waitlisted, EnrolmentState.Offered, EnrolmentState.Confirmed];

    public async Task Consume(ConsumeContext<RequestWithdrawn> context)
    {
        var ct = context.CancellationToken;
        var requestId = context.Message.RequestId;
        if (await db.WithdrawnRequests.FindAsync([requestId], ct) is null)
        {
            db.WithdrawnRequests.Add(new WithdrawnRequest { RequestId = requestId, At = context.Message.At });
        }

        foreach (var offer in await db.Offers.Where(o => o.State == OfferState.Offered && o.Learners.Any(l => l.RequestId == requestId)).ToListAsync(ct))
        {
            offer.RemoveLearner(requestId);
        }

        var now = clock.GetUtcNow();
        foreach (var trainingClass in await db.WholeClasses.Where(c => c.Enrolments.Any(e => e.RequestId == requestId && Active.Contains(e.State))).ToListAsync(ct))
        {
            var news = new ClassNews(trainingClass);
            trainingClass.Withdraw(requestId, now);
            await OfferSeats.In(db, trainingClass, ct);
            await news.Announce(db, now, ct);
        }
    }
}
