using System.ComponentModel.DataAnnotations;

namespace Scheduler.Server.Hosting;

/// <summary>Section <c>Scheduler</c> of the configuration.</summary>
public sealed class SchedulerOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Scheduler";

    /// <summary>Where operators' decisions are kept.</summary>
    /// <value><c>sqlite:PATH</c>, <c>postgres://USER:PASSWORD@HOST/DATABASE</c> or <c>Host=…;Username=…</c>; default <c>sqlite:./data/scheduler.db</c>.</value>
    [Required]
    public string Store { get; set; } = "sqlite:./data/scheduler.db";

    /// <summary>Plays every node of the sample fleet that does not report, and needs no key on loopback.</summary>
    /// <value>Default false; true in a checkout, by the launch profile.</value>
    public bool Demo { get; set; }

    /// <summary>How many times smaller than declared the nodes are that demo mode plays.</summary>
    /// <value>1 to 1,000,000; default 1. With 1,000 a laptop's thousands of viewers fill the sample fleet.</value>
    [Range(1, 1_000_000)]
    public int DemoScale { get; set; } = 1;

    /// <summary>How several replicas find each other, where the store can be shared.</summary>
    public ClusterOptions Cluster { get; set; } = new();

    /// <summary>Where it listens.</summary>
    public HttpOptions Http { get; set; } = new();

    /// <summary>Where gRPC listens.</summary>
    public GrpcOptions Grpc { get; set; } = new();

    /// <summary>Where viewers are found.</summary>
    public GeoOptions Geo { get; set; } = new();

    /// <summary>How sessions are kept.</summary>
    public SessionOptions Sessions { get; set; } = new();

    /// <summary>How reports are taken in.</summary>
    public ReportOptions Reports { get; set; } = new();

    /// <summary>How sites are scored.</summary>
    public PolicyOptions Policy { get; set; } = new();

    /// <summary>How much may be drained at once.</summary>
    public DrainOptions Drains { get; set; } = new();

    /// <summary>What connections may take.</summary>
    public ConnectionOptions Connections { get; set; } = new();

    /// <summary>How often one caller may call.</summary>
    public RateLimitOptions RateLimits { get; set; } = new();

    /// <summary>How long admin calls stay on record.</summary>
    public AuditOptions Audit { get; set; } = new();

    /// <summary>What is told of the scheduler, and to whom.</summary>
    public TelemetryOptions Telemetry { get; set; } = new();

    /// <summary>Where names are answered.</summary>
    public DnsOptions Dns { get; set; } = new();

    /// <summary>What is refused under overload.</summary>
    public OverloadOptions Overload { get; set; } = new();
}
