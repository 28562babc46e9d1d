using System.Net;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Acceptance;

namespace SkillStation.Acceptance.Tests;

public sealed class ResultsTests(Scene scene) : IClassFixture<Scene>
{
    [Fact]
    public async Task Results_complete_or_drop_each_learner_and_the_last_one_completes_the_class()
    {
        var run = await scene.Taught(learners: 3);

        await run.Pass(run.Learners[0]);
        Assert.Equal("Assessing", await run.State());
        var answer = await run.Results(new { requestId = run.Learners[1], theory = 90, practical = 59.5 }, new { requestId = run.Learners[2], absent = true });

        Assert.Equal((HttpStatusCode.OK, "Completed"), (answer.Status, answer.Text("state")));
        var completed = await scene.Service.Publishes<LearnerCompleted>(m => m.ClassId == run.ClassId);
        Assert.Equal((run.Learners[0], "IfGoalIsWork", "S-000", run.Institution), (completed.RequestId, completed.FollowUp, completed.StationCode, completed.InstitutionCode));
        Assert.Equal("FailedAssessment", (await run.Dropped(run.Learners[1])).Reason);
        Assert.Equal("AbsentFromAssessment", (await run.Dropped(run.Learners[2])).Reason);
        var told = await scene.Service.Publishes<ClassCompleted>(m => m.ClassId == run.ClassId);
        Assert.Equal((1, 2, 1m), (told.Completed, told.NotCompleted, told.AttendanceRate));
        Assert.Equal(run.Learners, told.Attended);
    }

    [Fact]
    public async Task A_recorded_result_is_not_overwritten_and_the_same_again_changes_nothing()
    {
        var run = await scene.Taught(learners: 2);
        await run.Pass(run.Learners[0]);

        var same = await run.Pass(run.Learners[0]);
        var other = await run.Results(new { requestId = run.Learners[0], theory = 81, practical = 75 });

        Assert.Equal(HttpStatusCode.OK, same.Status);
        Assert.Equal((HttpStatusCode.Conflict, "result-already-recorded"), (other.Status, other.Code));
        await scene.Service.Quiet<Data.AcceptanceDb>();
        Assert.Single(scene.Service.Published<CredentialIssued>(), m => m.RequestId == run.Learners[0]);
    }

    [Fact]
    public async Task Who_may_not_be_assessed_is_refused_with_the_reason_and_nothing_is_recorded()
    {
        var run = await scene.Taught(learners: 3, marks: new() { [1] = ["Present", "Absent"] });

        var answer = await run.Results(new { requestId = run.Learners[0], theory = 80, practical = 80 }, new { requestId = run.Learners[1], theory = 80, practical = 80 });

        Assert.Equal((HttpStatusCode.Conflict, "learner-not-assessable"), (answer.Status, answer.Code));
        Assert.Contains("出勤课时不够", answer.Text("detail"));
        Assert.Equal(2, (await run.View()).Roster("Confirmed").Count);
    }

    [Fact]
    public async Task Bad_results_are_told_field_by_field()
    {
        var run = await scene.Taught(learners: 2);

        Assert.Equal(["results[0].practical"], (await run.Results(new { requestId = run.Learners[0], theory = 80 })).Fields);
        Assert.Equal(["results[0].theory"], (await run.Results(new { requestId = run.Learners[0], practical = 80 })).Fields);
        Assert.Equal(["results[0].requestId"], (await run.Results(new { requestId = Guid.CreateVersion7(), theory = 80, practical = 80 })).Fields);
        Assert.Equal("invalid-fields", (await run.Results(new { requestId = run.Learners[0], theory = 101, practical = 80 })).Code);
        Assert.Equal("assessor-taught", (await scene.Http.Put(run.Class + "/results", new { assessor = "甲老师", results = new[] { new { requestId = run.Learners[0], theory = 80, practical = 80 } } })).Code);
    }

    [Fact]
    public async Task A_plan_review_needs_one_mark_only()
    {
        var run = await scene.Taught(Scene.Review, learners: 2);

        await run.Results(new { requestId = run.Learners[0], theory = 60 }, new { requestId = run.Learners[1], theory = 59 });

        Assert.Equal([run.Learners[0]], (await run.View()).Roster("Completed"));
        Assert.Equal("CompletionCertificate", (await scene.Service.Publishes<CredentialIssued>(m => m.ClassId == run.ClassId)).Kind);
    }

    [Fact]
    public async Task Results_before_the_end_of_teaching_are_refused()
    {
        var run = await scene.Ready(learners: 2);

        Assert.Equal("class-not-in-assessment", (await run.Pass(run.Learners[0])).Code);
    }

    [Fact]
    public async Task An_assessment_that_takes_too_long_is_shown_as_overdue()
    {
        var run = await scene.Taught(learners: 2);

        await scene.Due("Assessment", run.ClassId);

        Assert.True((await run.View()).Body.GetProperty("assessmentOverdue").GetBoolean());
        Assert.Equal("Assessing", await run.State());
    }

    [Fact]
    public async Task Anybody_can_check_a_credential_and_learns_nothing_about_the_person()
    {
        var run = await scene.Taught(learners: 1);
        await run.Pass(run.Learners[0]);
        var number = (await scene.Service.Publishes<CredentialIssued>(m => m.ClassId == run.ClassId)).Number;

        var answer = await scene.Http.Get("/api/v1/credentials/" + number.ToLowerInvariant());

        Assert.Equal((number, "SkillLevelCertificate", "课程 X-level", "测试学校 " + run.Institution, "Valid"), (answer.Text("number"), answer.Text("kind"), answer.Text("courseName"), answer.Text("institutionName"), answer.Text("state")));
        Assert.Equal(["courseName", "courseNameEn", "institutionName", "institutionNameEn", "issuedOn", "kind", "number", "revokedOn", "state"], answer.Body.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(number, (await run.View()).Learner(run.Learners[0]).GetProperty("credentialNumber").GetString());
    }

    [Fact]
    public async Task A_wrong_number_is_told_from_an_unknown_one()
    {
        var unknown = CredentialNumber.Of(2019, 1);
        var wrong = unknown[..^1] + (unknown[^1] == 'A' ? 'B' : 'A');

        Assert.Equal((HttpStatusCode.NotFound, "credential-not-found"), Of(await scene.Http.Get("/api/v1/credentials/" + unknown)));
        Assert.Equal((HttpStatusCode.BadRequest, "credential-number-invalid"), Of(await scene.Http.Get("/api/v1/credentials/" + wrong)));

        static (HttpStatusCode, string?) Of(Answer answer) => (answer.Status, answer.Code);
    }

    [Fact]
    public async Task The_district_revokes_a_credential_and_the_check_says_so()
    {
        var run = await scene.Taught(learners: 1);
        await run.Pass(run.Learners[0]);
        var number = (await scene.Service.Publishes<CredentialIssued>(m => m.ClassId == run.ClassId)).Number;

        Assert.Equal(HttpStatusCode.NotFound, (await scene.Http.Post($"/api/v1/districts/440103/credentials/{number}/revoke", new { reason = "造假" })).Status);
        Assert.Equal("Revoked", (await scene.Http.Post($"/api/v1/districts/{Scene.District}/credentials/{number}/revoke", new { reason = "造假" })).Text("state"));
        Assert.Equal("credential-already-revoked", (await scene.Http.Post($"/api/v1/districts/{Scene.District}/credentials/{number}/revoke", new { reason = "造假" })).Code);
        Assert.Equal("Revoked", (await scene.Http.Get("/api/v1/credentials/" + number)).Text("state"));
    }
}
