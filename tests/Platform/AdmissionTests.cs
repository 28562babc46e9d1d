using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SkillStation.Platform.Tests;

/// <summary>A service that carries out one change at a time and lets nobody wait, so that the second caller is one too many.</summary>
public sealed class AdmissionTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillstation-test-").FullName;
    private WebApplication app = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        app = ServiceHost.Build(
            ["--urls", "http://127.0.0.1:0", "--Database:DataDir", folder, "--Admission:Writes", "1", "--Admission:WaitingWrites", "0"],
            [new CountingModule()],
            builder => builder.Logging.ClearProviders());
        await app.PrepareAsync();
        await app.StartAsync();
        http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Who_is_one_too_many_is_told_in_ones_language_when_to_come_back_and_is_served_then()
    {
        var slow = new SlowBody(new Thing(Guid.NewGuid(), 1));
        var first = Post(slow);
        await Eventually.True(() => Task.FromResult(slow.IsWanted), "the first is being carried out");
        using var second = await Post(JsonContent.Create(new Thing(Guid.NewGuid(), 1)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        var problem = await second.Content.ReadFromJsonAsync<JsonElement>();

        Assert.NotNull(second.Headers.RetryAfter?.Delta);
        Assert.Equal(("application/problem+json", "busy"), (second.Content.Headers.ContentType?.MediaType, problem.GetProperty("code").GetString()));
        Assert.StartsWith("We are busy", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("Healthy", await http.GetStringAsync("/health/ready"));

        slow.Finish.SetResult();
        Assert.Equal(HttpStatusCode.Created, (await first).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await Post(JsonContent.Create(new Thing(Guid.NewGuid(), 1)))).StatusCode);
    }

    private async Task<HttpResponseMessage> Post(HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/things") { Content = body };
        request.Headers.AcceptLanguage.ParseAdd("en");
        request.Headers.ExpectContinue = body is SlowBody;   // so that its body is asked for, and that is when it is being carried out
        return await http.SendAsync(request);
    }

    /// <summary>Keeps the service waiting for its last part.</summary>
    private sealed class SlowBody : HttpContent
    {
        private readonly byte[] body;

        public SlowBody(Thing thing)
        {
            body = JsonSerializer.SerializeToUtf8Bytes(thing, JsonSerializerOptions.Web);
            Headers.ContentType = new("application/json");
        }

        public bool IsWanted { get; private set; }

        public TaskCompletionSource Finish { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            IsWanted = true;
            await stream.WriteAsync(body.AsMemory(0, 1));
            await stream.FlushAsync();
            await Finish.Task;
            await stream.WriteAsync(body.AsMemory(1));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
