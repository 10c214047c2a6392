// The load: a process of its own that keeps some connections open and on each sends the next request as
// soon as the last is answered. On bare sockets, because Node's HTTP clients cost more than the server:
// this one takes a tenth of a core. The parent sends {workload, target, clients, ramp, milliseconds, first,
// round}; the answer is {sent, perSecond, p50, p99, most, next, ownCpu} or {error}.

import { connect } from 'node:net';
import { cpuUsage } from 'node:process';
import { workloads } from './workloads.mjs';

process.on('message', async (/** @type {any} */ job) => {
  try {
    process.send(await run(job));
  } catch (error) {
    process.send({ error: error.message });
  }
});

async function run({ workload, target, clients, ramp, milliseconds, first, round }) {
  const { status, request } = workloads[workload];
  const connections = await Promise.all(Array.from({ length: clients }, () => Connection.open(target.origin)));
  const latencies = [];
  let next = first;
  let sent = 0;
  const cpu = cpuUsage();
  const begin = performance.now();
  // What is answered within the window counts: before it the queue fills, behind it it drains.
  const [open, close] = [begin + ramp, begin + ramp + milliseconds];
  const client = async (connection) => {
    while (performance.now() < close) {
      const text = encoded(request(next++, round)(target), target);
      sent += 1;
      const started = performance.now();
      const answer = await connection.exchange(text);
      const ended = performance.now();
      if (status !== null && answer.status !== status)
        throw new Error(`${workload}: answered ${answer.status} instead of ${status}: ${answer.head}\n${answer.body}`);
      if (ended >= open && ended < close) latencies.push(ended - started);
    }
    connection.close();
  };
  await Promise.all(connections.map(client));
  const { user, system } = cpuUsage(cpu);
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  return {
    sent,
    perSecond: latencies.length / (milliseconds / 1000),
    p50: at(0.5),
    p99: at(0.99),
    most: latencies.at(-1),
    next,
    ownCpu: (user + system) / 1000 / (performance.now() - begin),
  };
}

function encoded({ method, path, headers = {}, body }, { origin }) {
  const payload = body === undefined ? '' : JSON.stringify(body);
  const lines = [`${method} ${path} HTTP/1.1`, `host: ${origin.slice('http://'.length)}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (payload) lines.push(`content-length: ${Buffer.byteLength(payload)}`);
  return `${lines.join('\r\n')}\r\n\r\n${payload}`;
}

/** One keep-alive connection with one request at a time on it. */
class Connection {
  static open(origin) {
    const { hostname, port } = new URL(origin);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Connection(socket)));
    });
  }

  constructor(socket) {
    this.socket = socket;
    this.received = Buffer.alloc(0);
    socket.on('data', (piece) => this.#take(piece));
    socket.on('error', (error) => this.reject?.(error));
    socket.on('close', () => this.reject?.(new Error('the server closed the connection')));
  }

  exchange(text) {
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.socket.write(text);
    });
  }

  close() {
    this.reject = null;
    this.socket.destroy();
  }

  #take(piece) {
    this.received = this.received.length === 0 ? piece : Buffer.concat([this.received, piece]);
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.received.toString('latin1', 0, headEnd);
    const length = /\r\ncontent-length: (\d+)/i.exec(head);
    const body = this.received.subarray(headEnd + 4);
    const status = Number(head.slice(9, 12));
    const complete =
      status === 204 || (length ? body.length >= Number(length[1]) : body.subarray(-5).equals(LAST_CHUNK));
    if (!complete) return;
    this.received = Buffer.alloc(0);
    this.resolve({ status, head, body });
  }
}

/** What ends a body that came in chunks: no JSON text ends so. */
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
