// Calls every method of a scheduler with grpc-js, from its .proto files.
//
// Usage: node client.cjs HOST:PORT PROTOS [wait]. Prints a line a check; ends with 0 when all passed.
// With "wait" it keeps a stream of reports open, says "streaming", and prints the status that the stream ends with.
'use strict';
const assert = require('node:assert');
const { createRequire } = require('node:module');

// Where npm ci put the packages: beside this file, or where check.sh says.
const find = process.env.SCHEDULER_GRPC_CLIENTS ? createRequire(`${process.env.SCHEDULER_GRPC_CLIENTS}/any.cjs`) : require;
const grpc = find('@grpc/grpc-js');
const loader = find('@grpc/proto-loader');

const [target, protos, mode] = process.argv.slice(2);
const load = file => grpc.loadPackageDefinition(loader.loadSync(file, { includeDirs: [protos], keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true }));
const scheduler = load('scheduler/v1/dispatch.proto').scheduler.v1;
const edges = load('scheduler/v1/edge_reports.proto').scheduler.v1;
const health = load('grpc/health/v1/health.proto').grpc.health.v1;
const plain = grpc.credentials.createInsecure();
const LONDON = '81.2.69.142';
const soon = (ms = 10_000) => ({ deadline: Date.now() + ms });

const unary = (client, method, request, options = soon(), metadata = new grpc.Metadata()) => new Promise((resolve, reject) => {
  client[method](request, metadata, options, (error, answer) => (error ? reject(error) : resolve(answer)));
});

async function refused(code, promise) {
  try {
    await promise;
  } catch (fault) {
    assert.strictEqual(grpc.status[fault.code], grpc.status[code], fault.message);
    return fault;
  }
  throw new Error(`no status ${grpc.status[code]}`);
}

const report = (node, sequence) => ({ node, incarnation: Math.floor(Date.now() / 1000), sequence, capacity_bps: 4e10, egress_bps: 1e6, sessions: 3, state: 'NODE_STATE_SERVING' });

/** Sends so many messages on one stream, each after the answer to the one before. */
const play = (client, messages, node) => new Promise((resolve, reject) => {
  const stream = client.Report(soon(30_000));
  let answered = 0;
  const send = () => stream.write({ reports: [report(node, answered + 1)] });
  stream.on('data', answer => {
    assert.strictEqual(answer.accepted, 1, JSON.stringify(answer));
    if (++answered < messages) send();
    else stream.end();
  });
  stream.on('error', reject);
  stream.on('end', () => resolve(answered));
  send();
});

