import { json } from './json';
import type { Reporter } from './report';
import { stylish } from './stylish';

/** All output formats by name, the first is the default; a new one is one file and one line here. */
export const REPORTERS: { readonly [format: string]: Reporter } = { stylish, json };

export type { Checked, Problem, Report, Reporter, Style } from './report';
