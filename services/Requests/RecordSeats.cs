using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Acceptance;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>A seat is offered, waited for, or gone; the resident's answer is in <see cref="ConfirmSeatEndpoint"/>.</summary>
internal sealed class RecordSeatsConsumer(RequestsDb db) : IConsumer<SeatOffered>, IConsumer<LearnerWaitlisted>, IConsumer<SeatReleased>, IConsumer<ClassCancelled>
{
    public async Task Consume(ConsumeContext<SeatOffered> context)
    {
        var news = context.Message;
        var request = await db.RequestInNews(news.RequestId, context.CancellationToken);
        request.OfferSeat(news.ClassId, news.PoolId, news.FirstSessionAt, news.FromWaitlist, news.At);
    }

    public async Task Consume(ConsumeContext<LearnerWaitlisted> context)
    {
        var news = context.Message;
        var request = await db.RequestInNews(news.RequestId, context.CancellationToken);
        request.Waitlist(news.ClassId, news.PoolId, news.Place, news.At);
    }

    public async Task Consume(ConsumeContext<SeatReleased> context)
    {
        var news = context.Message;
        var request = await db.RequestInNews(news.RequestId, context.CancellationToken);
        request.ReleaseSeat(news.ClassId, news.PoolId, news.Reason, news.At);
    }

    public async Task Consume(ConsumeContext<ClassCancelled> context)
    {
        var news = context.Message;
        var held = await db.Classes.FindAsync([news.ClassId], context.CancellationToken)
            ?? db.Classes.Add(new ClassCopy { Id = news.ClassId, PoolId = news.PoolId, Attempt = news.Attempt }).Entity;
        held.Cancel();
        foreach (var request in await db.Requests.Where(r => news.Requests.Contains(r.Id)).ToListAsync(context.CancellationToken))
        {
            request.CancelClass(news.ClassId, news.PoolId, news.At);
        }
    }
}
