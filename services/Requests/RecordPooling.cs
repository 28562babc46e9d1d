using MassTransit;
using SkillStation.Contracts.Dispatch;
using SkillStation.Requests.Data;

namespace SkillStation.Requests;

/// <summary>A request was put into a pool, or no class could be made of it.</summary>
internal sealed class RecordPoolingConsumer(RequestsDb db) : IConsumer<RequestPooled>, IConsumer<RequestUnserved>
{
    public async Task Consume(ConsumeContext<RequestPooled> context)
    {
        var news = context.Message;
        var request = await db.RequestInNews(news.RequestId, context.CancellationToken);
        request.Pool(news.PoolId, news.Turn, news.TimePattern, news.QueuedAt, news.At);
    }

    public async Task Consume(ConsumeContext<RequestUnserved> context)
    {
        var news = context.Message;
        var request = await db.RequestInNews(news.RequestId, context.CancellationToken);
        request.Unserve(news.Code, news.Alternative.Kept(), news.At);
    }
}
