using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Requests;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch;

internal sealed class RecordCourseConsumer(DispatchDb db) : IConsumer<CourseListed>
{
    public async Task Consume(ConsumeContext<CourseListed> context)
    {
        var news = context.Message;
        var course = await db.Courses.SingleOrDefaultAsync(c => c.Code == news.CourseCode, context.CancellationToken);
        if (course is null)
        {
            db.Courses.Add(new CourseCopy
            {
                Code = news.CourseCode,
                Version = news.Version,
                Name = news.Name,
                NameEn = news.NameEn,
                OccupationCode = news.OccupationCode,
                Level = news.Level,
                TrainingKind = news.TrainingKind,
                Clusters = news.Clusters,
                MinSize = news.MinSize,
                MaxSize = news.MaxSize,
                AutoDispatch = news.AutoDispatch,
                AgeMin = news.AgeMin,
            });
        }
        else if (news.Version > course.Version)
        {
            course.Version = news.Version;
            (course.Name, course.NameEn, course.OccupationCode, course.Level) = (news.Name, news.NameEn, news.OccupationCode, news.Level);
            (course.TrainingKind, course.Clusters) = (news.TrainingKind, news.Clusters);
            (course.MinSize, course.MaxSize, course.AutoDispatch, course.AgeMin) = (news.MinSize, news.MaxSize, news.AutoDispatch, news.AgeMin);
        }
    }
}
