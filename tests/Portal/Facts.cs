using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;

namespace SkillStation.Portal.Tests;

/// <summary>What the other services would tell about a request, so that its page can be looked at in each of its states.</summary>
public sealed class Facts(RunningService city, Guid request)
{
    private readonly Guid poolId = Guid.CreateVersion7();
    private readonly Guid classId = Guid.CreateVersion7();

    private DateTimeOffset Now => city.Clock.GetUtcNow();

    public Task Asked(string question) => city.Hear(new InformationRequested { RequestId = request, Field = "times", Question = question, At = Now });

    public async Task Pooled()
    {
        await city.Hear(new RequestAdmitted { RequestId = request, StationCode = "440106001-1", Automatic = true, At = Now });
        await city.Hear(new RequestPooled { RequestId = request, PoolId = poolId, Turn = 1, TimePattern = "WeekdayEvening", QueuedAt = Now, At = Now });
    }

    public async Task SeatOffered()
    {
        await Pooled();
        await city.Hear(new SeatOffered { RequestId = request, ClassId = classId, PoolId = poolId, Attempt = 1, FirstSessionAt = Now.AddDays(5), FromWaitlist = false, At = Now });
    }

    public async Task Finished()
    {
        await city.Hear(new ClassStarted { ClassId = classId, PoolId = poolId, Requests = [request], FirstSessionAt = Now, At = Now });
        await city.Hear(new ClassCompleted { ClassId = classId, PoolId = poolId, InstitutionCode = "YC-017", Attended = [request], Completed = 1, NotCompleted = 0, AttendanceRate = 1, At = Now });
    }
}
