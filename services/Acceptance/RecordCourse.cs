using MassTransit;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Requests;

namespace SkillStation.Acceptance;

/// <summary>Keeps the catalogue's entry for the class that will be made of it.</summary>
internal sealed class RecordCourseConsumer(AcceptanceDb db) : IConsumer<CourseListed>
{
    public async Task Consume(ConsumeContext<CourseListed> context)
    {
        var news = context.Message;
        var course = await db.Courses.FindAsync([news.CourseCode], context.CancellationToken) ?? db.Courses.Add(new CourseCopy { Code = news.CourseCode }).Entity;
        course.Take(news);
    }
}
