"""Calls every method of a scheduler with grpcio (C core). What it knows of the messages it learns from the server's reflection.

Usage: client.py HOST:PORT. Prints a line a check; ends with 0 when all passed.
"""
import sys
import threading
import time
import traceback

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

target = sys.argv[1]
channel = grpc.insecure_channel(target)
pool = descriptor_pool.DescriptorPool()
passed = failed = 0


def check(name):
    def run(body):
        global passed, failed
        try:
            body()
            passed += 1
            print("passed", name)
        except Exception:  # noqa: BLE001 - whatever went wrong is the finding
            failed += 1
            print("FAILED", name)
            traceback.print_exc(file=sys.stdout)
        return body
    return run


def equal(expected, actual):
    assert expected == actual, f"expected {expected!r}, was {actual!r}"


def message(name):
    return message_factory.MessageFactory(pool).GetPrototype(pool.FindMessageTypeByName(name))


def call(path, request, answer, kind="unary_unary", on=None):
    return getattr(on or channel, kind)(path, request_serializer=lambda m: m if isinstance(m, bytes) else m.SerializeToString(), response_deserializer=answer.FromString)


def refused(code, action):
    try:
        action()
    except grpc.RpcError as fault:
        equal(code, fault.code())
        return fault
    raise AssertionError(f"no status {code}")


def bootstrap():
    """The reflection service's own messages, by hand: field 7 lists services, field 4 asks for a symbol's file."""
    raw = channel.stream_stream("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", request_serializer=bytes, response_deserializer=bytes)
    for symbol in (b"grpc.reflection.v1.ServerReflection", b"grpc.reflection.v1alpha.ServerReflection", b"scheduler.v1.Dispatch", b"scheduler.v1.EdgeReports", b"grpc.health.v1.Health"):
        (answer,) = raw(iter([b"\x22" + bytes([len(symbol)]) + symbol]), timeout=10)
        for file in files_of(answer):
            proto = descriptor_pb2.FileDescriptorProto.FromString(file)
            known.setdefault(proto.name, proto)
    waiting = dict(known)
    while waiting:  # an import before what imports it
        for name, proto in list(waiting.items()):
            if all(imported not in waiting for imported in proto.dependency):
                pool.Add(waiting.pop(name))


def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        at += 1
        if data[at - 1] < 0x80:
            return value, at
        shift += 7


def fields(data):
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        assert tag & 7 == 2, "a field that is not of bytes"
        length, at = varint(data, at)
        yield tag >> 3, data[at:at + length]
        at += length


def files_of(answer):
    return [file for number, response in fields(answer) if number == 4 for inner, file in fields(response) if inner == 1]


known = {}
bootstrap()
AssignRequest, Assignment = message("scheduler.v1.AssignRequest"), message("scheduler.v1.Assignment")
assign = call("/scheduler.v1.Dispatch/Assign", AssignRequest, Assignment)
LONDON = "81.2.69.142"


