using MassTransit;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>Which district a station lies in.</summary>
internal sealed class RecordStationConsumer(SchedulerDb db) : IConsumer<StationOpened>
{
    public async Task Consume(ConsumeContext<StationOpened> context)
    {
        var station = await db.Stations.FindAsync([context.Message.StationCode], context.CancellationToken) ?? db.Stations.Add(new Station(context.Message.StationCode)).Entity;
        station.DistrictCode = context.Message.DistrictCode;
    }
}

/// <summary>Which kind of training a course is.</summary>
internal sealed class RecordCourseConsumer(SchedulerDb db) : IConsumer<CourseListed>
{
    public async Task Consume(ConsumeContext<CourseListed> context)
    {
        var course = await db.Courses.FindAsync([context.Message.CourseCode], context.CancellationToken) ?? db.Courses.Add(new Course(context.Message.CourseCode)).Entity;
        course.Learn(context.Message.Version, context.Message.TrainingKind);
    }
}
