using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Acceptance;
using SkillStation.Requests.Data;

namespace SkillStation.Requests;

/// <summary>From the first session to the certificate.</summary>
internal sealed class RecordLearningConsumer(RequestsDb db)
    : IConsumer<ClassStarted>, IConsumer<LearnerCompleted>, IConsumer<LearnerDropped>, IConsumer<CredentialIssued>, IConsumer<ClassCompleted>
{
    public async Task Consume(ConsumeContext<ClassStarted> context)
    {
        var news = context.Message;
        foreach (var request in await db.Requests.Where(r => news.Requests.Contains(r.Id)).ToListAsync(context.CancellationToken))
        {
            request.StartClass(news.ClassId, news.At);
        }
    }

    public async Task Consume(ConsumeContext<LearnerCompleted> context)
    {
        var news = context.Message;
        var request = await db.RequestInNews(news.RequestId, context.CancellationToken);
        request.Complete(news.ClassId, news.HoursAttended, news.HoursScheduled, news.At);
    }

    public async Task Consume(ConsumeContext<LearnerDropped> context)
    {
        var news = context.Message;
        var request = await db.RequestInNews(news.RequestId, context.CancellationToken);
        request.Drop(news.ClassId, news.Reason, news.Attended, news.At);
    }

    public async Task Consume(ConsumeContext<CredentialIssued> context)
    {
        var news = context.Message;
        var request = await db.RequestInNews(news.RequestId, context.CancellationToken);
        request.Certify(news.ClassId, news.Number, news.Kind, news.IssuedOn, news.At);
    }

    public async Task Consume(ConsumeContext<ClassCompleted> context)
    {
        var news = context.Message;
        foreach (var request in await db.Requests.Where(r => r.ClassId == news.ClassId).ToListAsync(context.CancellationToken))
        {
            request.FinishClass(news.ClassId, news.InstitutionCode, news.Attended.Contains(request.Id), news.At);
        }
    }
}
