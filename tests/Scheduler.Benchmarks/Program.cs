using System.Globalization;

// The least that a .NET server does for the same call: reads the body of a POST and writes a constant answer. The scheduler is held against it.
// Arguments: port, bytes of the answer.
int port = int.Parse(args[0], CultureInfo.InvariantCulture);
byte[] answer = new byte[int.Parse(args[1], CultureInfo.InvariantCulture)];
Array.Fill(answer, (byte)'x');

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.ListenLocalhost(port);
});
WebApplication app = builder.Build();
app.Run(async context =>
{
    while (true)
    {
        System.IO.Pipelines.ReadResult read = await context.Request.BodyReader.ReadAsync();
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        if (read.IsCompleted) break;
    }
    context.Response.StatusCode = StatusCodes.Status201Created;
    context.Response.ContentType = "application/json";
    context.Response.ContentLength = answer.Length;
    await context.Response.BodyWriter.WriteAsync(answer);
});
app.Run();