@check("reflection lists the services, in both versions")
def _():
    for version in ("v1", "v1alpha"):
        Request, Response = message(f"grpc.reflection.{version}.ServerReflectionRequest"), message(f"grpc.reflection.{version}.ServerReflectionResponse")
        ask = call(f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo", Request, Response, "stream_stream")
        answers = list(ask(iter([Request(list_services=""), Request(file_by_filename="scheduler/v1/dispatch.proto"), Request(file_containing_symbol="no.such.Thing")]), timeout=10))
        services = {service.name for service in answers[0].list_services_response.service}
        assert {"scheduler.v1.Dispatch", "scheduler.v1.EdgeReports", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"} <= services, services
        equal("scheduler/v1/dispatch.proto", descriptor_pb2.FileDescriptorProto.FromString(answers[1].file_descriptor_response.file_descriptor_proto[0]).name)
        equal(5, answers[2].error_response.error_code)


@check("a session lives: assign, heartbeat, failover, release")
def _():
    answer = assign(AssignRequest(stream="live-42", client_ip=LONDON, want=3), timeout=10)
    equal(16, len(answer.session))
    equal(3, len(answer.candidates))
    assert answer.candidates[0].url.startswith("https://") and len(answer.candidates[0].ticket) >= 64, answer
    HeartbeatRequest, HeartbeatResponse = message("scheduler.v1.HeartbeatRequest"), message("scheduler.v1.HeartbeatResponse")
    beat = call("/scheduler.v1.Dispatch/Heartbeat", HeartbeatRequest, HeartbeatResponse)(HeartbeatRequest(token=answer.token, rtt_ms=9.5), timeout=10)
    equal(1, beat.action)
    FailoverRequest = message("scheduler.v1.FailoverRequest")
    failed_node = answer.candidates[0].node
    moved = call("/scheduler.v1.Dispatch/Failover", FailoverRequest, Assignment)(FailoverRequest(token=beat.token, failed=failed_node, reason="connect_timeout"), timeout=10)
    assert failed_node not in [candidate.node for candidate in moved.candidates], moved
    ReleaseRequest, ReleaseResponse = message("scheduler.v1.ReleaseRequest"), message("scheduler.v1.ReleaseResponse")
    release = call("/scheduler.v1.Dispatch/Release", ReleaseRequest, ReleaseResponse)
    release(ReleaseRequest(token=moved.token), timeout=10)
    refused(grpc.StatusCode.NOT_FOUND, lambda: call("/scheduler.v1.Dispatch/Heartbeat", HeartbeatRequest, HeartbeatResponse)(HeartbeatRequest(token=moved.token), timeout=10))


@check("a batch is answered in order, one bad request spoils no other")
def _():
    BatchRequest, BatchResponse = message("scheduler.v1.AssignBatchRequest"), message("scheduler.v1.AssignBatchResponse")
    batch = call("/scheduler.v1.Dispatch/AssignBatch", BatchRequest, BatchResponse)
    requests = [AssignRequest(stream=f"live-{i}", client_ip=LONDON) for i in range(200)]
    requests[7] = AssignRequest(stream="not a stream!", want=9)
    results = batch(BatchRequest(requests=requests), timeout=10).results
    equal(200, len(results))
    equal([f"live-{i}" if i != 7 else "" for i in range(200)], [result.assignment.stream for result in results])
    equal(["stream", "want"], sorted(error.field for error in results[7].problem.errors))
    equal(grpc.StatusCode.INVALID_ARGUMENT.value[0], results[7].problem.code)


@check("a refusal has a status, words, and details")
def _():
    fault = refused(grpc.StatusCode.INVALID_ARGUMENT, lambda: assign(AssignRequest(stream="live 42", want=9), timeout=10))
    assert "stream" in fault.details() and "want" in fault.details(), fault.details()
    details = dict(fault.trailing_metadata())["grpc-status-details-bin"]
    assert b"INVALID_REQUEST" in details and b"google.rpc.BadRequest" in details, details


@check("an unknown key is UNAUTHENTICATED, a wrong method UNIMPLEMENTED")
def _():
    refused(grpc.StatusCode.UNAUTHENTICATED, lambda: assign(AssignRequest(stream="live-42"), metadata=[("authorization", "Bearer sk_p_none")], timeout=10))
    for path in ("/scheduler.v1.Dispatch/assign", "/scheduler.v1.Dispatcher/Assign", "/no"):
        refused(grpc.StatusCode.UNIMPLEMENTED, lambda: call(path, AssignRequest, Assignment)(AssignRequest(stream="live-42"), timeout=10))


@check("a message that is no protobuf is INTERNAL, none and two are UNIMPLEMENTED")
def _():
    refused(grpc.StatusCode.INTERNAL, lambda: assign(b"\xff\xff\xff", timeout=10))
    several = call("/scheduler.v1.Dispatch/Assign", AssignRequest, Assignment, "stream_unary")
    refused(grpc.StatusCode.UNIMPLEMENTED, lambda: several(iter([]), timeout=10))
    refused(grpc.StatusCode.UNIMPLEMENTED, lambda: several(iter([AssignRequest(stream="a"), AssignRequest(stream="b")]), timeout=10))


@check("an empty message is a message")
def _():
    refused(grpc.StatusCode.INVALID_ARGUMENT, lambda: assign(b"", timeout=10))


@check("a message over 4 MiB is RESOURCE_EXHAUSTED, also one that unpacks to more")
def _():
    free = grpc.insecure_channel(target, options=[("grpc.max_send_message_length", -1)])
    refused(grpc.StatusCode.RESOURCE_EXHAUSTED, lambda: call("/scheduler.v1.Dispatch/Assign", AssignRequest, Assignment, on=free)(b"\0" * (5 << 20), timeout=20))
    refused(grpc.StatusCode.RESOURCE_EXHAUSTED, lambda: call("/scheduler.v1.Dispatch/Assign", AssignRequest, Assignment, on=free)(b"\0" * (64 << 20), compression=grpc.Compression.Gzip, timeout=20))
    free.close()


@check("a message of nearly 4 MiB is read to its end")
def _():
    BatchRequest, BatchResponse = message("scheduler.v1.AssignBatchRequest"), message("scheduler.v1.AssignBatchResponse")
    requests = [AssignRequest(stream="s" * 128, client_ip=LONDON, exclude=["n" * 48] * 16) for _ in range(1000)]
    padding = b"\xfa\x3f" + b"\x80\x80\x80\x01" + b"x" * (2 << 20)  # field 1023, unknown: ignored
    request = BatchRequest(requests=requests).SerializeToString() + padding
    unlimited = grpc.insecure_channel(target, options=[("grpc.max_receive_message_length", -1)])
    answer = call("/scheduler.v1.Dispatch/AssignBatch", BatchRequest, BatchResponse, on=unlimited)(request, timeout=20)
    equal(1000, len(answer.results))
    unlimited.close()


@check("gzip both ways")
def _():
    answer, state = assign.with_call(AssignRequest(stream="live-42", client_ip=LONDON), compression=grpc.Compression.Gzip, timeout=10)
    equal(3, len(answer.candidates))
    equal("gzip", dict(state.initial_metadata()).get("grpc-encoding", "gzip"))


@check("an encoding that is not known is UNIMPLEMENTED")
def _():
    refused(grpc.StatusCode.UNIMPLEMENTED, lambda: assign(AssignRequest(stream="live-42" * 10), compression=grpc.Compression.Deflate, timeout=10))


@check("a deadline ends a stream, and a call that waits for its message")
def _():
    ReportRequest, ReportResponse = message("scheduler.v1.ReportRequest"), message("scheduler.v1.ReportResponse")
    report = call("/scheduler.v1.EdgeReports/Report", ReportRequest, ReportResponse, "stream_stream")
    over = threading.Event()

    def wait():
        over.wait(20)
        yield from ()

    stream = report(wait(), timeout=0.3)
    refused(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: next(stream))
    over.set()


@check("health: serving, unknown services, and a watch")
def _():
    Request, Response = message("grpc.health.v1.HealthCheckRequest"), message("grpc.health.v1.HealthCheckResponse")
    health = call("/grpc.health.v1.Health/Check", Request, Response)
    for service in ("", "scheduler.v1.Dispatch", "scheduler.v1.EdgeReports"):
        equal(1, health(Request(service=service), timeout=10).status)
    refused(grpc.StatusCode.NOT_FOUND, lambda: health(Request(service="no.such.Service"), timeout=10))
    watch = call("/grpc.health.v1.Health/Watch", Request, Response, "unary_stream")
    stream = watch(Request(), timeout=10)
    equal(1, next(stream).status)
    stream.cancel()
    stream = watch(Request(service="no.such.Service"), timeout=10)
    equal(3, next(stream).status)
    stream.cancel()


def a_report(node, sequence, **more):
    EdgeReport = message("scheduler.v1.EdgeReport")
    return EdgeReport(node=node, incarnation=int(time.time()), sequence=sequence, capacity_bps=40_000_000_000, egress_bps=1_000_000, sessions=3, state=1, **more)


@check("a stream of reports speaks for several nodes, and each message is answered")
def _():
    ReportRequest, ReportResponse = message("scheduler.v1.ReportRequest"), message("scheduler.v1.ReportResponse")
    report = call("/scheduler.v1.EdgeReports/Report", ReportRequest, ReportResponse, "stream_stream")
    rounds = [ReportRequest(reports=[a_report("lon1-01", i), a_report("lon1-02", i), a_report("nowhere-01", i)]) for i in range(20)]
    answers = list(report(iter(rounds), timeout=20))
    equal(20, len(answers))
    for answer in answers:
        equal(2, answer.accepted)
        equal([(2, "node")], [(rejection.index, rejection.field) for rejection in answer.rejected])
        assert answer.interval_ms > 0 and dict(answer.sites) == {"lon1": 1} and abs(sum(answer.escrow.weights.values()) - 1) < 1e-9, answer


@check("a report may be an emitter's of ORCA, and what lacks is told by field")
def _():
    ReportRequest, ReportResponse = message("scheduler.v1.ReportRequest"), message("scheduler.v1.ReportResponse")
    Orca, EdgeReport = message("xds.data.orca.v3.OrcaLoadReport"), message("scheduler.v1.EdgeReport")
    report = call("/scheduler.v1.EdgeReports/Report", ReportRequest, ReportResponse, "stream_stream")
    orca = Orca(cpu_utilization=1.2, mem_utilization=0.5, utilization={"nic": 0.4}, named_metrics={"capacity_bps": 4e10, "egress_bps": 1e6, "sessions": 3})
    relayed = EdgeReport(node="lon1-01", incarnation=1, sequence=1, state=1, orca=orca)
    (answer,) = report(iter([ReportRequest(reports=[relayed, EdgeReport(node="lon1-02")])]), timeout=10)
    equal(1, answer.accepted)
    equal({"incarnation", "sequence", "capacity_bps", "egress_bps", "sessions", "state"}, {rejection.field for rejection in answer.rejected})


@check("a stream that is taken back leaves the connection whole")
def _():
    ReportRequest, ReportResponse = message("scheduler.v1.ReportRequest"), message("scheduler.v1.ReportResponse")
    report = call("/scheduler.v1.EdgeReports/Report", ReportRequest, ReportResponse, "stream_stream")
    for _ in range(20):
        over = threading.Event()

        def wait(over=over):
            yield ReportRequest(reports=[a_report("lon1-01", 1)])
            over.wait(20)

        stream = report(wait(), timeout=20)
        next(stream)
        stream.cancel()
        over.set()
    equal(3, len(assign(AssignRequest(stream="live-42", client_ip=LONDON), timeout=10).candidates))


print(f"{passed} passed, {failed} failed")
channel.close()
sys.exit(1 if failed else 0)
