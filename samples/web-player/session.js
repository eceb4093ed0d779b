// A viewer's session with the scheduler, by its player API and nothing but fetch: open, beat when told to, say when a node fails, close.

/** An answer that is no success. */
export class SchedulerError extends Error {
  /** @param {Response} response @param {object} problem problem details (RFC 9457) */
  constructor(response, problem) {
    super(`${response.status} ${problem.title ?? response.statusText}${problem.detail ? `: ${problem.detail}` : ''}`);
    this.status = response.status;
    this.retryAfterS = Number(response.headers.get('Retry-After')) || null;
  }
}

/**
 * One session. Events: `candidates` when there are new ones to play from (`detail` has them, the best first), `beat` after each beat, `lost` when the scheduler cannot be
 * asked: the viewer plays on where he is.
 */
export class SchedulerSession extends EventTarget {
  #url;
  #key;
  #timer = 0;
  #token = null;
  #rttMs = null;

  /**
   * @param {string} url where the scheduler is, such as https://scheduler.example
   * @param {string|null} key a player's key, which anybody may see; a demo on this machine needs none
   */
  constructor(url, key = null) {
    super();
    this.#url = url.replace(/\/+$/, '');
    this.#key = key;
    this.candidates = [];
  }

  /** Asks where to play. @param {{stream: string, protocol?: string, want?: number, bitrate_bps?: number}} request */
  async open(request) {
    const answer = await this.#call('POST', '/v1/sessions', { ...request, previous_token: this.#token ?? undefined });
    this.request = request;
    this.#take(answer);
    return answer;
  }

  /** What the player measured to the node it plays from; told with the next beat. @param {number} ms */
  measured(ms) { this.#rttMs = ms; }

  /** The node failed: others are named, without it. @param {string} node @param {string} reason */
  async failover(node, reason) {
    this.#take(await this.#call('POST', '/v1/sessions/failover', { token: this.#token, failed: node, reason }));
  }

  /** The viewer leaves: his room is free at once. Also while the page goes away. */
  close() {
    clearTimeout(this.#timer);
    if (this.#token === null) return;
    const headers = this.#headers({ 'X-Session-Token': this.#token });
    this.#token = null;
    // keepalive: the call outlives the page that makes it.
    return fetch(`${this.#url}/v1/sessions`, { method: 'DELETE', headers, keepalive: true });
  }

  async #beat() {
    const token = this.#token;
    try {
      const answer = await this.#call('POST', '/v1/sessions/heartbeat', { token, rtt_ms: this.#rttMs ?? undefined });
      if (this.#token !== token) return; // a failover came in between, and has a newer token
      this.#rttMs = null;
      this.#take(answer);
      this.dispatchEvent(new CustomEvent('beat', { detail: answer }));
    } catch (fault) {
      if (fault.status === 410) return this.open(this.request); // it slept too long: a new session, at the same node where there is room
      this.dispatchEvent(new CustomEvent('lost', { detail: fault }));
      this.#schedule((fault.retryAfterS ?? 5) * 1000);
    }
  }

  #take(answer) {
    this.#token = answer.token;
    this.#schedule(answer.heartbeat_s * 1000);
    if (!answer.candidates) return; // stay
    this.candidates = answer.candidates;
    this.dispatchEvent(new CustomEvent('candidates', { detail: answer.candidates }));
  }

  #schedule(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#beat().catch(fault => this.dispatchEvent(new CustomEvent('lost', { detail: fault }))), ms);
  }

  #headers(more) { return this.#key === null ? more : { ...more, Authorization: `Bearer ${this.#key}` }; }

  async #call(method, path, body) {
    const response = await fetch(this.#url + path, { method, headers: this.#headers({ 'Content-Type': 'application/json' }), body: JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new SchedulerError(response, answer);
    return answer;
  }
}
