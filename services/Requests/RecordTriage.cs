using MassTransit;
using SkillStation.Contracts.Dispatch;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>What the station said when it looked at a request: taken on, a question, or no.</summary>
internal sealed class RecordTriageConsumer(RequestsDb db) : IConsumer<RequestAdmitted>, IConsumer<InformationRequested>, IConsumer<RequestRefused>
{
    public async Task Consume(ConsumeContext<RequestAdmitted> context)
    {
        var request = await db.RequestInNews(context.Message.RequestId, context.CancellationToken);
        request.Admit(context.Message.At);
    }

    public async Task Consume(ConsumeContext<InformationRequested> context)
    {
        var news = context.Message;
        var request = await db.RequestInNews(news.RequestId, context.CancellationToken);
        request.Ask(news.Field, news.Question, news.At);
    }

    public async Task Consume(ConsumeContext<RequestRefused> context)
    {
        var news = context.Message;
        var request = await db.RequestInNews(news.RequestId, context.CancellationToken);
        request.Refuse(news.Code, news.Alternative.Kept(), news.At);
    }
}

internal static class Alternatives
{
    public static Alternative Kept(this AlternativeOffered a) => new(a.Kind, a.CourseCode, a.StationCode, a.Text, a.TextEn);
}
