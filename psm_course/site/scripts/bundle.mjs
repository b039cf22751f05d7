// Turns the modules in this folder into the scripts that pages load, and the style sheets of the theme into what old browsers read.
//
//   node bundle.mjs [--out FOLDER] [--items NAME=FOLDER]... [--metafile FILE]   every file of ../bundles.json, and every style sheet
//   node bundle.mjs --stdin [--over FILE] [--items NAME=FOLDER]...              one made-up entry, read here, written to the output
//
// Every module stands in one bundle of a page only: the core (psm.js) freezes a global `PSM` of all that its modules export, and a part
// finds what the bundle under it exports by `PSM.provided`. Imports of such modules become reads, whoever writes them need not know.
import {readdirSync, readFileSync, mkdirSync, rmSync, writeFileSync, existsSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

const tool = createRequire(import.meta.url); // by NODE_PATH: the tools are kept outside the checkout
const esbuild = tool('esbuild'), terser = tool('terser');
const HERE = dirname(fileURLToPath(import.meta.url)), SITE = dirname(HERE), ITEMS = join(SITE, '../items');
const CORE = 'psm.js', VIRTUAL = /^items:(\w+)(\/plain)?$/;
const FLOOR = JSON.parse(readFileSync(join(HERE, 'floor.json'), 'utf8'));
// `part`: what needs newer browsers, for which the page has a sentence in older ones (a key of floor.json).
const targetsFor = (part) => Object.entries({...FLOOR, ...FLOOR[part]}).filter(([, said]) => typeof said === 'string').map(([browser, version]) => browser + version);
const BUNDLES = JSON.parse(readFileSync(join(SITE, 'bundles.json'), 'utf8')).filter(({entry}) => existsSync(join(HERE, entry)));
const named = (file) => BUNDLES.find((bundle) => bundle.file === file);

const {values: asked} = parseArgs({options: {
  out: {type: 'string', default: join(SITE, 'generated')}, metafile: {type: 'string'}, items: {type: 'string', multiple: true, default: []},
  stdin: {type: 'boolean', default: false}, over: {type: 'string'},
}});

// The minifier would drop the names of caught errors, which is newer than ES2018.
const OPTIONS = {
  absWorkingDir: HERE, target: targetsFor(), supported: {destructuring: true, 'optional-catch-binding': false}, charset: 'utf8',
  bundle: true, minify: true, write: false, metafile: true, legalComments: 'none', logLevel: 'warning',
};

// ---- item types: every folder of psm_course/items, and those a test brings along ---------------------------------------------------

const types = () => {
  const found = readdirSync(ITEMS, {withFileTypes: true}).filter((each) => each.isDirectory()).map(({name}) => [name, join(ITEMS, name)]);
  return [...found, ...asked.items.map((each) => each.split('='))].filter(([, folder]) => existsSync(join(folder, 'marker.js'))).sort();
};

// 'items:marker' is a module of which `types` has, by a type's name, the `marker` that its marker.js exports; 'items:widget/plain' knows those
// types only that play in no way of their own (play.js).
const itemsModule = (file, plain) => {
  const wanted = types().filter(([, folder]) => existsSync(join(folder, `${file}.js`)) && !(plain && existsSync(join(folder, 'play.js'))));
  const lines = wanted.map(([, folder], at) => `import {${file} as type${at}} from ${JSON.stringify(join(folder, `${file}.js`))};`);
  return `${lines.join('\n')}\nexport const types = {${wanted.map(([name], at) => `${JSON.stringify(name)}: type${at}`).join(', ')}};`;
};

const itemTypes = {
  name: 'item types',
  setup: (build) => {
    build.onResolve({filter: VIRTUAL}, ({path}) => ({path, namespace: 'items'}));
    build.onLoad({filter: /.*/, namespace: 'items'}, ({path}) => {
      const [, file, plain] = VIRTUAL.exec(path);
      return {contents: itemsModule(file, plain), resolveDir: ITEMS};
    });
  },
};

// ---- what stands in a bundle already ------------------------------------------------------------------------------------------------

const modulesOf = new Map(); // of a bundle -> Map of its own modules' paths -> names they export

const exportsOf = async (paths) => {
  const entryPoints = Object.fromEntries(paths.map((path, at) => [`m${at}`, path]));
  const {metafile} = await esbuild.build({...OPTIONS, entryPoints, bundle: false, outdir: HERE, format: 'esm', target: 'esnext'});
  return new Map(Object.values(metafile.outputs).map((made) => [join(HERE, made.entryPoint), made.exports]));
};

const learnModules = async (bundle) => {
  if (bundle.shares) return new Map(Object.entries(bundle.shares).map(([path, names]) => [join(HERE, path), names]));
  if (modulesOf.has(bundle.file)) return modulesOf.get(bundle.file);
  const {metafile} = await esbuild.build({...OPTIONS, entryPoints: [join(HERE, bundle.entry)], format: 'iife', plugins: [itemTypes, await under(bundle)]});
  const own = Object.keys(metafile.inputs).filter((path) => !path.includes(':')).map((path) => join(HERE, path));
  modulesOf.set(bundle.file, await exportsOf(own));
  return modulesOf.get(bundle.file);
};

// The bundles that stand on the page before this one.
const below = (bundle) => {
  if (bundle.file === CORE || bundle.alone) return [];
  const base = named(bundle.over || CORE);
  return base ? [...below(base), base] : [named(CORE)];
};

// An import of a module that stands below is read from where that bundle has put it. A bundle that names what it `shares` has only that of
// its modules for others: what else they want of such a module they take into themselves.
const under = async (bundle) => {
  const known = new Map();
  for (const base of below(bundle)) {
    const place = base.file === CORE ? 'PSM' : `PSM.provided(${JSON.stringify(base.file)})`;
    const modules = await learnModules(base), whole = base.shares ? await exportsOf([...modules.keys()]) : modules;
    for (const [path, names] of modules) known.set(path, {place, names, more: whole.get(path).length > names.length});
  }
  return {
    name: 'what stands below',
    setup: (build) => {
      build.onResolve({filter: /^\.|^\//}, ({path, resolveDir, kind, namespace}) => {
        const found = resolve(resolveDir, path);
        return kind !== 'entry-point' && namespace !== 'below' && known.has(found) ? {path: found, namespace: 'below'} : undefined;
      });
      build.onLoad({filter: /.*/, namespace: 'below'}, ({path}) => {
        const {place, names, more} = known.get(path);
        const reads = names.map((name) => `export const ${name} = /* @__PURE__ */ (() => ${place}.${name})();`);
        return {contents: [...reads, ...(more ? [`export * from ${JSON.stringify(path)};`] : [])].join('\n'), resolveDir: HERE};
      });
    },
  };
};

// ---- entries ------------------------------------------------------------------------------------------------------------------------

const listed = (modules, only) => {
  const pairs = [...modules].flatMap(([path, names]) => names.filter((name) => !only || only.has(name)).map((name) => [name, path]));
  const twice = pairs.map(([name]) => name).filter((name, at, all) => all.indexOf(name) !== at);
  if (twice.length) throw new Error(`exported twice in one bundle that others stand on: ${twice.join(', ')}`);
  return {lines: pairs.map(([name, path]) => `import {${name}} from ${JSON.stringify(path)};`), names: pairs.map(([name]) => name).sort().join(', ')};
};

// What those that lie over a bundle read of it.
const wanted = async (bundle) => {
  const found = new Set(), reads = new RegExp(`PSM\\.provided\\("${bundle.file}"\\)\\.(\\w+)`, 'g');
  for (const upper of BUNDLES.filter((each) => below(each).includes(bundle))) {
    const {outputFiles: [made]} = await bundled(upper, `import ${JSON.stringify(join(HERE, upper.entry))};`, {minify: false});
    for (const [, name] of made.text.matchAll(reads)) found.add(name);
  }
  return found;
};

const entryOf = async (bundle) => {
  const start = `import ${JSON.stringify(join(HERE, bundle.entry))};`;
  if (bundle.file !== CORE && !BUNDLES.some(({over}) => over === bundle.file)) return start;
  const {lines, names} = listed(await learnModules(bundle), bundle.file !== CORE && await wanted(bundle));
  const shared = bundle.file === CORE ? `window.PSM = Object.freeze({${names}});` : `PSM.provide(${JSON.stringify(bundle.file)}, {${names}});`;
  return [start, ...lines, shared].join('\n');
};

const bundled = async (bundle, contents, more) => esbuild.build({
  ...OPTIONS, stdin: {contents, resolveDir: HERE, sourcefile: `<${bundle.file}>`}, outfile: bundle.file, format: 'iife',
  plugins: [itemTypes, await under(bundle)], target: targetsFor(bundle.floor), ...more,
});

// terser sees what esbuild, made for speed, leaves: about a twentieth of what goes over the air.
const lightened = async (text) => (await terser.minify(text, {compress: {passes: 3, ecma: 2018}, mangle: true})).code;

// ---- style sheets -------------------------------------------------------------------------------------------------------------------

const sheets = () => {
  const theme = join(SITE, 'theme/static'), own = readdirSync(theme).filter((name) => name.endsWith('.css')).map((name) => [name, join(theme, name)]);
  return [...own, ...types().map(([name, folder]) => [`${name}.css`, join(folder, 'style.css')])].filter(([, path]) => existsSync(path));
};
const styled = async (path) => {
  const {outputFiles: [made]} = await esbuild.build({...OPTIONS, entryPoints: [path], outdir: HERE});
  return made.text;
};

// ---- doing it -----------------------------------------------------------------------------------------------------------------------

// What of each module went into a bundle, by module: the names that it declares.
const namesIn = async (bundle, entry) => {
  const {outputFiles: [made], metafile} = await bundled(bundle, entry, {minify: false}), [{inputs}] = Object.values(metafile.outputs);
  const own = Object.keys(inputs).filter((path) => !path.startsWith('<') && !path.includes(':')), found = Object.fromEntries(own.map((path) => [path, []]));
  let module = '';
  for (const line of made.text.split('\n')) {
    const [, path] = /^ {2}\/\/ (\S+)$/.exec(line) || [], [, name] = /^ {2}(?:async )?(?:var|let|const|function\*?|class) (\w+)/.exec(line) || [];
    if (path) module = path;
    else if (name && module in found) found[module].push(name);
  }
  return found;
};

const makeAll = async () => {
  rmSync(asked.out, {recursive: true, force: true});
  mkdirSync(asked.out, {recursive: true});
  const modules = {};
  for (const bundle of BUNDLES) {
    const entry = await entryOf(bundle), {outputFiles: [made]} = await bundled(bundle, entry);
    writeFileSync(join(asked.out, bundle.file), `${await lightened(made.text)}\n`);
    if (asked.metafile) modules[bundle.file] = await namesIn(bundle, entry);
  }
  for (const [name, path] of sheets()) writeFileSync(join(asked.out, name), await styled(path));
  if (asked.metafile) writeFileSync(asked.metafile, JSON.stringify(modules));
};

// Where nothing stands below, the made-up entry's exports become the global `PSM`: a test's page has no core then.
const makeOne = async () => {
  const bundle = {file: 'made-up.js', over: asked.over, alone: !asked.over};
  const {outputFiles: [made]} = await bundled(bundle, readFileSync(0, 'utf8'), {globalName: asked.over ? undefined : 'PSM'});
  process.stdout.write(await lightened(made.text));
};

await (asked.stdin ? makeOne() : makeAll());
