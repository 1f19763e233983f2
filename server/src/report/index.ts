import { html } from './html';
import { fullJson, json } from './json';
import { checkstyle, github, gitlab, junit } from './machines';
import type { Reporter } from './report';
import { sarif } from './sarif';
import { stylish } from './stylish';
import { csv, markdown } from './text';

/** What `check` prints, by name; the first is the default. A new one is one function and one line here. */
export const REPORTERS: { readonly [format: string]: Reporter } = { stylish, json, sarif, junit, github, gitlab, checkstyle };

/** What `report` prints: the first is the default. */
export const PAGES: { readonly [format: string]: Reporter } = { html, markdown, csv, json: fullJson };

export type { Problem, Report, Reporter, Style } from './report';
export type { DocumentModel, FindingModel } from './model';
export { hash, mergeReports, modelOf, reportOf } from './model';
