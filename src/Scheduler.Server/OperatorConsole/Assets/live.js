// One stream for the page: what it says each second goes to whoever asked for it, and into the numbers that carry a name.
const listeners = [];
let latest = null;

/** Calls back with each message, and at once with the last one. */
export function follow(listener) {
  listeners.push(listener);
  if (latest) listener(latest);
}

export const utilisationClass = permille => permille <= 500 ? 'u0' : permille <= 700 ? 'u1' : permille <= 900 ? 'u2' : permille <= 1000 ? 'u3' : 'u4';

const units = [[1e6, 'Tbit/s'], [1e3, 'Gbit/s'], [1, 'Mbit/s']];
const short = n => Math.abs(n) >= 99.95 ? count(n) : Math.abs(n) >= 9.995 ? String(+n.toFixed(1)) : String(+n.toFixed(2));
export const count = n => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, '\u2009');
export const rate = mbps => { const [f, u] = units.find(([f]) => Math.abs(mbps) >= f) ?? [1, 'Mbit/s']; return `${short(mbps / f)} ${u}`; };
export const percent = permille => permille > 0 && permille < 99.5 ? `${+(permille / 10).toFixed(1)} %` : `${Math.round(permille / 10)} %`;
export const tenths = n => n == null ? '–' : short(n / 10);
export const ago = s => s == null ? 'never' : s < 1 ? 'now' : s < 120 ? `${s} s ago` : s < 7200 ? `${Math.floor(s / 60)} min ago` : `${Math.floor(s / 3600)} h ago`;
export const states = ['serving', 'drained', 'out of service', 'down', 'node draining', 'silent', 'unheard', 'ejected'];

/** Sets a text only where it changes: what stays the same costs no layout. */
export function say(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** Sets the two parts of a bar. */
export function fill(bar, permille, roomPermille) {
  const [used, room] = bar.children;
  const width = String(Math.min(1000, permille) / 10);
  if (used.getAttribute('width') !== width) {
    used.setAttribute('width', width);
    used.setAttribute('class', utilisationClass(permille));
  }
  if (room && roomPermille != null) {
    room.setAttribute('x', width);
    room.setAttribute('width', String(Math.max(0, Math.min(100 - width, roomPermille / 10))));
  }
}

const byName = (root, name) => root.querySelectorAll(`[data-f="${name}"]`);

function tellDrains(message) {
  for (const [id, phase, admitting, left, moved, paused, eta] of message.d ?? []) {
    for (const box of document.querySelectorAll(`[data-drain="${CSS.escape(id)}"]`)) {
      const done = phase === 'drained' ? 1000 : moved + left ? Math.round(1000 * moved / (moved + left)) : 0;
      const texts = { phase, admitting: `${admitting} %`, left: count(left), moved: count(moved), paused, eta: eta || '–' };
      for (const [name, text] of Object.entries(texts)) byName(box, name).forEach(element => say(element, text));
      byName(box, 'done').forEach(element => { element.value = done; });
    }
  }
}

const rows = [...document.querySelectorAll('#sites tbody tr')];
function tellRows(message) {
  for (const row of rows) {
    const site = message.s[row.dataset.i];
    if (!site) continue;
    const [permille, sessions, price, state, load, room, age, rtt, cost] = site, cells = row.cells;
    const tag = cells[2].firstElementChild;
    if (!(state === 0 && tag.textContent === 'draining')) {
      say(tag, states[state]);
      tag.className = `state ${state === 0 ? 's-ok' : state === 6 ? 's-quiet' : state === 1 || state === 2 || state === 4 ? 's-drained' : 's-bad'}`;
    }
    fill(cells[4].firstElementChild, permille, permille > 0 ? room / load * permille : null);
    say(cells[4].lastElementChild, percent(permille));
    say(cells[5], rate(load));
    say(cells[7], rate(room));
    say(cells[8], tenths(price));
    say(cells[9], (cost / 100).toFixed(2));
    say(cells[10], tenths(rtt));
    say(cells[11], count(sessions));
    say(cells[12], ago(age));
  }
}

const pulse = document.getElementById('pulse');
function beat(isOn) {
  if (!pulse || pulse.classList.contains(isOn ? 'on' : 'off')) return; // told when it changes, not each second
  pulse.classList.toggle('on', isOn);
  pulse.classList.toggle('off', !isOn);
  pulse.textContent = isOn ? 'live' : 'connecting…';
}

const { live, fleet } = document.body.dataset;
if (live) {
  const stream = new EventSource(live);
  stream.addEventListener('live', event => {
    if (document.hidden) return; // nobody looks: the next one says the same and more
    const message = latest = JSON.parse(event.data);
    beat(true);
    if (fleet && message.f !== fleet) return location.reload(); // another list of sites: every place has another meaning
    say(document.getElementById('rev'), String(message.rev));
    tellDrains(message);
    if (rows.length) tellRows(message);
    for (const listener of listeners) listener(message);
  });
  stream.onerror = () => {
    beat(false);
    // A stream that was refused does not come back by itself: the session may be over, which a page knows how to say.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  };
} else if (pulse) {
  pulse.hidden = true;
}
