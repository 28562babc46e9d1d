using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Acceptance;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch;

internal sealed class RecordQualificationConsumer(DispatchDb db) : IConsumer<QualificationGranted>
{
    public async Task Consume(ConsumeContext<QualificationGranted> context)
    {
        var news = context.Message;
        var qualification = await db.Qualifications.SingleOrDefaultAsync(q => q.Id == news.QualificationId, context.CancellationToken);
        if (qualification is null)
        {
            db.Qualifications.Add(new QualificationCopy
            {
                Id = news.QualificationId,
                InstitutionCode = news.InstitutionCode,
                CourseCode = news.CourseCode,
                Level = news.Level,
                TrainingKind = news.TrainingKind,
                ValidFrom = news.ValidFrom,
                ValidTo = news.ValidTo,
                At = news.At.ToUniversalTime(),
            });
        }
        else if (news.At > qualification.At)
        {
            (qualification.InstitutionCode, qualification.CourseCode, qualification.Level, qualification.TrainingKind) = (news.InstitutionCode, news.CourseCode, news.Level, news.TrainingKind);
            (qualification.ValidFrom, qualification.ValidTo, qualification.At) = (news.ValidFrom, news.ValidTo, news.At.ToUniversalTime());
        }
    }
}
