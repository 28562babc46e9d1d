using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Acceptance;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch;

internal sealed class RecordInstitutionConsumer(DispatchDb db) : IConsumer<InstitutionListed>
{
    public async Task Consume(ConsumeContext<InstitutionListed> context)
    {
        var news = context.Message;
        var institution = await db.Institutions.SingleOrDefaultAsync(i => i.Code == news.InstitutionCode, context.CancellationToken);
        if (institution is null)
        {
            db.Institutions.Add(new InstitutionCopy
            {
                Code = news.InstitutionCode,
                Version = news.Version,
                Name = news.Name,
                NameEn = news.NameEn,
                DistrictCode = news.DistrictCode,
                Longitude = news.Longitude,
                Latitude = news.Latitude,
                StartingQuality = news.StartingQuality,
                LargestRoom = news.LargestRoom,
            });
        }
        else if (news.Version > institution.Version)
        {
            institution.Version = news.Version;
            (institution.Name, institution.NameEn, institution.DistrictCode) = (news.Name, news.NameEn, news.DistrictCode);
            (institution.Longitude, institution.Latitude) = (news.Longitude, news.Latitude);
            (institution.StartingQuality, institution.LargestRoom) = (news.StartingQuality, news.LargestRoom);
        }
    }
}
