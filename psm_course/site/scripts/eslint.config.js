// The style of all our scripts: the modules here and of the item types, and the scripts of the wall, the desk and JupyterLab.
import {createRequire} from 'node:module';

const require = createRequire(import.meta.url); // by NODE_PATH: the tools are kept outside the checkout
const js = require('@eslint/js'), globals = require('globals');

const ours = {
  ...js.configs.recommended.rules,
  'no-var': 'error',
  'prefer-const': 'error',
  'eqeqeq': 'error',
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-unused-vars': ['error', {args: 'after-used', varsIgnorePattern: '^PSM$', argsIgnorePattern: '^_', ignoreRestSiblings: true, caughtErrorsIgnorePattern: '^_'}],
  'no-shadow': ['error', {builtinGlobals: false}],
  'no-control-regex': 'off', // Python's idea of white space has control characters
  'preserve-caught-error': 'off', // people are told what to do, not what failed underneath
};
const linted = (files, sourceType, known, ecmaVersion = 2020) => ({files, languageOptions: {ecmaVersion, sourceType, globals: known}, rules: ours});

export default [
  {ignores: ['**/vendor/**', '**/generated/**', '**/node_modules/**']},
  linted(['psm_course/site/scripts/*/**/*.js', 'psm_course/items/*/*.js'], 'module', globals.browser),
  linted(['psm_course/site/scripts/offline/worker.js'], 'module', globals.serviceworker),
  linted(['psm_course/site/scripts/*.{js,mjs}'], 'module', globals.node, 2022),
  // Kept as they are: they run on the trainer's laptop and at the desk, whose browsers are new.
  linted(['psm_course/trainer/**/*.js'], 'module', globals.browser, 2022),
  linted(['psm_course/slides/static/deck.js'], 'script', {...globals.browser, PSM: 'readonly', Reveal: 'readonly'}, 2022),
  linted(['psm_course/slides/static/speaker.js'], 'script', globals.browser, 2022),
  linted(['psm_course/web/{preview,static}/*.js'], 'module', globals.browser, 2022),
];
