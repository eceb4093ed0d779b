import { ago, count, fill, follow, percent, rate, say, states, tenths, utilisationClass } from './live.js';

const names = JSON.parse(document.getElementById('names').textContent);
const map = document.getElementById('map'), arcs = document.getElementById('arcs'), picked = document.getElementById('picked');
const dots = [];
for (const dot of map.querySelectorAll('.site')) dots[dot.dataset.i] = dot;
const at = dot => { const m = dot.transform.baseVal[0].matrix; return [m.e, m.f]; };
let now = null, shown = null, chosen = null;

// --- what is shown: the present, or a moment of the last hour

function show(message) {
  shown = message;
  let load = 0, sessions = 0, serving = 0, capacity = 0;
  const regions = new Map();
  message.s.forEach((site, i) => {
    if (!site.length) return;
    const [permille, count, , state, mbps] = site, dot = dots[i], [, , region, size] = names[i];
    const css = `site ${utilisationClass(permille)} st${state}${i === chosen ? ' picked' : ''}${dot.classList.contains('draining') ? ' draining' : ''}`;
    if (dot.getAttribute('class') !== css) dot.setAttribute('class', css);
    load += mbps; sessions += count; capacity += size; serving += state === 0;
    const sum = regions.get(region) ?? [0, 0, 0];
    sum[0] += mbps; sum[1] += size; sum[2] += count;
    regions.set(region, sum);
  });
  say(document.getElementById('t-load'), rate(load));
  say(document.getElementById('t-capacity'), rate(capacity));
  say(document.getElementById('t-sessions'), count(sessions));
  say(document.getElementById('t-serving'), String(serving));
  for (const row of document.querySelectorAll('[data-region]')) {
    const [mbps, size, n] = regions.get(row.dataset.region) ?? [0, 1, 0], permille = size ? 1000 * mbps / size : 0;
    fill(row.cells[1].firstElementChild, permille);
    const [, share, load] = row.cells[1].children;
    say(share, percent(permille));
    say(load, rate(mbps));
    say(row.cells[2], count(n));
  }
  showFullest(message);
  if (chosen !== null) describe();
}

const fullest = [...document.querySelectorAll('#fullest li')];
function showFullest(message) {
  const top = message.s.map((site, i) => [site[0] ?? -1, i]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, fullest.length);
  top.forEach(([permille, i], n) => {
    const [link, bar, share] = fullest[n].children;
    say(link, names[i][0]);
    link.href = `/console/sites/${encodeURIComponent(names[i][0])}`;
    fill(bar, Math.max(0, permille));
    say(share, percent(Math.max(0, permille)));
  });
}

follow(message => {
  now = message;
  if (scrub.value === '0') show(message);
});

// --- one site: its numbers, and the cells whose viewers the plan sends there

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text != null) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function describe() {
  const site = shown?.s[chosen], [id, place] = names[chosen];
  if (picked.dataset.site !== id) {
    picked.dataset.site = id;
    const facts = element('dl');
    for (const name of ['State', 'Utilisation', 'Load', 'Sessions', 'Price', 'Report']) facts.append(element('dt', name), element('dd'));
    const link = element('a', 'Open its page', { href: `/console/sites/${encodeURIComponent(id)}` });
    const head = element('h2', id);
    head.append(' ', element('small', place, { class: 'quiet' }));
    const flows = element('p', '', { class: 'quiet', id: 'flows' });
    picked.replaceChildren(head, facts, flows, link);
  }
  if (!site?.length) return;
  const [permille, sessions, price, state, load, , age] = site;
  const texts = [states[state], percent(permille), rate(load), count(sessions), `${tenths(price)} ms`, shown.past ? '–' : ago(age)];
  picked.querySelectorAll('dd').forEach((cell, n) => say(cell, texts[n]));
}

async function pick(i) {
  if (chosen !== null) dots[chosen].classList.remove('picked');
  chosen = i;
  dots[i].classList.add('picked');
  dots[i].parentNode.append(dots[i]); // over its neighbours
  if (!shown) shown = now;
  describe();
  arcs.replaceChildren();
  const answer = await fetch(`/console/flows?site=${encodeURIComponent(names[i][0])}`);
  if (!answer.ok || chosen !== i) return;
  const flows = await answer.json(), [x, y] = at(dots[i]);
  const most = Math.max(1e-9, ...flows.map(flow => flow[3]));
  for (const [cell, cx, cy, mbps] of flows) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    const bend = Math.hypot(cx - x, cy - y) * 0.22;
    path.setAttribute('d', `M${cx} ${cy}Q${(cx + x) / 2} ${Math.min(cy, y) - bend} ${x} ${y}`);
    path.setAttribute('stroke-width', (0.8 + 3.2 * Math.sqrt(mbps / most)).toFixed(1));
    const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
    title.textContent = `${cell}: ${rate(mbps)}`;
    path.append(title);
    arcs.append(path);
  }
  say(document.getElementById('flows'), flows.length ? `By the plan its viewers are in ${flows.length === 80 ? 'the 80 greatest of its' : flows.length} cells; the greatest is ${flows[0][0]}.` : 'The plan sends it nobody now.');
}

map.addEventListener('click', event => {
  const dot = event.target.closest('.site');
  if (dot) pick(+dot.dataset.i);
});
map.addEventListener('pointerover', event => {
  const dot = event.target.closest('.site');
  if (!dot || dot.querySelector('title')) return;
  const title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
  title.textContent = `${names[dot.dataset.i][0]}, ${names[dot.dataset.i][1]}`;
  dot.append(title);
});
document.getElementById('find').addEventListener('submit', event => {
  const text = document.getElementById('find-site').value.trim().toLowerCase();
  const i = names.findIndex(([id, place]) => id === text || place.toLowerCase().startsWith(text));
  if (!text || i < 0) return; // the table of sites looks further
  event.preventDefault();
  pick(i);
});

// --- which part of the world

const whole = document.getElementById('whole');
function look(box) {
  map.setAttribute('viewBox', box);
  // Marks keep their size on the screen: a part of the world is not looked at through a lens.
  const factor = box.split(' ')[2] / map.dataset.world.split(' ')[2];
  for (const dot of dots) dot.transform.baseVal[1].setScale(dot.size * Math.max(0.28, factor), dot.size * Math.max(0.28, factor));
  whole.hidden = box === map.dataset.world;
}
for (const dot of dots) dot.size = dot.transform.baseVal[1].matrix.a;
for (const button of document.querySelectorAll('[data-view]')) button.addEventListener('click', () => look(button.dataset.view));
whole.addEventListener('click', () => look(map.dataset.world));

// --- the last hour

const scrub = document.getElementById('scrub'), clock = document.getElementById('scrub-at'), back = document.getElementById('scrub-now');
let asked = null;
async function travel() {
  const steps = -scrub.value;
  back.hidden = steps === 0;
  clock.classList.toggle('past', steps > 0);
  asked?.abort();
  if (steps === 0) {
    clock.textContent = 'now';
    if (now) show(now);
    return;
  }
  asked = new AbortController();
  try {
    const answer = await fetch(`/console/past?steps=${steps}`, { signal: asked.signal });
    if (!answer.ok) return;
    const message = await answer.json();
    clock.textContent = `${new Date(message.at).toISOString().slice(11, 19)} UTC`;
    show(message);
  } catch (fault) {
    if (fault.name !== 'AbortError') throw fault;
  }
}
scrub.addEventListener('input', travel);
back.addEventListener('click', () => { scrub.value = 0; travel(); scrub.focus(); });
