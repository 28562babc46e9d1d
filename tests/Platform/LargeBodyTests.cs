using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace SkillStation.Platform.Tests;

public sealed class LargeBodyTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(new CountingModule());

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_more_than_64_KiB_is_refused_in_words_and_nothing_of_it_is_stored(bool inPieces)
    {
        // blanks, so that nothing but its size is wrong with it
        var body = $$"""{ "key": "{{Guid.NewGuid()}}", {{new string(' ', 65 * 1024)}} "number": 1 }""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/things") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = inPieces;
        request.Headers.Add("Idempotency-Key", "large");

        using var answer = await service.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("body-too-large", (await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("code").GetString());
        Assert.Equal((0, 0), await service.InDb<CountingDb, (int, int)>(async db => (await db.Outbox.CountAsync(), await db.Answers.CountAsync())));
        Assert.Equal(HttpStatusCode.Created, (await service.Http.Post("/api/v1/things", new Thing(Guid.NewGuid(), 1), key: "large")).Status);
    }
}
