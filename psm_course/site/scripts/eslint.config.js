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
  'no-unused-vars': ['error', {args: 'after-used', argsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_'}],
  'no-shadow': ['error', {builtinGlobals: false}],
  'no-control-regex': 'off', // Python's idea of white space has control characters
  'preserve-caught-error': 'off', // people are told what to do, not what failed underneath
};
const classic = (files, known) => ({files, languageOptions: {ecmaVersion: 2020, sourceType: 'script', globals: {...globals.browser, ...known}}, rules: {...ours, 'no-shadow': 'off'}});
const modules = (files, known) => ({files, languageOptions: {ecmaVersion: 2020, sourceType: 'module', globals: known}, rules: ours});

export default [
  {ignores: ['**/vendor/**', '**/generated/**', '**/node_modules/**']},
  modules(['psm_course/site/scripts/*/**/*.js', 'psm_course/items/*/*.js'], globals.browser),
  modules(['psm_course/site/scripts/offline/worker.js'], globals.serviceworker),
  modules(['psm_course/site/scripts/*.{js,mjs}'], globals.node),
];
