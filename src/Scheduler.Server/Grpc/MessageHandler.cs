namespace Scheduler.Server.Grpc;

/// <summary>Answers the message of a unary call. The message is gone once this returns: an answer that takes longer needs a copy.</summary>
internal delegate Task MessageHandler(HttpContext context, ReadOnlySpan<byte> message);
