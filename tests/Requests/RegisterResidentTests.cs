using System.Net;
using System.Text.Json;
using SkillStation.Requests;

namespace SkillStation.Requests.Tests;

public sealed class RegisterResidentTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(new RequestsModule());

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_phone_number_registers_once_however_many_try_at_the_same_time()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => service.Http.Post("/api/v1/residents", Body(name: "甲" + i))));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => Assert.Equal("phone-already-registered", a.Code));
    }

    [Fact]
    public async Task The_same_key_and_body_give_the_same_answer_even_at_the_same_time()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => service.Http.Post("/api/v1/residents", Body(), key: "k1")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.Status));
        Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.All(answers, a => Assert.Equal(answers[0].Body.GetRawText(), a.Body.GetRawText()));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await service.Http.Post("/api/v1/residents", Body(), key: "k2");

        var second = await service.Http.Post("/api/v1/residents", Body(name: "乙"), key: "k2");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"), (second.Status, second.Code));
    }

    [Theory]
    [InlineData("11010519491231002X", true)]
    [InlineData("110105194912310021", false)]
    [InlineData("11010519491331002X", false)]
    public async Task An_id_number_must_have_a_real_date_and_the_right_check_character(string idNumber, bool right)
    {
        var answer = await service.Http.Post("/api/v1/residents", Body(idNumber: idNumber));

        Assert.Equal(right ? HttpStatusCode.Created : HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(right ? [] : ["idNumber"], answer.Fields);
    }

    [Theory]
    [InlineData("{\"name\":\"陈明\",\"phone\":\"13800138000\",\"consents\":[\"HandleRequest\"],\"sex\":\"m\"}", "unknown-field", "sex")]
    [InlineData("{\"name\":\"陈明\",\"phone\":13800138000,\"consents\":[\"HandleRequest\"]}", "malformed-body", "phone")]
    [InlineData("{\"name\":\"陈明\",\"phone\":\"13800138000\",\"consents\":[\"HandleRequest\"],\"bornOn\":\"1990-02-30\"}", "malformed-body", "bornOn")]
    [InlineData("{\"name\":", "malformed-body", "name")]
    [InlineData("{\"phone\":\"138\",\"consents\":[]}", "invalid-fields", "consents,name,phone")]
    [InlineData("{\"name\":\"陈明\",\"phone\":\"13800138000\",\"consents\":[\"FollowUpContact\"]}", "consent-needed", "consents")]
    public async Task A_bad_body_is_answered_field_by_field(string body, string code, string fields)
    {
        var answer = await service.Http.Post("/api/v1/residents", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal((code, fields), (answer.Code, string.Join(',', answer.Fields)));
    }

    [Theory]
    [InlineData("𠮷田小明", "𠮷***")]
    [InlineData("陈", "陈*")]
    public async Task A_name_is_masked_after_its_first_character_however_rare(string name, string shown)
    {
        var answer = await service.Http.Post("/api/v1/residents", Body(name: name, phone: $"139{name.Length:D8}"));

        Assert.Equal(shown, answer.Text("name"));
    }

    [Theory]
    [InlineData("POST", "/api/v1/residents", "{\"name\":", "application/json", HttpStatusCode.BadRequest, "This does not have the right form.")]
    [InlineData("POST", "/api/v1/residents", "null", "application/json", HttpStatusCode.BadRequest, "The request is not well formed.")]
    [InlineData("POST", "/api/v1/residents", "{}", "text/plain", HttpStatusCode.UnsupportedMediaType, "Please send JSON in UTF-8 (application/json).")]
    [InlineData("POST", "/api/v1/residents", "{}", "application/json; charset=gbk", HttpStatusCode.UnsupportedMediaType, "Please send JSON in UTF-8 (application/json).")]
    [InlineData("DELETE", "/api/v1/residents", null, "application/json", HttpStatusCode.MethodNotAllowed, "This address does not take that method.")]
    [InlineData("GET", "/api/v1/nothing", null, "application/json", HttpStatusCode.NotFound, "There is nothing at this address; please check it.")]
    public async Task What_cannot_be_understood_is_answered_with_a_sentence_in_the_readers_language(string method, string path, string? body, string type, HttpStatusCode status, string sentence)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Accept-Language", "en");
        if (body is not null)
        {
            request.Content = new StringContent(body);
            request.Content.Headers.Remove("Content-Type");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var answer = await service.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal((status, sentence), (answer.StatusCode, problem.GetProperty("detail").GetString()));
    }

    private static object Body(string name = "陈小明", string? idNumber = null, string phone = "13800138000") =>
        new { name, phone, idNumber, consents = new[] { "HandleRequest", "FollowUpContact" } };
}
