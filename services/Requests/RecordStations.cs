using MassTransit;
using SkillStation.Contracts.Dispatch;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>Keeps a copy of the stations, so that residents see what is near.</summary>
internal sealed class RecordStationsConsumer(RequestsDb db) : IConsumer<StationOpened>
{
    public async Task Consume(ConsumeContext<StationOpened> context)
    {
        var station = await db.Stations.FindAsync([context.Message.StationCode], context.CancellationToken)
            ?? db.Stations.Add(new StationCopy { Code = context.Message.StationCode }).Entity;
        station.Take(context.Message);
    }
}
