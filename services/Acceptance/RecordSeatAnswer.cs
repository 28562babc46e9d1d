using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Requests;
using SkillStation.Platform.Bus;

namespace SkillStation.Acceptance;

/// <summary>
/// A resident took the seat, or did not; a seat that comes back goes to the next on the waitlist. An answer to a seat that is no longer
/// offered changes nothing: its SeatReleased is out, and the request stands in another pool by now.
/// </summary>
internal sealed class RecordSeatAnswerConsumer(AcceptanceDb db, TimeProvider clock) : IConsumer<SeatConfirmed>, IConsumer<SeatDeclined>
{
    public async Task Consume(ConsumeContext<SeatConfirmed> context) =>
        (await Find(context.Message.ClassId, context.CancellationToken)).ConfirmSeat(context.Message.RequestId);

    public async Task Consume(ConsumeContext<SeatDeclined> context)
    {
        var ct = context.CancellationToken;
        var trainingClass = await Find(context.Message.ClassId, ct);
        var news = new ClassNews(trainingClass);
        if (trainingClass.GiveSeatBack(context.Message.RequestId, context.Message.Reason) is null)
        {
            await OfferSeats.In(db, trainingClass, ct);
            await news.Announce(db, clock.GetUtcNow(), ct);
        }
    }

    private async Task<TrainingClass> Find(Guid classId, CancellationToken ct) =>
        await db.WholeClasses.SingleOrDefaultAsync(c => c.Id == classId, ct) ?? throw new NotYetKnownException("class", classId);
}
