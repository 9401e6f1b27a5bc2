// The preview in the browser: asks what there is to see, waits for news, and puts the new in the place of the old without moving it.
'use strict';

const words = {
  nl: {
    publication: 'Publicatie', profile: 'Profiel', review: 'Werkexemplaar', public: 'Openbaar', view: 'Weergave', both: 'Web en druk', web: 'Webpagina',
    print: 'Druk', timeline: 'Tijdlijn', pdf: 'PDF openen', messages: 'Meldingen', page: 'Bladzijde', building: 'Bezig …', none: 'Geen meldingen',
    old: 'Wat u hieronder ziet, is van vóór deze fout.', lost: 'Geen verbinding met Rotonde. Draait "rotonde watch" nog?', ready: 'Bijgewerkt om',
    error: 'fout', errors: 'fouten', warning: 'waarschuwing', warnings: 'waarschuwingen', note: 'opmerking', unsupported: 'niet ondersteund', hint: 'Tip: ',
    empty: 'Er is nog geen publicatie in deze werkruimte. "rotonde new publication ID" maakt er een.', open: 'openen in het tekstprogramma', line: 'regel',
  },
  en: {
    publication: 'Publication', profile: 'Profile', review: 'Review copy', public: 'Public', view: 'View', both: 'Web and print', web: 'Web page',
    print: 'Print', timeline: 'Timeline', pdf: 'Open the PDF', messages: 'Messages', page: 'Page', building: 'Building …', none: 'No messages',
    old: 'What you see below is from before this error.', lost: 'No connection with Rotonde. Is "rotonde watch" still running?', ready: 'Updated at',
    error: 'error', errors: 'errors', warning: 'warning', warnings: 'warnings', note: 'note', unsupported: 'unsupported', hint: 'Hint: ',
    empty: 'There is no publication in this workspace yet. "rotonde new publication ID" makes one.', open: 'open in the editor', line: 'line',
  },
}[document.documentElement.lang];

const element = id => document.getElementById(id);
const fill = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const state = { serial: null, shown: {}, pdf: null, told: '', asking: null };

for (const node of document.querySelectorAll('[data-label]')) node.textContent = words[node.dataset.label];
for (const node of document.querySelectorAll('[data-name]')) node.setAttribute('aria-label', words[node.dataset.name]);

const views = { both: 'web,pdf', web: 'web', print: 'pdf', timeline: 'timeline' };

// ---- what is chosen stands in the address, so that it survives a reload ----

const chosen = new URLSearchParams(location.hash.slice(1));
function choose(name, value) {
  chosen.set(name, value);
  history.replaceState(null, '', '#' + chosen);
}
const selected = { publication: chosen.get('publication') || document.body.dataset.publication, profile: chosen.get('profile') || 'review', view: chosen.get('view') || 'both' };
element('profile').value = selected.profile;
element('view').value = selected.view;
document.body.dataset.view = selected.view;
for (const name of ['publication', 'profile', 'view'])
  element(name).addEventListener('change', event => {
    selected[name] = event.target.value;
    choose(name, selected[name]);
    document.body.dataset.view = selected.view;
    if (name !== 'view') state.told = '';
    state.serial = null;
    ask();
  });

// ---- a page in a frame: the new one is loaded behind the old, moved to where the reader was, and then shown ----

function showFrame(where, address) {
  const box = element(where);
  if (state.shown[where] === address) return;
  state.shown[where] = address;
  box.querySelectorAll('iframe.coming').forEach(old => old.remove());
  if (!address) return box.replaceChildren();
  const frame = document.createElement('iframe');
  frame.className = 'coming';
  frame.title = words[where];
  frame.addEventListener('load', () => {
    if (!frame.isConnected) return;
    const before = box.querySelector('iframe:not(.coming)');
    if (before) {
      frame.contentWindow.scrollTo(before.contentWindow.scrollX, before.contentWindow.scrollY);
      before.remove();
    }
    frame.classList.remove('coming');
    element('web').dataset.loaded = state.shown.web;
  });
  frame.src = address;
  box.append(frame);
}

// ---- pages of the PDF: those in sight at once, the others when they come into sight ----

const inSight = new IntersectionObserver(seen => {
  for (const one of seen) {
    one.target.inSight = one.isIntersecting;
    if (one.isIntersecting) showPage(one.target);
  }
}, { root: element('print'), rootMargin: '400px' });

// The new picture takes the old one's place once it can be painted at once. The promise is kept when it is there, or will never be.
function showPage(figure) {
  const address = figure.wanted;
  if (figure.firstChild.getAttribute('src') === address) return Promise.resolve();
  const coming = new Image();
  coming.alt = figure.firstChild.alt;
  coming.src = address;
  return coming.decode().then(() => {
    if (figure.wanted !== address) return;
    figure.replaceChildren(coming);
    figure.style.aspectRatio = `${coming.naturalWidth} / ${coming.naturalHeight}`;
    element('print').dataset.drawn = address;
  }, () => {});
}

const dpi = () => devicePixelRatio > 1.3 ? 144 : 96;

// The numbers of the pages that the reader sees.
function pagesInSight() {
  const box = element('print'), view = box.getBoundingClientRect();
  return [...box.children].flatMap((figure, i) => {
    const page = figure.inSight && figure.getBoundingClientRect();
    return page && page.bottom > view.top && page.top < view.bottom ? [i + 1] : [];
  });
}