const checks = {
  async 'a session lives: assign, heartbeat, failover, release'() {
    const client = new scheduler.Dispatch(target, plain);
    const answer = await unary(client, 'Assign', { stream: 'live-42', client_ip: LONDON, want: 3, protocol: 'STREAM_PROTOCOL_HLS' });
    assert.strictEqual(answer.candidates.length, 3);
    assert.match(answer.candidates[0].ticket, /^[A-Za-z0-9._-]{1,120}$/);
    assert.ok(answer.expires_at_unix_s * 1000 > Date.now());
    const beat = await unary(client, 'Heartbeat', { token: answer.token, rtt_ms: 9.5 });
    assert.strictEqual(beat.action, 'HEARTBEAT_ACTION_STAY');
    const failed = answer.candidates[0].node;
    const moved = await unary(client, 'Failover', { token: beat.token, failed, reason: 'connect_timeout' });
    assert.ok(moved.candidates.every(candidate => candidate.node !== failed));
    await unary(client, 'Release', { token: moved.token });
    await refused(grpc.status.NOT_FOUND, unary(client, 'Heartbeat', { token: moved.token }));
    client.close();
  },

  async 'refusals have a status, words, and details'() {
    const client = new scheduler.Dispatch(target, plain);
    const fault = await refused(grpc.status.INVALID_ARGUMENT, unary(client, 'Assign', { stream: 'live 42', want: 9 }));
    assert.match(fault.details, /stream.*want/s);
    assert.match(fault.metadata.get('grpc-status-details-bin')[0].toString('latin1'), /INVALID_REQUEST/);
    const wrong = new grpc.Metadata();
    wrong.set('authorization', 'Bearer sk_p_none');
    await refused(grpc.status.UNAUTHENTICATED, unary(client, 'Assign', { stream: 'live-42' }, soon(), wrong));
    client.close();
  },

  async 'odd metadata does no harm'() {
    const client = new scheduler.Dispatch(target, plain);
    const odd = new grpc.Metadata();
    odd.set('x-bytes-bin', Buffer.from([0, 1, 2, 255]));
    odd.set('x-text', '%~"; ,');
    assert.strictEqual((await unary(client, 'Assign', { stream: 'live-42', client_ip: LONDON }, soon(), odd)).candidates.length, 3);
    client.close();
  },

  async 'what is not there is UNIMPLEMENTED'() {
    const client = new grpc.Client(target, plain);
    const any = { serialize: value => value, deserialize: value => value };
    for (const method of ['/scheduler.v1.Dispatch/Nothing', '/no.such.Service/Assign'])
      await refused(grpc.status.UNIMPLEMENTED, new Promise((resolve, reject) => client.makeUnaryRequest(method, any.serialize, any.deserialize, Buffer.alloc(0), soon(), error => (error ? reject(error) : resolve()))));
    client.close();
  },

  async 'a batch of 1,000 is answered in order'() {
    const client = new scheduler.Dispatch(target, plain, { 'grpc.max_receive_message_length': -1 });
    const requests = Array.from({ length: 1000 }, (_, i) => ({ stream: `live-${i}`, client_ip: LONDON }));
    const { results } = await unary(client, 'AssignBatch', { requests });
    assert.deepStrictEqual(results.map(result => result.assignment.stream), requests.map(request => request.stream));
    client.close();
  },

  async 'a message of 5 MiB is RESOURCE_EXHAUSTED'() {
    const client = new scheduler.Dispatch(target, plain);
    await refused(grpc.status.RESOURCE_EXHAUSTED, unary(client, 'Assign', { stream: 'x'.repeat(5 << 20) }));
    client.close();
  },

  async 'gzip both ways'() {
    const client = new scheduler.Dispatch(target, plain, { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip });
    const { results } = await unary(client, 'AssignBatch', { requests: Array.from({ length: 50 }, () => ({ stream: 'live-42', client_ip: LONDON })) });
    assert.strictEqual(results.length, 50);
    client.close();
  },

  async 'a deadline ends a stream'() {
    const client = new edges.EdgeReports(target, plain);
    const stream = client.Report(soon(300));
    const fault = await new Promise(resolve => stream.on('error', resolve));
    assert.strictEqual(fault.code, grpc.status.DEADLINE_EXCEEDED);
    client.close();
  },

  async 'a stream may be taken back a hundred times'() {
    const client = new edges.EdgeReports(target, plain);
    for (let i = 0; i < 100; i++) {
      const stream = client.Report(soon());
      const over = new Promise(resolve => stream.on('error', resolve));
      stream.write({ reports: [report('lon1-01', i)] });
      await new Promise(resolve => stream.once('data', resolve));
      stream.cancel();
      assert.strictEqual((await over).code, grpc.status.CANCELLED);
    }
    client.close();
  },

  async 'a thousand streams at once, each answered ten times'() {
    const clients = Array.from({ length: 10 }, () => new edges.EdgeReports(target, plain, { 'grpc.use_local_subchannel_pool': 1 }));
    const answered = await Promise.all(Array.from({ length: 1000 }, (_, i) => play(clients[i % clients.length], 10, `lon1-0${(i % 4) + 1}`)));
    assert.ok(answered.every(count => count === 10));
    clients.forEach(client => client.close());
  },

  async 'a thousand calls at once on one connection'() {
    const client = new scheduler.Dispatch(target, plain);
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, i) => unary(client, 'Assign', { stream: `live-${i}`, client_ip: LONDON }, soon(30_000))));
    assert.strictEqual(new Set(answers.map(answer => answer.session)).size, 1000);
    client.close();
  },

  async 'health: check and watch'() {
    const client = new health.Health(target, plain);
    assert.strictEqual((await unary(client, 'Check', { service: '' })).status, 'SERVING');
    await refused(grpc.status.NOT_FOUND, unary(client, 'Check', { service: 'no.such.Service' }));
    const watch = client.Watch({ service: 'scheduler.v1.Dispatch' });
    watch.on('error', () => {});
    assert.strictEqual((await new Promise(resolve => watch.once('data', resolve))).status, 'SERVING');
    watch.cancel();
    client.close();
  },
};

async function wait() {
  const client = new edges.EdgeReports(target, plain);
  const watcher = new health.Health(target, plain);
  const stream = client.Report();
  const watch = watcher.Watch({ service: '' });
  const seen = [];
  watch.on('data', answer => seen.push(answer.status));
  watch.on('error', () => {});
  stream.write({ reports: [report('lon1-01', 1)] });
  stream.on('data', () => console.log('streaming'));
  const end = await new Promise(resolve => stream.on('error', resolve));
  console.log(`ended ${grpc.status[end.code]}: ${end.details}`);
  client.close();
  watcher.close();
}

async function main() {
  if (mode === 'wait') return wait();
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log('passed', name);
    } catch (fault) {
      failed++;
      console.log('FAILED', name, fault.stack);
    }
  }
  console.log(`${Object.keys(checks).length - failed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

main();
