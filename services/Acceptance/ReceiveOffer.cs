using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Dispatch;

namespace SkillStation.Acceptance;

/// <summary>A station's offer arrives at the institution (派单到达).</summary>
internal sealed class ReceiveOfferConsumer(AcceptanceDb db) : IConsumer<ClassOffered>
{
    public async Task Consume(ConsumeContext<ClassOffered> context)
    {
        var news = context.Message;
        if (await db.Offers.AnyAsync(o => o.Id == news.OfferId, context.CancellationToken))
        {
            return;
        }

        db.Offers.Add(InstitutionOffer.Receive(
            news.OfferId, news.PoolId, news.Attempt, news.InstitutionCode, news.StationCode, news.DistrictCode, news.CourseCode, news.TimePattern, news.Forced,
            news.Learners.Select((l, i) => new OfferLearner
            {
                RequestId = l.RequestId,
                ResidentId = l.ResidentId,
                QueuedAt = l.QueuedAt,
                Place = i + 1,
                Needs = string.Join(';', l.Needs),
            }),
            news.Reasons.Select(r => new OfferReason { Code = r.Code, Chinese = r.Chinese, English = r.English }),
            news.At));
    }
}