// The promise is kept when those in sight are there.
function showPages(now) {
  const box = element('print'), count = now.pages.length;
  while (box.children.length > count) {
    inSight.unobserve(box.lastChild);
    box.lastChild.remove();
  }
  while (box.children.length < count) {
    const figure = document.createElement('figure'), image = document.createElement('img');
    image.alt = `${words.page} ${box.children.length + 1}`;
    figure.append(image);
    box.append(figure);
  }
  [...box.children].forEach((figure, i) => {
    figure.wanted = `page/${now.id}/${now.profile}/${now.pages[i]}/${i + 1}?dpi=${dpi()}`;
    inSight.observe(figure);
  });
  const seen = pagesInSight().map(page => box.children[page - 1]);
  const shown = Promise.all(seen.map(showPage));
  [...box.children].filter(figure => figure.inSight && !seen.includes(figure)).forEach(showPage);
  return shown;
}

// ---- messages ----

function place(message) {
  const text = message.line > 0 ? `${message.file}, ${words.line} ${message.line}` : message.file;
  if (!message.link) return document.createTextNode(text);
  const link = document.createElement('a');
  link.href = message.link;
  link.textContent = text;
  link.title = words.open;
  return link;
}

function showMessage(message) {
  const item = document.createElement('li');
  item.className = message.level;
  const line = (name, ...content) => {
    const p = document.createElement('p');
    p.className = name;
    p.append(...content);
    item.append(p);
  };
  const level = document.createElement('span');
  level.className = 'level';
  level.textContent = words[message.level] || message.level;
  if (message.file) line('place', place(message));
  line('text', level, `: ${message.text}`);
  if (message.hint) line('hint', words.hint + message.hint);
  return item;
}

function count(number, one, many) {
  return `${number} ${number === 1 ? words[one] : words[many]}`;
}

function showMessages(now) {
  const box = element('messages'), toggle = element('toggle'), told = JSON.stringify([now.failure, now.diagnostics]);
  const some = now.failure || now.diagnostics.length > 0, wrong = now.errors > 0 || Boolean(now.failure);
  fill(toggle, some ? [now.errors && count(now.errors, 'error', 'errors'), now.warnings && count(now.warnings, 'warning', 'warnings')].filter(Boolean).join(', ') || words.messages : words.none);
  toggle.hidden = !some;
  for (const node of [box, toggle]) node.classList.toggle('errors', wrong);
  element('old').hidden = !(now.old && (now.web || now.pdf));
  element('failure').hidden = !now.failure;
  fill(element('failure'), now.failure || '');
  if (told === state.told) return;
  state.told = told;
  const urgent = ['error', 'fatal', 'unsupported'];
  element('list').replaceChildren(...now.diagnostics.toSorted((a, b) => urgent.includes(b.level) - urgent.includes(a.level)).map(showMessage));
  open(wrong);
}

function open(yes) {
  element('messages').hidden = !yes;
  element('toggle').setAttribute('aria-expanded', yes);
}
element('toggle').addEventListener('click', () => open(element('messages').hidden));
document.addEventListener('keydown', event => { if (event.key === 'Escape' && !element('messages').hidden) { open(false); element('toggle').focus(); } });

// ---- all of it ----

function showPublications(publications) {
  const list = element('publication'), known = publications.filter(one => one.id);
  const told = JSON.stringify(known.map(one => [one.id, one.title]));
  element('empty').hidden = known.length > 0;
  fill(element('empty'), words.empty);
  if (list.dataset.told === told) return;
  list.dataset.told = told;
  list.replaceChildren(...known.map(one => new Option(one.title || one.id, one.id)));
  if (!known.some(one => one.id === selected.publication) && known.length > 0) selected.publication = known[0].id;
  list.value = selected.publication;
}

function showFrames(now, address) {
  showFrame('web', selected.view === 'both' || selected.view === 'web' ? address('web') : state.shown.web || null);
  showFrame('timeline', selected.view === 'timeline' ? address('timeline') : state.shown.timeline || null);
}

function show(now) {
  state.last = now;
  if (now.publications) showPublications(now.publications);
  if (!now.id) return;
  const address = view => now[view] ? `${view}/${now.id}/${now.profile}/${now[view]}` : null;
  // a long web page takes the browser a while: the pages, which were longer in the making, go first
  showPages(now).then(() => { if (state.last === now) showFrames(now, address); });
  element('open-pdf').hidden = !now.pdf;
  if (now.pdf) element('open-pdf').href = address('pdf');
  showMessages(now);
  fill(element('status'), now.building ? words.building : `${words.ready} ${new Date().toLocaleTimeString(document.documentElement.lang)}`);
  document.body.dataset.serial = now.serial;
  document.body.dataset.building = now.building;
}

async function ask() {
  if (state.asking) state.asking.abort();
  const asking = state.asking = new AbortController();
  while (!asking.signal.aborted) {
    const query = new URLSearchParams({ id: selected.publication, profile: selected.profile, views: views[selected.view], pages: pagesInSight(), dpi: dpi() });
    if (state.serial !== null) query.set('seen', state.serial);
    try {
      const reply = await fetch(`state?${query}`, { signal: asking.signal });
      if (!reply.ok) throw new Error(reply.status);
      const now = await reply.json();
      const before = selected.publication;
      state.serial = now.serial;
      show(now);
      if (selected.publication !== before) state.serial = null;
    } catch (error) {
      if (asking.signal.aborted) return;
      fill(element('status'), words.lost);
      state.serial = null;
      await new Promise(done => setTimeout(done, 1000));
    }
  }
}
ask();
