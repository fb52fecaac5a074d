'use strict';
// Names come from the profile and are hostile: they are set as text, never as markup.
(() => {
  const byId = (id) => document.getElementById(id);
  if (!byId('sites')) return;
  const [columns, modules, sites] = JSON.parse(byId('data').textContent);
  const [map, pick, search, found, detail] = ['map', 'figure', 'search', 'found', 'detail'].map(byId);
  const body = byId('sites').tBodies[0];
  const heads = [...byId('sites').tHead.rows[0].cells];
  const rows = [...body.rows];
  const texts = rows.map((row) => row.cells[0].textContent.toLowerCase());
  let matching = sites.map((_, at) => at);
  let tiles = [];
  let order = { column: 0, down: true };

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
  const shown = (value) => {
    if (!columns[pick.value][1]) return `${grouped(value)} block${value === 1 ? '' : 's'}`;
    const power = value < 1024 ? 0 : value < 1048576 ? 1 : value < 1073741824 ? 2 : 3;
    return power ? `${(value / 1024 ** power).toFixed(1)} ${['', 'KiB', 'MiB', 'GiB'][power]}` : `${value} B`;
  };
  const figure = (at) => sites[at][2][pick.value];
  const sum = (chosen) => chosen.reduce((total, at) => total + figure(at), 0);
  const percent = (part) => `${(100 * part / (sum(sites.map((_, at) => at)) || 1)).toFixed(1)} %`;

  // Squarified: rows of tiles as near to squares as the order by size allows.
  const squarify = (items, x, y, width, height, place) => {
    let left = items.reduce((total, item) => total + item.value, 0);
    for (let from = 0; from < items.length;) {
      const short = Math.min(width, height);
      const scale = width * height / left;
      let taken = 0;
      let worst = Infinity;
      let to = from;
      for (; to < items.length; to++) {
        const side = (taken + items[to].value) * scale / short;
        const ratio = Math.max(side * side / (items[to].value * scale), items[from].value * scale / (side * side));
        if (ratio > worst) break;
        worst = ratio;
        taken += items[to].value;
      }
      to = Math.max(to, from + 1);
      const side = taken * scale / short;
      let along = 0;
      for (; from < to; from++) {
        const length = short * items[from].value / taken;
        if (width >= height) place(items[from], x, y + along, side, length);
        else place(items[from], x + along, y, length, side);
        along += length;
      }
      if (width >= height) { x += side; width -= side; } else { y += side; height -= side; }
      left -= taken;
    }
  };
  const put = (element, x, y, width, height) => {
    Object.assign(element.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    return element;
  };
  // The longest end of a path that fits, by the width of a letter; nothing if none does.
  const fitting = (path, width, letter) => {
    const parts = path.split('::');
    for (let from = 0; from < parts.length; from++) {
      const text = parts.slice(from).join('::');
      if (text.length * letter <= width) return text;
    }
    return '';
  };

  const tell = (at) => {
    const part = figure(at);
    const cell = rows[at].cells[0].cloneNode(true);
    detail.replaceChildren(make('strong', '', `${shown(part)} · ${percent(part)} of ${columns[pick.value][0]}`), ...cell.childNodes);
  };
  const tile = (at, x, y, width, height) => {
    const element = put(make('button', 'tile'), x, y, width, height);
    element.type = 'button';
    element.tabIndex = tiles.length ? -1 : 0;
    element.setAttribute('aria-label', `${sites[at][1]}, ${shown(figure(at))}`);
    const name = height >= 19 ? fitting(sites[at][1].split('::').slice(-2).join('::'), width - 10, 6.7) : '';
    if (name) element.append(make('span', '', name));
    if (name && height >= 34 && shown(figure(at)).length * 6.7 <= width - 10) element.append(make('span', '', shown(figure(at))));
    for (const event of ['focus', 'mouseenter', 'click']) element.addEventListener(event, () => tell(at));
    tiles.push(element);
    return element;
  };
  const draw = () => {
    const groups = new Map();
    for (const at of matching.filter((at) => figure(at) > 0)) {
      const module = sites[at][0];
      if (!groups.has(module)) groups.set(module, { module, items: [], value: 0 });
      groups.get(module).items.push({ at, value: figure(at) });
      groups.get(module).value += figure(at);
    }
    tiles = [];
    const down = (a, b) => b.value - a.value;
    const all = document.createDocumentFragment();
    squarify([...groups.values()].sort(down), 0, 0, map.clientWidth, map.clientHeight, (group, x, y, width, height) => {
      const box = put(make('div', `group t${group.module % 6}`), x, y, width, height);
      const label = height >= 46 ? fitting(modules[group.module], width - 14, 6.6) : '';
      if (label) box.append(make('h3', '', label));
      const top = label ? 17 : 0;
      squarify(group.items.sort(down), 0, top, Math.max(width - 2, 1), Math.max(height - 2 - top, 1), (item, ...place) => {
        box.append(tile(item.at, ...place));
      });
      all.append(box);
    });
    map.replaceChildren(all);
    if (!tiles.length) map.replaceChildren(make('p', '', 'No site has any of this.'));
    found.textContent = `${grouped(matching.length)} of ${grouped(sites.length)} sites, ${shown(sum(matching))} (${percent(sum(matching))}) of ${columns[pick.value][0]}`;
  };
  const sort = (column, down) => {
    order = { column, down };
    const value = (at) => sites[at][2][column - 1];
    const up = column ? (a, b) => value(a) - value(b) : (a, b) => (sites[a][1] < sites[b][1] ? -1 : 1);
    const sorted = sites.map((_, at) => at).sort((a, b) => (down ? up(b, a) : up(a, b)) || a - b);
    body.append(...sorted.map((at) => rows[at]));
    heads.forEach((head, at) => {
      if (at === column) head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
  };
  const narrow = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    matching = sites.map((_, at) => at).filter((at) => words.every((word) => texts[at].includes(word)));
    const kept = new Set(matching);
    rows.forEach((row, at) => { row.hidden = !kept.has(at); });
    draw();
  };

  heads.forEach((head, column) => {
    const button = make('button', '', head.textContent);
    button.type = 'button';
    button.addEventListener('click', () => sort(column, order.column === column ? !order.down : column > 0));
    head.replaceChildren(button);
  });
  // One stop for the tab key; arrows go from tile to tile.
  map.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const next = tiles[tiles.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    document.activeElement.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  pick.addEventListener('change', () => { sort(Number(pick.value) + 1, true); draw(); });
  search.addEventListener('input', narrow);
  byId('interactive').hidden = false;
  detail.textContent = 'Point at a tile, or walk with the arrow keys, to see its site and who called it.';
  sort(Number(pick.value) + 1, true);
  draw();
  new ResizeObserver(draw).observe(map);
})();
