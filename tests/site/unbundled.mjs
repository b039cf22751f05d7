// Runs the site's modules in Node, as they are written: each line of input is [function, arguments], each line of output what it gave.
import {existsSync, readdirSync} from 'node:fs';
import {createInterface} from 'node:readline';

const here = (path) => new URL(`../../psm_course/${path}`, import.meta.url);
const {markers} = await import(here('site/scripts/practice/kinds.js'));
for (const kind of readdirSync(here('items/'))) {
  const file = here(`items/${kind}/marker.js`);
  if (existsSync(file)) markers[kind] = (await import(file)).marker;
}
const {mark} = await import(here('site/scripts/practice/marking.js'));
const {draw, order} = await import(here('site/scripts/test/draw.js'));
const {digest} = await import(here('site/scripts/test/digest.js'));

const known = {
  ...digest, draw, order,
  mark_all: (pairs) => pairs.map(([scoring, response]) => mark(scoring, response)),
  lines_of: (pairs) => pairs.map(([scoring, response]) => markers[scoring.type].lines(scoring, response)),
};
for await (const line of createInterface({input: process.stdin})) {
  const [name, given] = JSON.parse(line);
  console.log(JSON.stringify(known[name](...given)));
}
