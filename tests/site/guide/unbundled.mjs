// The search in Node, as its modules are written: each line of input is [name, [questions]], each line of output what each of them finds.
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';

const {entriesOf, finder} = await import(new URL('../../../psm_course/site/scripts/guide/ranking.js', import.meta.url));
const [, , script, numbers] = process.argv;
let index = [];
new Function('PSM', readFileSync(script, 'utf8'))({provide: (_, given) => { index = given; }});
const search = finder(entriesOf(index), JSON.parse(numbers));
const find = (question) => {
  const {found, call, urgent} = search(question);
  return {found: found.slice(0, 5).map(({address}) => address), call, urgent};
};
for await (const line of createInterface({input: process.stdin})) {
  const [, [questions]] = JSON.parse(line);
  console.log(JSON.stringify(questions.map(find)));
}
