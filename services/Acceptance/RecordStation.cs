using MassTransit;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Dispatch;

namespace SkillStation.Acceptance;

/// <summary>Keeps which rooms stations lend.</summary>
internal sealed class RecordStationConsumer(AcceptanceDb db) : IConsumer<StationOpened>
{
    public async Task Consume(ConsumeContext<StationOpened> context)
    {
        var news = context.Message;
        var station = await db.Stations.FindAsync([news.StationCode], context.CancellationToken) ?? db.Stations.Add(new StationCopy { Code = news.StationCode }).Entity;
        station.Take(news);
    }
}
