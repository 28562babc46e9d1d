using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Requests;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch;

/// <summary>A learner rated a class: it counts for the institution's rank.</summary>
internal sealed class RecordRatingConsumer(DispatchDb db) : IConsumer<TrainingRated>
{
    public async Task Consume(ConsumeContext<TrainingRated> context)
    {
        var news = context.Message;
        var score = await db.Scores.SingleOrDefaultAsync(s => s.InstitutionCode == news.InstitutionCode, context.CancellationToken);
        if (score is null)
        {
            score = new InstitutionScore { InstitutionCode = news.InstitutionCode };
            db.Scores.Add(score);
        }

        score.Rate(Math.Clamp(news.Overall, 1, 5));
    }
}
